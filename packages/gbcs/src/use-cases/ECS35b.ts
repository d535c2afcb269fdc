import { securityLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read ESME Security Log. GBCS use case ECS35b, service request 6.13. */
export const ECS35b = cosemUseCase({
  name: 'ECS35b',
  title: 'Read ESME Security Log',
  code: 0x0049,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.13',
  items: {
    securityLog: select(securityLog.buffer),
  },
})
