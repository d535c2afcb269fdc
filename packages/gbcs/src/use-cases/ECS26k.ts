import {
  averageRmsOverVoltageThresholdPhase1,
  averageRmsOverVoltageThresholdPhase2,
  averageRmsOverVoltageThresholdPhase3,
  averageRmsUnderVoltageThresholdPhase1,
  averageRmsUnderVoltageThresholdPhase2,
  averageRmsUnderVoltageThresholdPhase3,
  extremeOverVoltage,
  extremeUnderVoltage,
  voltageSag,
  voltageSwell,
} from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Configuration Voltage Data - 3 phase. GBCS use case ECS26k, service request 6.2.1. */
export const ECS26k = cosemUseCase({
  name: 'ECS26k',
  title: 'Read ESME Configuration Voltage Data - 3 phase',
  code: 0x00c6,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'networkOperator', 'accessControlBroker'],
  serviceRequest: '6.2.1',
  items: {
    extremeOverVoltageThresholdNormal: get(extremeOverVoltage.thresholdNormal),
    extremeOverVoltageMinOverThresholdDurationS: get(extremeOverVoltage.minOverThresholdDurationS),
    extremeUnderVoltageThresholdNormal: get(extremeUnderVoltage.thresholdNormal),
    extremeUnderVoltageMinOverThresholdDurationS: get(extremeUnderVoltage.minOverThresholdDurationS),
    voltageSagThresholdNormal: get(voltageSag.thresholdNormal),
    voltageSagMinOverThresholdDurationS: get(voltageSag.minOverThresholdDurationS),
    voltageSwellThresholdNormal: get(voltageSwell.thresholdNormal),
    voltageSwellMinOverThresholdDurationS: get(voltageSwell.minOverThresholdDurationS),
    averageRmsOverVoltageThresholdPhase1: get(averageRmsOverVoltageThresholdPhase1.value),
    averageRmsUnderVoltageThresholdPhase1: get(averageRmsUnderVoltageThresholdPhase1.value),
    averageRmsUnderVoltageThresholdPhase2: get(averageRmsUnderVoltageThresholdPhase2.value),
    averageRmsOverVoltageThresholdPhase2: get(averageRmsOverVoltageThresholdPhase2.value),
    averageRmsUnderVoltageThresholdPhase3: get(averageRmsUnderVoltageThresholdPhase3.value),
    averageRmsOverVoltageThresholdPhase3: get(averageRmsOverVoltageThresholdPhase3.value),
  },
})
