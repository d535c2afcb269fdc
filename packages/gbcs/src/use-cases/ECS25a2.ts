import { supplierAudibleAlarmBehaviour } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Event Behaviours - ESME audible alarm - Supplier. GBCS use case ECS25a2, service request 6.22. */
export const ECS25a2 = cosemUseCase({
  name: 'ECS25a2',
  title: 'Set Event Behaviours - ESME audible alarm - Supplier',
  code: 0x00eb,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.22',
  items: {
    supplierAudibleAlarmBehaviour: set(supplierAudibleAlarmBehaviour.value),
  },
})
