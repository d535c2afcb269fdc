import { supplierMessage } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Send Message to ESME. GBCS use case ECS10, service request 3.1. */
export const ECS10 = cosemUseCase({
  name: 'ECS10',
  title: 'Send Message to ESME',
  code: 0x0021,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.1',
  items: {
    supplierMessage: set(supplierMessage.value),
  },
})
