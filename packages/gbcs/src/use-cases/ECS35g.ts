import { auxiliaryControllerEventLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read Auxiliary Controller Event Log. GBCS use case ECS35g, service request 6.13. */
export const ECS35g = cosemUseCase({
  name: 'ECS35g',
  title: 'Read Auxiliary Controller Event Log',
  code: 0x00fd,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'loadController'],
  serviceRequest: '6.13',
  items: {
    auxiliaryControllerEventLog: select(auxiliaryControllerEventLog.buffer),
  },
})
