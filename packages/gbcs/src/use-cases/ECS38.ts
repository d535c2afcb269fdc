import { randomisedOffsetLimit } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Update Randomised Offset Limit. GBCS use case ECS38, service request 7.12. */
export const ECS38 = cosemUseCase({
  name: 'ECS38',
  title: 'Update Randomised Offset Limit',
  code: 0x004b,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '7.12',
  replayProtected: true,
  items: {
    randomisedOffsetLimit: set(randomisedOffsetLimit.value),
  },
})
