import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, encrypted, toServer } from './gbz-use-case.js'

/** Read GSME Daily Read log(s) (prepayment). GBCS use case GCS16b, service request 4.14. */
export const GCS16b = gbzUseCase({
  name: 'GCS16b',
  title: 'Read GSME Daily Read log(s) (prepayment)',
  code: 0x0096,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.14',
  sensitive: true,
  items: {
    getPrepaySnapshot: encrypted(disableDefault(toServer(prepayment, 'getPrepaySnapshot'))),
  },
})
