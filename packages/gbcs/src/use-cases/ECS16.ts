import { supplierName, supplierTelephoneNumber } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Write Supplier Contact Details on ESME. GBCS use case ECS16, service request 3.4. */
export const ECS16 = cosemUseCase({
  name: 'ECS16',
  title: 'Write Supplier Contact Details on ESME',
  code: 0x0025,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.4',
  items: {
    supplierTelephoneNumber: set(supplierTelephoneNumber.valueActive),
    supplierName: set(supplierName.valueActive),
  },
})
