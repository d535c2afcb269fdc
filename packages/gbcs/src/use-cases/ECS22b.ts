import { importProfileLog } from '../objects/index.js'
import { cosemUseCase, protectedSelect } from './cosem-use-case.js'

/** Read Electricity Half Hour Profile Data (active import). GBCS use case ECS22b, service request 4.8.1. */
export const ECS22b = cosemUseCase({
  name: 'ECS22b',
  title: 'Read Electricity Half Hour Profile Data (active import)',
  code: 0x0037,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '4.8.1',
  sensitive: true,
  items: {
    entries: protectedSelect(7, { importProfileLog: importProfileLog.buffer }),
  },
})
