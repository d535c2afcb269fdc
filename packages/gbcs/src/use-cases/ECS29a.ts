import {
  averageRmsOverVoltageCounterPhase1,
  averageRmsOverVoltageThresholdPhase1,
  averageRmsUnderVoltageCounterPhase1,
  averageRmsUnderVoltageThresholdPhase1,
  averageRmsVoltageProfileLogPhase1,
  extremeOverVoltage,
  extremeUnderVoltage,
  voltageSag,
  voltageSwell,
} from '../objects/index.js'
import { cosemUseCase, invokeWith, set } from './cosem-use-case.js'

/** Set Voltage Configurations on ESME. GBCS use case ECS29a, service request 6.5. */
export const ECS29a = cosemUseCase({
  name: 'ECS29a',
  title: 'Set Voltage Configurations on ESME',
  code: 0x0045,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator'],
  serviceRequest: '6.5',
  replayProtected: true,
  items: {
    averageRmsVoltageProfileLogPhase1: set(averageRmsVoltageProfileLogPhase1.capturePeriodS),
    extremeOverVoltageThresholdNormal: set(extremeOverVoltage.thresholdNormal),
    extremeOverVoltageMinOverThresholdDurationS: set(extremeOverVoltage.minOverThresholdDurationS),
    extremeUnderVoltageThresholdNormal: set(extremeUnderVoltage.thresholdNormal),
    extremeUnderVoltageMinOverThresholdDurationS: set(extremeUnderVoltage.minOverThresholdDurationS),
    voltageSagThresholdNormal: set(voltageSag.thresholdNormal),
    voltageSagMinOverThresholdDurationS: set(voltageSag.minOverThresholdDurationS),
    voltageSwellThresholdNormal: set(voltageSwell.thresholdNormal),
    voltageSwellMinOverThresholdDurationS: set(voltageSwell.minOverThresholdDurationS),
    averageRmsOverVoltageThresholdPhase1: set(averageRmsOverVoltageThresholdPhase1.value),
    averageRmsUnderVoltageThresholdPhase1: set(averageRmsUnderVoltageThresholdPhase1.value),
    averageRmsUnderVoltageCounterPhase1: invokeWith(averageRmsUnderVoltageCounterPhase1.reset, 0),
    averageRmsOverVoltageCounterPhase1: invokeWith(averageRmsOverVoltageCounterPhase1.reset, 0),
  },
})
