import { metering } from '@smets2-sim/zcl'
import { encrypted, gbzUseCase, only, toServer } from './gbz-use-case.js'

/** Read Gas Network Data Log. GBCS use case GCS18, service request 4.10. */
export const GCS18 = gbzUseCase({
  name: 'GCS18',
  title: 'Read Gas Network Data Log',
  code: 0x0079,
  devices: ['gsme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.10',
  sensitive: true,
  items: {
    getSampledData: encrypted(only(toServer(metering, 'getSampledData'), ({ sampleID }) => sampleID > 1)),
  },
})
