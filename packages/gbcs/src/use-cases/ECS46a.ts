import {
  auxiliaryController1Description,
  auxiliaryController2Description,
  auxiliaryController3Description,
  auxiliaryController4Description,
  auxiliaryController5Description,
} from '../objects/index.js'
import { cosemUseCase, maybe, set } from './cosem-use-case.js'

/** Set Auxiliary Controller Descriptions. GBCS use case ECS46a, service request 6.14.1. */
export const ECS46a = cosemUseCase({
  name: 'ECS46a',
  title: 'Set Auxiliary Controller Descriptions',
  code: 0x0053,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.14.1',
  items: {
    auxiliaryController1Description: maybe(set(auxiliaryController1Description.value)),
    auxiliaryController2Description: set(auxiliaryController2Description.value),
    auxiliaryController3Description: set(auxiliaryController3Description.value),
    auxiliaryController4Description: set(auxiliaryController4Description.value),
    auxiliaryController5Description: maybe(set(auxiliaryController5Description.value)),
  },
})
