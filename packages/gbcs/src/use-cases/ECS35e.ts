import { powerEventLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read ESME Power Event Log. GBCS use case ECS35e, service request 6.13. */
export const ECS35e = cosemUseCase({
  name: 'ECS35e',
  title: 'Read ESME Power Event Log',
  code: 0x00b9,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.13',
  items: {
    powerEventLog: select(powerEventLog.buffer),
  },
})
