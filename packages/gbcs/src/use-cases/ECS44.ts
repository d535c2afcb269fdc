import { supplyScripts } from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Arm Load Switch in ESME. GBCS use case ECS44, service request 7.3. */
export const ECS44 = cosemUseCase({
  name: 'ECS44',
  title: 'Arm Load Switch in ESME',
  code: 0x0051,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '7.3',
  replayProtected: true,
  items: {
    supplyScripts: invokeWith(supplyScripts.execute, 54),
  },
})
