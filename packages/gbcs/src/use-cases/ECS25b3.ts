import { networkOperatorLoggingBehaviour } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Event Behaviours - ESME logging - Network Operator. GBCS use case ECS25b3, service request 6.22. */
export const ECS25b3 = cosemUseCase({
  name: 'ECS25b3',
  title: 'Set Event Behaviours - ESME logging - Network Operator',
  code: 0x00ed,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator'],
  serviceRequest: '6.22',
  items: {
    networkOperatorLoggingBehaviour: set(networkOperatorLoggingBehaviour.value),
  },
})
