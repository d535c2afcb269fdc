import { exportProfileLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read Electricity Half Hour Profile Data (export). GBCS use case ECS22a, service request 4.8.3. */
export const ECS22a = cosemUseCase({
  name: 'ECS22a',
  title: 'Read Electricity Half Hour Profile Data (export)',
  code: 0x0036,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator', 'accessControlBroker'],
  serviceRequest: '4.8.3',
  items: {
    exportProfileLog: select(exportProfileLog.buffer),
  },
})
