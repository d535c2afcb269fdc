import { tariffBlockCounterReset } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Configure daily resetting of Tariff Block Counter Matrix. GBCS use case ECS48, service request 6.26. */
export const ECS48 = cosemUseCase({
  name: 'ECS48',
  title: 'Configure daily resetting of Tariff Block Counter Matrix',
  code: 0x00db,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.26',
  replayProtected: true,
  items: {
    tariffBlockCounterReset: set(tariffBlockCounterReset.executionTime),
  },
})
