import { mpan } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set MPAN Value on the ESME. GBCS use case ECS39a, service request 6.20.1. */
export const ECS39a = cosemUseCase({
  name: 'ECS39a',
  title: 'Set MPAN Value on the ESME',
  code: 0x004c,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.20.1',
  replayProtected: true,
  items: {
    mpan: set(mpan.value),
  },
})
