import { auxiliaryControllerEventLog } from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Clear Auxiliary Controller Event Log. GBCS use case ECS15c, service request 3.3. */
export const ECS15c = cosemUseCase({
  name: 'ECS15c',
  title: 'Clear Auxiliary Controller Event Log',
  code: 0x00c1,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.3',
  items: {
    auxiliaryControllerEventLog: invokeWith(auxiliaryControllerEventLog.reset, 0),
  },
})
