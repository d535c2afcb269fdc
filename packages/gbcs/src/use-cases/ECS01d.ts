import { secondaryConsumptionCharge } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Price on ESME secondary. GBCS use case ECS01d, service request 1.2.2. */
export const ECS01d = cosemUseCase({
  name: 'ECS01d',
  title: 'Set Price on ESME secondary',
  code: 0x00c7,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.2.2',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    secondaryConsumptionChargeUnitChargePassive: set(secondaryConsumptionCharge.unitChargePassive),
    secondaryConsumptionChargeUnitChargeActivationTime: set(secondaryConsumptionCharge.unitChargeActivationTime),
  },
})
