import {
  auxiliaryControllerCalendarActivation,
  auxiliaryControllerCalendarNext,
  auxiliaryControllerSpecialDaysActivation,
  auxiliaryControllerSpecialDaysNext,
} from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Auxiliary Controller Calendar. GBCS use case ECS46d, service request 6.14.3. */
export const ECS46d = cosemUseCase({
  name: 'ECS46d',
  title: 'Set Auxiliary Controller Calendar',
  code: 0x011a,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.14.3',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    auxiliaryControllerSpecialDaysNext: set(auxiliaryControllerSpecialDaysNext.entries),
    auxiliaryControllerCalendarNext: set(auxiliaryControllerCalendarNext.entries),
    auxiliaryControllerCalendarActivation: set(auxiliaryControllerCalendarActivation.activatePassiveValueTime),
    auxiliaryControllerSpecialDaysActivation: set(auxiliaryControllerSpecialDaysActivation.activatePassiveValueTime),
  },
})
