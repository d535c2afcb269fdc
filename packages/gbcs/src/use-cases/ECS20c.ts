import { billingCalendarLog, billingCalendarPrepaymentLog } from '../objects/index.js'
import { cosemUseCase, protectedSelect } from './cosem-use-case.js'

/** Read ESME Billing Data Log (billing calendar triggered exc export). GBCS use case ECS20c, service request 4.4.3. */
export const ECS20c = cosemUseCase({
  name: 'ECS20c',
  title: 'Read ESME Billing Data Log (billing calendar triggered exc export)',
  code: 0x0030,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.4.3',
  sensitive: true,
  items: {
    entries: protectedSelect(2, {
      billingCalendarLog: billingCalendarLog.buffer,
      billingCalendarPrepaymentLog: billingCalendarPrepaymentLog.buffer,
    }),
  },
})
