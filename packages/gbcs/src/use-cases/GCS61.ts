import { metering } from '@smets2-sim/zcl'
import { disableDefault, encrypted, gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Read gas Daily Consumption Log. GBCS use case GCS61, service request 4.17. */
export const GCS61 = gbzUseCase({
  name: 'GCS61',
  title: 'Read gas Daily Consumption Log',
  code: 0x00a0,
  devices: ['gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '4.17',
  sensitive: true,
  items: {
    getSampledData: encrypted(
      disableDefault(only(toServer(metering, 'getSampledData'), ({ sampleID }) => sampleID === 1)),
    ),
  },
})
