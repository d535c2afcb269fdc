import { supplyTamperState } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Supply Tamper State on ESME. GBCS use case ECS81, service request 6.25. */
export const ECS81 = cosemUseCase({
  name: 'ECS81',
  title: 'Set Supply Tamper State on ESME',
  code: 0x0068,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.25',
  replayProtected: true,
  items: {
    supplyTamperState: set(supplyTamperState.value),
  },
})
