import { billingCalendar } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Billing Calendar (legacy, replaced by ECS26l). GBCS use case ECS26d, service request 6.2.3. */
export const ECS26d = cosemUseCase({
  name: 'ECS26d',
  title: 'Read ESME Billing Calendar (legacy, replaced by ECS26l)',
  code: 0x003e,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '6.2.3',
  items: {
    billingCalendar: get(billingCalendar.executionTime),
  },
})
