import { eventLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read CHF Event Log. GBCS use case ECS35c, service request 6.13. */
export const ECS35c = cosemUseCase({
  name: 'ECS35c',
  title: 'Read CHF Event Log',
  code: 0x0093,
  devices: ['chf'],
  category: 'SME.C.NC',
  from: ['accessControlBroker'],
  serviceRequest: '6.13',
  items: {
    eventLog: select(eventLog.buffer),
  },
})
