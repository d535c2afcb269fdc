import {
  auxiliaryController1TypeAndIdentifier,
  auxiliaryController2TypeAndIdentifier,
  auxiliaryController3TypeAndIdentifier,
  auxiliaryController4TypeAndIdentifier,
  auxiliaryController5TypeAndIdentifier,
  auxiliaryControllerCalendarActivation,
  auxiliaryControllerCalendarNext,
  auxiliaryControllerSpecialDaysActivation,
  auxiliaryControllerSpecialDaysNext,
} from '../objects/index.js'
import { cosemUseCase, maybe, set } from './cosem-use-case.js'

/** Set HC ALCS and ALCS configuration in ESME (excluding labels). GBCS use case ECS46c, service request 6.14.2. */
export const ECS46c = cosemUseCase({
  name: 'ECS46c',
  title: 'Set HC ALCS and ALCS configuration in ESME (excluding labels)',
  code: 0x0054,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.14.2',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    auxiliaryController1TypeAndIdentifier: set(auxiliaryController1TypeAndIdentifier.value),
    auxiliaryController2TypeAndIdentifier: set(auxiliaryController2TypeAndIdentifier.value),
    auxiliaryController3TypeAndIdentifier: maybe(set(auxiliaryController3TypeAndIdentifier.value)),
    auxiliaryController4TypeAndIdentifier: maybe(set(auxiliaryController4TypeAndIdentifier.value)),
    auxiliaryController5TypeAndIdentifier: maybe(set(auxiliaryController5TypeAndIdentifier.value)),
    auxiliaryControllerSpecialDaysNext: set(auxiliaryControllerSpecialDaysNext.entries),
    auxiliaryControllerCalendarNext: set(auxiliaryControllerCalendarNext.entries),
    auxiliaryControllerCalendarActivation: set(auxiliaryControllerCalendarActivation.activatePassiveValueTime),
    auxiliaryControllerSpecialDaysActivation: set(auxiliaryControllerSpecialDaysActivation.activatePassiveValueTime),
  },
})
