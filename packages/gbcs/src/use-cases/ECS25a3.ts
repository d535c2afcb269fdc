import { supplierLoggingBehaviour } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Event Behaviours - ESME logging - Supplier. GBCS use case ECS25a3, service request 6.22. */
export const ECS25a3 = cosemUseCase({
  name: 'ECS25a3',
  title: 'Set Event Behaviours - ESME logging - Supplier',
  code: 0x00ec,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.22',
  items: {
    supplierLoggingBehaviour: set(supplierLoggingBehaviour.value),
  },
})
