import { exportMpan } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Export MPAN Value on the ESME. GBCS use case ECS39b, service request 6.20.2. */
export const ECS39b = cosemUseCase({
  name: 'ECS39b',
  title: 'Set Export MPAN Value on the ESME',
  code: 0x004d,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '6.20.2',
  replayProtected: true,
  items: {
    exportMpan: set(exportMpan.value),
  },
})
