import { debtPaymentLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read ESME Billing Data Log (payment based debt payments). GBCS use case ECS20a, service request 4.4.4. */
export const ECS20a = cosemUseCase({
  name: 'ECS20a',
  title: 'Read ESME Billing Data Log (payment based debt payments)',
  code: 0x002e,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.4.4',
  items: {
    debtPaymentLog: select(debtPaymentLog.buffer),
  },
})
