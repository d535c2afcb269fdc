import { accountNext, disablementThresholdActivation } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set ESME Payment Mode to Prepayment. GBCS use case ECS03, service request 1.6. */
export const ECS03 = cosemUseCase({
  name: 'ECS03',
  title: 'Set ESME Payment Mode to Prepayment',
  code: 0x001b,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.6',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    accountNextModeAndStatus: set(accountNext.modeAndStatus),
    disablementThresholdActivationValuePassive: set(disablementThresholdActivation.valuePassive),
    accountNextCreditChargeConfiguration: set(accountNext.creditChargeConfiguration),
    disablementThresholdActivationActivatePassiveValueTime: set(
      disablementThresholdActivation.activatePassiveValueTime,
    ),
    accountNextActivationTime: set(accountNext.activationTime),
  },
})
