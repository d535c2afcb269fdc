import {
  averageRmsOverVoltageThresholdPhase1,
  averageRmsUnderVoltageThresholdPhase1,
  extremeOverVoltage,
  extremeUnderVoltage,
  voltageSag,
  voltageSwell,
} from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Configuration Voltage Data. GBCS use case ECS26b, service request 6.2.1. */
export const ECS26b = cosemUseCase({
  name: 'ECS26b',
  title: 'Read ESME Configuration Voltage Data',
  code: 0x003c,
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
  },
})
