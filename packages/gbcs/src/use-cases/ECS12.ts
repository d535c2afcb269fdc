import { restrictDataDateTime } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Change of Tenancy date on ESME. GBCS use case ECS12, service request 3.2. */
export const ECS12 = cosemUseCase({
  name: 'ECS12',
  title: 'Set Change of Tenancy date on ESME',
  code: 0x0022,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.2',
  items: {
    restrictDataDateTime: set(restrictDataDateTime.value),
  },
})
