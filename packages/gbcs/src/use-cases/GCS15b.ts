import { metering, prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, encrypted, toServer } from './gbz-use-case.js'

/** Read GSME Billing Data Log (change of mode / tariff triggered). GBCS use case GCS15b, service request 4.4.2. */
export const GCS15b = gbzUseCase({
  name: 'GCS15b',
  title: 'Read GSME Billing Data Log (change of mode / tariff triggered)',
  code: 0x00c3,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.4.2',
  sensitive: true,
  items: {
    getPrepaySnapshot: encrypted(disableDefault(toServer(prepayment, 'getPrepaySnapshot'))),
    getSnapshot: encrypted(disableDefault(toServer(metering, 'getSnapshot'))),
  },
})
