import { supplyScripts } from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Remotely Close the Load Switch on the ESME. GBCS use case ECS42, service request 7.1. */
export const ECS42 = cosemUseCase({
  name: 'ECS42',
  title: 'Remotely Close the Load Switch on the ESME',
  code: 0x004f,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '7.1',
  replayProtected: true,
  items: {
    supplyScripts: invokeWith(supplyScripts.execute, 51),
  },
})
