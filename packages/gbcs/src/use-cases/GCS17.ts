import { metering } from '@smets2-sim/zcl'
import { disableDefault, encrypted, gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Read GSME Profile Data Log. GBCS use case GCS17, service request 4.8.1. */
export const GCS17 = gbzUseCase({
  name: 'GCS17',
  title: 'Read GSME Profile Data Log',
  code: 0x0078,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '4.8.1',
  sensitive: true,
  items: {
    getSampledData: encrypted(
      disableDefault(only(toServer(metering, 'getSampledData'), ({ sampleID }) => sampleID === 0)),
    ),
  },
})
