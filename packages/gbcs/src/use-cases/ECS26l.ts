import { billingCalendar } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Configuration Data Device Information (Billing Calendar - all periodicities). GBCS use case ECS26l, service request 6.2.3. */
export const ECS26l = cosemUseCase({
  name: 'ECS26l',
  title: 'Read ESME Configuration Data Device Information (Billing Calendar - all periodicities)',
  code: 0x00d9,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '6.2.3',
  items: {
    billingCalendar: get(billingCalendar.executionTime),
  },
})
