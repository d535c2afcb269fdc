import { prepaymentDailyReadLog } from '../objects/index.js'
import { cosemUseCase, protectedSelect } from './cosem-use-case.js'

/** Read Electricity (Prepayment) Daily Read Log. GBCS use case ECS21b, service request 4.14. */
export const ECS21b = cosemUseCase({
  name: 'ECS21b',
  title: 'Read Electricity (Prepayment) Daily Read Log',
  code: 0x0034,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.14',
  sensitive: true,
  items: {
    entries: protectedSelect(6, { prepaymentDailyReadLog: prepaymentDailyReadLog.buffer }),
  },
})
