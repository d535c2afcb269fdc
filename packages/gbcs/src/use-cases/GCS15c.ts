import { metering, prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, encrypted, toServer } from './gbz-use-case.js'

/** Read GSME Billing Data Log (billing calendar triggered). GBCS use case GCS15c, service request 4.4.3. */
export const GCS15c = gbzUseCase({
  name: 'GCS15c',
  title: 'Read GSME Billing Data Log (billing calendar triggered)',
  code: 0x0076,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.4.3',
  sensitive: true,
  items: {
    getSnapshot: encrypted(disableDefault(toServer(metering, 'getSnapshot'))),
    getPrepaySnapshot: encrypted(disableDefault(toServer(prepayment, 'getPrepaySnapshot'))),
  },
})
