import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, toServer } from './gbz-use-case.js'

/** Read GSME Billing Data Log (prepayment credits). GBCS use case GCS15e, service request 4.4.5. */
export const GCS15e = gbzUseCase({
  name: 'GCS15e',
  title: 'Read GSME Billing Data Log (prepayment credits)',
  code: 0x00c5,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.4.5',
  items: {
    getTopUpLog: disableDefault(toServer(prepayment, 'getTopUpLog')),
  },
})
