import { meterBalance } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read Meter Balance for ESME. GBCS use case ECS82, service request 4.18. */
export const ECS82 = cosemUseCase({
  name: 'ECS82',
  title: 'Read Meter Balance for ESME',
  code: 0x0069,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '4.18',
  items: {
    meterBalance: get(meterBalance.currentCreditAmount),
  },
})
