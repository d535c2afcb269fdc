import { eventLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read ESME Event Log. GBCS use case ECS35a, service request 6.13. */
export const ECS35a = cosemUseCase({
  name: 'ECS35a',
  title: 'Read ESME Event Log',
  code: 0x0048,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.13',
  items: {
    eventLog: select(eventLog.buffer),
  },
})
