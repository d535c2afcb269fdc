import { metering } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, encrypted, toServer } from './gbz-use-case.js'

/** Read GSME Daily Read log(s). GBCS use case GCS16a, service request 4.6.1. */
export const GCS16a = gbzUseCase({
  name: 'GCS16a',
  title: 'Read GSME Daily Read log(s)',
  code: 0x0077,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.6.1',
  sensitive: true,
  items: {
    getSnapshot: encrypted(disableDefault(toServer(metering, 'getSnapshot'))),
  },
})
