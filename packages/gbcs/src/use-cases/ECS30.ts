import { billingCalendar } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Billing Calendar on ESME (legacy, replaced by ECS30a). GBCS use case ECS30, service request 6.8. */
export const ECS30 = cosemUseCase({
  name: 'ECS30',
  title: 'Set Billing Calendar on ESME (legacy, replaced by ECS30a)',
  code: 0x0046,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.8',
  replayProtected: true,
  items: {
    billingCalendar: set(billingCalendar.executionTime),
  },
})
