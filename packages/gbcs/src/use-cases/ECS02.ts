import { accountNext } from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set ESME Payment Mode to Credit. GBCS use case ECS02, service request 1.6. */
export const ECS02 = cosemUseCase({
  name: 'ECS02',
  title: 'Set ESME Payment Mode to Credit',
  code: 0x001a,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.6',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    accountNextModeAndStatus: set(accountNext.modeAndStatus),
    accountNextCreditChargeConfiguration: set(accountNext.creditChargeConfiguration),
    accountNextActivationTime: set(accountNext.activationTime),
  },
})
