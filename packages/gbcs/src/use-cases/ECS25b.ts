import { networkOperatorWanAlertBehaviour } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Alert Behaviours - ESME - Network Operator. GBCS use case ECS25b, service request 6.22. */
export const ECS25b = cosemUseCase({
  name: 'ECS25b',
  title: 'Set Alert Behaviours - ESME - Network Operator',
  code: 0x00b0,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator'],
  serviceRequest: '6.22',
  items: {
    networkOperatorWanAlertBehaviour: set(networkOperatorWanAlertBehaviour.value),
  },
})
