import { loadLimitCounter } from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Set Load Limit Configuration Counter Reset. GBCS use case ECS28b, service request 6.4.2. */
export const ECS28b = cosemUseCase({
  name: 'ECS28b',
  title: 'Set Load Limit Configuration Counter Reset',
  code: 0x0044,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '6.4.2',
  replayProtected: true,
  items: {
    loadLimitCounter: invokeWith(loadLimitCounter.reset, 0),
  },
})
