import { prepaymentCreditLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read ESME Billing Data Log (prepayment credits). GBCS use case ECS20d, service request 4.4.5. */
export const ECS20d = cosemUseCase({
  name: 'ECS20d',
  title: 'Read ESME Billing Data Log (prepayment credits)',
  code: 0x00c9,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.4.5',
  items: {
    prepaymentCreditLog: select(prepaymentCreditLog.buffer),
  },
})
