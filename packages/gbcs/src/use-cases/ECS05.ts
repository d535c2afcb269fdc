import { tariffScripts } from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Reset Tariff Block Counter Matrix. GBCS use case ECS05, service request 1.7. */
export const ECS05 = cosemUseCase({
  name: 'ECS05',
  title: 'Reset Tariff Block Counter Matrix',
  code: 0x001d,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.7',
  replayProtected: true,
  items: {
    tariffScripts: invokeWith(tariffScripts.execute, 99),
  },
})
