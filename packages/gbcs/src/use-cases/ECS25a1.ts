import { supplierHanAlertBehaviour } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Event Behaviours - ESME to HAN Device - Supplier. GBCS use case ECS25a1, service request 6.22. */
export const ECS25a1 = cosemUseCase({
  name: 'ECS25a1',
  title: 'Set Event Behaviours - ESME to HAN Device - Supplier',
  code: 0x00ea,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.22',
  items: {
    supplierHanAlertBehaviour: set(supplierHanAlertBehaviour.value),
  },
})
