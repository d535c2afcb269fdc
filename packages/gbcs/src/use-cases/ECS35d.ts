import { securityLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read CHF Security Log. GBCS use case ECS35d, service request 6.13. */
export const ECS35d = cosemUseCase({
  name: 'ECS35d',
  title: 'Read CHF Security Log',
  code: 0x0094,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '6.13',
  items: {
    securityLog: select(securityLog.buffer),
  },
})
