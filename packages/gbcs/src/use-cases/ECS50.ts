import { customerIdentificationNumber } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Send CIN to ESME. GBCS use case ECS50, service request 9.1. */
export const ECS50 = cosemUseCase({
  name: 'ECS50',
  title: 'Send CIN to ESME',
  code: 0x0058,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '9.1',
  replayProtected: true,
  items: {
    customerIdentificationNumber: set(customerIdentificationNumber.value),
  },
})
