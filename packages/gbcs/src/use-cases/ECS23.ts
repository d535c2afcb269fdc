import {
  averageRmsOverVoltageCounterPhase1,
  averageRmsUnderVoltageCounterPhase1,
  averageRmsVoltageProfileLogPhase1,
} from '../objects/index.js'
import { cosemUseCase, get, select } from './cosem-use-case.js'

/** Read Voltage Operational Data. GBCS use case ECS23, service request 4.10. */
export const ECS23 = cosemUseCase({
  name: 'ECS23',
  title: 'Read Voltage Operational Data',
  code: 0x0039,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '4.10',
  timed: true,
  items: {
    averageRmsUnderVoltageCounterPhase1Value: get(averageRmsUnderVoltageCounterPhase1.value),
    averageRmsUnderVoltageCounterPhase1ScalerUnit: get(averageRmsUnderVoltageCounterPhase1.scalerUnit),
    averageRmsOverVoltageCounterPhase1Value: get(averageRmsOverVoltageCounterPhase1.value),
    averageRmsOverVoltageCounterPhase1ScalerUnit: get(averageRmsOverVoltageCounterPhase1.scalerUnit),
    averageRmsVoltageProfileLogPhase1: select(averageRmsVoltageProfileLogPhase1.buffer),
    averageRmsVoltageProfileLogPhase1CapturePeriodS: get(averageRmsVoltageProfileLogPhase1.capturePeriodS),
  },
})
