import { loadLimit, loadLimitCounter, loadLimitSupplyState } from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Load Limit Data. GBCS use case ECS27, service request 4.15. */
export const ECS27 = cosemUseCase({
  name: 'ECS27',
  title: 'Read ESME Load Limit Data',
  code: 0x0042,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '4.15',
  items: {
    loadLimitSupplyState: get(loadLimitSupplyState.valueActive),
    loadLimitCounterValue: get(loadLimitCounter.value),
    loadLimitCounterScalerUnit: get(loadLimitCounter.scalerUnit),
    loadLimitThresholdNormal: get(loadLimit.thresholdNormal),
    loadLimitMinOverThresholdDurationS: get(loadLimit.minOverThresholdDurationS),
    loadLimitMinUnderThresholdDurationS: get(loadLimit.minUnderThresholdDurationS),
  },
})
