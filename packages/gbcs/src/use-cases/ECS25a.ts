import { supplierWanAlertBehaviour } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Alert Behaviours - ESME - Supplier. GBCS use case ECS25a, service request 6.22. */
export const ECS25a = cosemUseCase({
  name: 'ECS25a',
  title: 'Set Alert Behaviours - ESME - Supplier',
  code: 0x00ac,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.22',
  items: {
    supplierWanAlertBehaviour: set(supplierWanAlertBehaviour.value),
  },
})
