import { consumptionCharge, standingCharge } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Price on ESME. GBCS use case ECS01b, service request 1.2.1. */
export const ECS01b = cosemUseCase({
  name: 'ECS01b',
  title: 'Set Price on ESME',
  code: 0x00a2,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.2.1',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    standingChargeUnitChargePassive: set(standingCharge.unitChargePassive),
    consumptionChargeUnitChargePassive: set(consumptionCharge.unitChargePassive),
    standingChargeUnitChargeActivationTime: set(standingCharge.unitChargeActivationTime),
    consumptionChargeUnitChargeActivationTime: set(consumptionCharge.unitChargeActivationTime),
  },
})
