import { auxiliaryControllerEventLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read ALCS Event Log. GBCS use case ECS35f, service request 6.13. */
export const ECS35f = cosemUseCase({
  name: 'ECS35f',
  title: 'Read ALCS Event Log',
  code: 0x00ba,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.13',
  items: {
    auxiliaryControllerEventLog: select(auxiliaryControllerEventLog.buffer),
  },
})
