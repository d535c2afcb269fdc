import { eventLog } from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Clear ESME Event Log. GBCS use case ECS15a, service request 3.3. */
export const ECS15a = cosemUseCase({
  name: 'ECS15a',
  title: 'Clear ESME Event Log',
  code: 0x0024,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '3.3',
  items: {
    eventLog: invokeWith(eventLog.reset, 0),
  },
})
