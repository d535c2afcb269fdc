import { supplyScripts } from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Remotely Open the Load Switch on the ESME. GBCS use case ECS43, service request 7.2. */
export const ECS43 = cosemUseCase({
  name: 'ECS43',
  title: 'Remotely Open the Load Switch on the ESME',
  code: 0x0050,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '7.2',
  replayProtected: true,
  items: {
    supplyScripts: invokeWith(supplyScripts.execute, 52),
  },
})
