import { dailyReadLog } from '../objects/index.js'
import { cosemUseCase, protectedSelect } from './cosem-use-case.js'

/** Read Electricity Daily Read Log (exc export). GBCS use case ECS21a, service request 4.6.1. */
export const ECS21a = cosemUseCase({
  name: 'ECS21a',
  title: 'Read Electricity Daily Read Log (exc export)',
  code: 0x0033,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.6.1',
  sensitive: true,
  items: {
    entries: protectedSelect(5, { dailyReadLog: dailyReadLog.buffer }),
  },
})
