import { prepayment } from '@smets2-sim/zcl'
import { gbzUseCase, disableDefault, encrypted, toServer } from './gbz-use-case.js'

/** Read GSME Billing Data Log (payment-based debt payments). GBCS use case GCS15d, service request 4.4.4. */
export const GCS15d = gbzUseCase({
  name: 'GCS15d',
  title: 'Read GSME Billing Data Log (payment-based debt payments)',
  code: 0x00c4,
  devices: ['gsme', 'gpf'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.4.4',
  items: {
    getDebtRepaymentLog: encrypted(disableDefault(toServer(prepayment, 'getDebtRepaymentLog'))),
  },
})
