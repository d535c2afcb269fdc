import { accumulatedDebt, emergencyCredit, meterBalance } from '../objects/index.js'
import { cosemUseCase, invoke } from './cosem-use-case.js'

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
    meterBalance: invoke(meterBalance.setAmountToValue),
    emergencyCredit: invoke(emergencyCredit.setAmountToValue),
    accumulatedDebt: invoke(accumulatedDebt.setAmountToValue),
  },
})
