import { emergencyCredit } from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Activate Emergency Credit Remotely on ESME. GBCS use case ECS09, service request 2.5. */
export const ECS09 = cosemUseCase({
  name: 'ECS09',
  title: 'Activate Emergency Credit Remotely on ESME',
  code: 0x0020,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '2.5',
  replayProtected: true,
  items: {
    emergencyCredit: invokeWith(emergencyCredit.invokeCredit, 0),
  },
})
