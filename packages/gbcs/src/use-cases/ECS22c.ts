import { reactiveImportProfileLog } from '../objects/index.js'
import { cosemUseCase, select } from './cosem-use-case.js'

/** Read Electricity Half Hour Profile Data (reactive import). GBCS use case ECS22c, service request 4.8.2. */
export const ECS22c = cosemUseCase({
  name: 'ECS22c',
  title: 'Read Electricity Half Hour Profile Data (reactive import)',
  code: 0x0038,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '4.8.2',
  items: {
    reactiveImportProfileLog: select(reactiveImportProfileLog.buffer),
  },
})
