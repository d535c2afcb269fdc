import {
  averageRmsOverVoltageThresholdPhase1,
  averageRmsUnderVoltageThresholdPhase1,
  averageRmsVoltageProfileLogPhase1,
  extremeOverVoltage,
  extremeUnderVoltage,
  voltageSag,
  voltageSwell,
} from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Voltage Configurations on ESME without counter reset. GBCS use case ECS29c, service request 6.5. */
export const ECS29c = cosemUseCase({
  name: 'ECS29c',
  title: 'Set Voltage Configurations on ESME without counter reset',
  code: 0x00d1,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['networkOperator'],
  serviceRequest: '6.5',
  replayProtected: true,
  items: {
    averageRmsUnderVoltageThresholdPhase1: set(averageRmsUnderVoltageThresholdPhase1.value),
    averageRmsOverVoltageThresholdPhase1: set(averageRmsOverVoltageThresholdPhase1.value),
    averageRmsVoltageProfileLogPhase1: set(averageRmsVoltageProfileLogPhase1.capturePeriodS),
    extremeOverVoltageThresholdNormal: set(extremeOverVoltage.thresholdNormal),
    extremeOverVoltageMinOverThresholdDurationS: set(extremeOverVoltage.minOverThresholdDurationS),
    extremeUnderVoltageThresholdNormal: set(extremeUnderVoltage.thresholdNormal),
    extremeUnderVoltageMinOverThresholdDurationS: set(extremeUnderVoltage.minOverThresholdDurationS),
    voltageSagThresholdNormal: set(voltageSag.thresholdNormal),
    voltageSagMinOverThresholdDurationS: set(voltageSag.minOverThresholdDurationS),
    voltageSwellThresholdNormal: set(voltageSwell.thresholdNormal),
    voltageSwellMinOverThresholdDurationS: set(voltageSwell.minOverThresholdDurationS),
  },
})
