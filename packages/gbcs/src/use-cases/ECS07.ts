import { paymentDebt, timeDebt1, timeDebt2 } from '../objects/index.js'
import { cosemUseCase, invoke, invokeWith, set } from './cosem-use-case.js'

/** Manage Debt on the ESME. GBCS use case ECS07, service request 2.3. */
export const ECS07 = cosemUseCase({
  name: 'ECS07',
  title: 'Manage Debt on the ESME',
  code: 0x001e,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '2.3',
  replayProtected: true,
  items: {
    timeDebt1UnitChargePassive: set(timeDebt1.unitChargePassive),
    timeDebt2UnitChargePassive: set(timeDebt2.unitChargePassive),
    paymentDebtProportion: set(paymentDebt.proportion),
    timeDebt1PeriodS: set(timeDebt1.periodS),
    timeDebt2PeriodS: set(timeDebt2.periodS),
    timeDebt1ActivatePassiveUnitCharge: invokeWith(timeDebt1.activatePassiveUnitCharge, 0),
    timeDebt2ActivatePassiveUnitCharge: invokeWith(timeDebt2.activatePassiveUnitCharge, 0),
    paymentDebtUpdateTotalAmountRemaining: invoke(paymentDebt.updateTotalAmountRemaining),
    timeDebt1UpdateTotalAmountRemaining: invoke(timeDebt1.updateTotalAmountRemaining),
    timeDebt2UpdateTotalAmountRemaining: invoke(timeDebt2.updateTotalAmountRemaining),
  },
})
