import {
  averageRmsOverVoltageCounterPhase1,
  averageRmsOverVoltageCounterPhase2,
  averageRmsOverVoltageCounterPhase3,
  averageRmsUnderVoltageCounterPhase1,
  averageRmsUnderVoltageCounterPhase2,
  averageRmsUnderVoltageCounterPhase3,
  averageRmsVoltageProfileLogPhase1,
  averageRmsVoltageProfileLogPhase2,
  averageRmsVoltageProfileLogPhase3,
} from '../objects/index.js'
import { cosemUseCase, get, select } from './cosem-use-case.js'

/** Read Voltage Operational Data -3 Phase. GBCS use case ECS23b, service request 4.10. */
export const ECS23b = cosemUseCase({
  name: 'ECS23b',
  title: 'Read Voltage Operational Data -3 Phase',
  code: 0x00bc,
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
    averageRmsUnderVoltageCounterPhase2Value: get(averageRmsUnderVoltageCounterPhase2.value),
    averageRmsUnderVoltageCounterPhase2ScalerUnit: get(averageRmsUnderVoltageCounterPhase2.scalerUnit),
    averageRmsOverVoltageCounterPhase2Value: get(averageRmsOverVoltageCounterPhase2.value),
    averageRmsOverVoltageCounterPhase2ScalerUnit: get(averageRmsOverVoltageCounterPhase2.scalerUnit),
    averageRmsVoltageProfileLogPhase2: select(averageRmsVoltageProfileLogPhase2.buffer),
    averageRmsVoltageProfileLogPhase2CapturePeriodS: get(averageRmsVoltageProfileLogPhase2.capturePeriodS),
    averageRmsUnderVoltageCounterPhase3Value: get(averageRmsUnderVoltageCounterPhase3.value),
    averageRmsUnderVoltageCounterPhase3ScalerUnit: get(averageRmsUnderVoltageCounterPhase3.scalerUnit),
    averageRmsOverVoltageCounterPhase3Value: get(averageRmsOverVoltageCounterPhase3.value),
    averageRmsOverVoltageCounterPhase3ScalerUnit: get(averageRmsOverVoltageCounterPhase3.scalerUnit),
    averageRmsVoltageProfileLogPhase3: select(averageRmsVoltageProfileLogPhase3.buffer),
    averageRmsVoltageProfileLogPhase3CapturePeriodS: get(averageRmsVoltageProfileLogPhase3.capturePeriodS),
  },
})
