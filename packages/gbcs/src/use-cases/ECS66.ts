import { dailyConsumptionLog } from '../objects/index.js'
import { cosemUseCase, protectedSelect } from './cosem-use-case.js'

/** Read ESME Daily Consumption Log. GBCS use case ECS66, service request 4.17. */
export const ECS66 = cosemUseCase({
  name: 'ECS66',
  title: 'Read ESME Daily Consumption Log',
  code: 0x0060,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '4.17',
  sensitive: true,
  items: {
    entries: protectedSelect(4, { dailyConsumptionLog: dailyConsumptionLog.buffer }),
  },
})
