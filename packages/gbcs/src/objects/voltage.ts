import { i8, u32 } from '@smets2-sim/cosem'
import { attribute, cosemObject, method } from './object.js'
import { scalerUnit, valueLog } from './shapes.js'

// Voltage thresholds, periods, counters and profiles (facts/cosem_objects.json, section 5).

/** Class 3, Register. SMETS: (Phase[1])AverageRMSOverVoltageCounter. */
export const averageRmsOverVoltageCounterPhase1 = cosemObject(
  'averageRmsOverVoltageCounterPhase1',
  3,
  '1-0:32.36.0.4',
  {
    value: attribute(2, u32),
    scalerUnit: attribute(3, scalerUnit),
    reset: method(1, i8),
  },
)

/** Class 3, Register. SMETS: (Phase[2])AverageRMSOverVoltageCounter. */
export const averageRmsOverVoltageCounterPhase2 = cosemObject(
  'averageRmsOverVoltageCounterPhase2',
  3,
  '1-0:52.36.0.4',
  {
    value: attribute(2, u32),
    scalerUnit: attribute(3, scalerUnit),
    reset: method(1, i8),
  },
)

/** Class 3, Register. SMETS: (Phase[3])AverageRMSOverVoltageCounter. */
export const averageRmsOverVoltageCounterPhase3 = cosemObject(
  'averageRmsOverVoltageCounterPhase3',
  3,
  '1-0:72.36.0.4',
  {
    value: attribute(2, u32),
    scalerUnit: attribute(3, scalerUnit),
    reset: method(1, i8),
  },
)

/** Class 1, Data. SMETS: (Phase[1])AverageRMSOverVoltageThreshold. */
export const averageRmsOverVoltageThresholdPhase1 = cosemObject(
  'averageRmsOverVoltageThresholdPhase1',
  1,
  '1-0:32.35.0.4',
  {
    value: attribute(2, u32),
  },
)

/** Class 1, Data. SMETS: (Phase[2])AverageRMSOverVoltageThreshold. */
export const averageRmsOverVoltageThresholdPhase2 = cosemObject(
  'averageRmsOverVoltageThresholdPhase2',
  1,
  '1-0:52.35.0.4',
  {
    value: attribute(2, u32),
  },
)

/** Class 1, Data. SMETS: (Phase[3])AverageRMSOverVoltageThreshold. */
export const averageRmsOverVoltageThresholdPhase3 = cosemObject(
  'averageRmsOverVoltageThresholdPhase3',
  1,
  '1-0:72.35.0.4',
  {
    value: attribute(2, u32),
  },
)

/** Class 3, Register. SMETS: (Phase[1])AverageRMSUnderVoltageCounter. */
export const averageRmsUnderVoltageCounterPhase1 = cosemObject(
  'averageRmsUnderVoltageCounterPhase1',
  3,
  '1-0:32.32.0.4',
  {
    value: attribute(2, u32),
    scalerUnit: attribute(3, scalerUnit),
    reset: method(1, i8),
  },
)

/** Class 3, Register. SMETS: (Phase[2])AverageRMSUnderVoltageCounter. */
export const averageRmsUnderVoltageCounterPhase2 = cosemObject(
  'averageRmsUnderVoltageCounterPhase2',
  3,
  '1-0:52.32.0.4',
  {
    value: attribute(2, u32),
    scalerUnit: attribute(3, scalerUnit),
    reset: method(1, i8),
  },
)

/** Class 3, Register. SMETS: (Phase[3])AverageRMSUnderVoltageCounter. */
export const averageRmsUnderVoltageCounterPhase3 = cosemObject(
  'averageRmsUnderVoltageCounterPhase3',
  3,
  '1-0:72.32.0.4',
  {
    value: attribute(2, u32),
    scalerUnit: attribute(3, scalerUnit),
    reset: method(1, i8),
  },
)

/** Class 1, Data. SMETS: (Phase[1])AverageRMSUnderVoltageThreshold. */
export const averageRmsUnderVoltageThresholdPhase1 = cosemObject(
  'averageRmsUnderVoltageThresholdPhase1',
  1,
  '1-0:32.31.0.4',
  {
    value: attribute(2, u32),
  },
)

/** Class 1, Data. SMETS: (Phase[2])AverageRMSUnderVoltageThreshold. */
export const averageRmsUnderVoltageThresholdPhase2 = cosemObject(
  'averageRmsUnderVoltageThresholdPhase2',
  1,
  '1-0:52.31.0.4',
  {
    value: attribute(2, u32),
  },
)

/** Class 1, Data. SMETS: (Phase[3])AverageRMSUnderVoltageThreshold. */
export const averageRmsUnderVoltageThresholdPhase3 = cosemObject(
  'averageRmsUnderVoltageThresholdPhase3',
  1,
  '1-0:72.31.0.4',
  {
    value: attribute(2, u32),
  },
)

/** Class 7, Profile generic. SMETS: (Phase[1])AverageRMSVoltageProfileDataLog. */
export const averageRmsVoltageProfileLogPhase1 = cosemObject(
  'averageRmsVoltageProfileLogPhase1',
  7,
  '1-0:32.24.0.255',
  {
    buffer: attribute(2, valueLog),
    capturePeriodS: attribute(4, u32),
  },
)

/** Class 7, Profile generic. SMETS: (Phase[2])AverageRMSVoltageProfileDataLog. */
export const averageRmsVoltageProfileLogPhase2 = cosemObject(
  'averageRmsVoltageProfileLogPhase2',
  7,
  '1-0:52.24.0.255',
  {
    buffer: attribute(2, valueLog),
    capturePeriodS: attribute(4, u32),
  },
)

/** Class 7, Profile generic. SMETS: (Phase[3])AverageRMSVoltageProfileDataLog. */
export const averageRmsVoltageProfileLogPhase3 = cosemObject(
  'averageRmsVoltageProfileLogPhase3',
  7,
  '1-0:72.24.0.255',
  {
    buffer: attribute(2, valueLog),
    capturePeriodS: attribute(4, u32),
  },
)

/** Class 71, Limiter. SMETS: RMSExtremeOverVoltageMeasurementPeriod. */
export const extremeOverVoltage = cosemObject('extremeOverVoltage', 71, '0-0:17.0.1.255', {
  thresholdNormal: attribute(4, u32),
  minOverThresholdDurationS: attribute(6, u32),
})

/** Class 71, Limiter. SMETS: RMSExtremeUnderVoltageMeasurementPeriod. */
export const extremeUnderVoltage = cosemObject('extremeUnderVoltage', 71, '0-0:17.0.2.255', {
  thresholdNormal: attribute(4, u32),
  minOverThresholdDurationS: attribute(6, u32),
})

/** Class 71, Limiter. SMETS: RMSVoltageSagMeasurementPeriod. */
export const voltageSag = cosemObject('voltageSag', 71, '0-0:17.0.3.255', {
  thresholdNormal: attribute(4, u32),
  minOverThresholdDurationS: attribute(6, u32),
})

/** Class 71, Limiter. SMETS: RMSVoltageSwellMeasurementPeriod. */
export const voltageSwell = cosemObject('voltageSwell', 71, '0-0:17.0.4.255', {
  thresholdNormal: attribute(4, u32),
  minOverThresholdDurationS: attribute(6, u32),
})
