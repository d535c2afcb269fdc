import { supplyState } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read Status of Load Switch in the ESME. GBCS use case ECS45, service request 7.4. */
export const ECS45 = cosemUseCase({
  name: 'ECS45',
  title: 'Read Status of Load Switch in the ESME',
  code: 0x0052,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '7.4',
  items: {
    supplyState: get(supplyState.controlState),
  },
})
