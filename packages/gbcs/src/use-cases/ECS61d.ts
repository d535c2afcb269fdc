import {
  auxiliaryController1Description,
  auxiliaryController2Description,
  auxiliaryController3Description,
  auxiliaryController4Description,
  auxiliaryController5Description,
  auxiliaryControllerCalendar,
  auxiliaryControllerSpecialDays,
} from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read Auxiliary Controller Configuration Data. GBCS use case ECS61d, service request 7.14. */
export const ECS61d = cosemUseCase({
  name: 'ECS61d',
  title: 'Read Auxiliary Controller Configuration Data',
  code: 0x011c,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker', 'loadController'],
  serviceRequest: '7.14',
  items: {
    auxiliaryController1Description: get(auxiliaryController1Description.value),
    auxiliaryController2Description: get(auxiliaryController2Description.value),
    auxiliaryController3Description: get(auxiliaryController3Description.value),
    auxiliaryController4Description: get(auxiliaryController4Description.value),
    auxiliaryController5Description: get(auxiliaryController5Description.value),
    auxiliaryControllerSpecialDays: get(auxiliaryControllerSpecialDays.entries),
    auxiliaryControllerCalendar: get(auxiliaryControllerCalendar.entries),
  },
})
