import {
  loadLimitPeriod,
  loadLimitPowerThreshold,
  loadLimitRestorationPeriod,
  loadLimitSupplyState,
} from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Load Limit Configurations - General Settings. GBCS use case ECS28a, service request 6.4.1. */
export const ECS28a = cosemUseCase({
  name: 'ECS28a',
  title: 'Set Load Limit Configurations - General Settings',
  code: 0x0043,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '6.4.1',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    loadLimitSupplyStateValuePassive: set(loadLimitSupplyState.valuePassive),
    loadLimitPowerThresholdValuePassive: set(loadLimitPowerThreshold.valuePassive),
    loadLimitPeriodValuePassive: set(loadLimitPeriod.valuePassive),
    loadLimitRestorationPeriodValuePassive: set(loadLimitRestorationPeriod.valuePassive),
    loadLimitSupplyStateActivatePassiveValueTime: set(loadLimitSupplyState.activatePassiveValueTime),
    loadLimitPowerThresholdActivatePassiveValueTime: set(loadLimitPowerThreshold.activatePassiveValueTime),
    loadLimitPeriodActivatePassiveValueTime: set(loadLimitPeriod.activatePassiveValueTime),
    loadLimitRestorationPeriodActivatePassiveValueTime: set(loadLimitRestorationPeriod.activatePassiveValueTime),
  },
})
