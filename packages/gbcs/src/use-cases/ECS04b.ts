import { accumulatedDebt, emergencyCredit, meterBalance } from '../objects/index.js'
import { cosemUseCase, invokeWith } from './cosem-use-case.js'

/** Reset Meter Balance on the ESME. GBCS use case ECS04b, service request 1.5. */
export const ECS04b = cosemUseCase({
  name: 'ECS04b',
  title: 'Reset Meter Balance on the ESME',
  code: 0x00b3,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.5',
  replayProtected: true,
  items: {
    meterBalance: invokeWith(meterBalance.setAmountToValue, 0),
    emergencyCredit: invokeWith(emergencyCredit.setAmountToValue, 0),
    accumulatedDebt: invokeWith(accumulatedDebt.setAmountToValue, 0),
  },
})
