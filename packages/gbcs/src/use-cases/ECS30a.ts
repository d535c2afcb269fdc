import { billingCalendar } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Billing Calendar on the ESME - all periodicities. GBCS use case ECS30a, service request 6.8. */
export const ECS30a = cosemUseCase({
  name: 'ECS30a',
  title: 'Set Billing Calendar on the ESME - all periodicities',
  code: 0x00d7,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.8',
  replayProtected: true,
  items: {
    billingCalendar: set(billingCalendar.executionTime),
  },
})
