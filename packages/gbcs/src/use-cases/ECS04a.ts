import { meterBalance } from '../objects/index.js'
import { cosemUseCase, invoke } from './cosem-use-case.js'

/** Adjust Meter Balance on the ESME. GBCS use case ECS04a, service request 1.5. */
export const ECS04a = cosemUseCase({
  name: 'ECS04a',
  title: 'Adjust Meter Balance on the ESME',
  code: 0x001c,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.5',
  replayProtected: true,
  items: {
    meterBalance: invoke(meterBalance.updateAmount),
  },
})
