import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AverageVoltageConfig, MeteringConfig } from './config.js'
import type { Draft } from './draft.js'
import type { MeteringEvent } from './events.js'
import { alertOnPhase, type PhaseAlert } from './phase-alerts.js'
import type { Phase } from './variant.js'

/** The average RMS voltage of a phase over its measurement period. facts 12.4, 12.7. */
export interface AverageVoltage {
  /** Sum over the seconds in which there was voltage. */
  readonly millivoltSeconds: number
  readonly measuredS: number
  readonly isAboveOverVoltageThreshold: boolean
  readonly isBelowUnderVoltageThreshold: boolean
  /** Measurement periods above the threshold since the counter was reset. */
  readonly averageRmsOverVoltageCounter: number
  /** Measurement periods below the threshold since the counter was reset. */
  readonly averageRmsUnderVoltageCounter: number
}
export const noAverageVoltage: AverageVoltage = {
  millivoltSeconds: 0,
  measuredS: 0,
  isAboveOverVoltageThreshold: false,
  isBelowUnderVoltageThreshold: false,
  averageRmsOverVoltageCounter: 0,
  averageRmsUnderVoltageCounter: 0,
}

/** Periods begin at midnight of 2000-01-01 and follow one another (our decision); Infinity when none is set. */
export const measurementPeriodEnd = (
  { averageRmsVoltageMeasurementPeriodS: periodS }: AverageVoltageConfig,
  now: UtcSeconds,
): UtcSeconds => (periodS > 0 ? (Math.floor(now / periodS) + 1) * periodS : Infinity)

export function addVoltage(average: Draft<AverageVoltage>, voltageMillivolts: number, seconds: number): void {
  if (voltageMillivolts === 0) return
  average.millivoltSeconds += voltageMillivolts * seconds
  average.measuredS += seconds
}

/**
 * Ends a measurement period: its average, rounded to a volt, goes to the profile, and is compared. A period without
 * voltage has no average and no entry (our decision).
 */
export function endMeasurementPeriod(
  average: Draft<AverageVoltage>,
  config: MeteringConfig,
  phase: Phase,
  now: UtcSeconds,
  events: MeteringEvent[],
): void {
  const { averageRmsOverVoltageThresholdV: overV, averageRmsUnderVoltageThresholdV: underV } = config.averageRmsVoltage[
    phase - 1
  ] as AverageVoltageConfig
  const { millivoltSeconds, measuredS } = average
  average.millivoltSeconds = 0
  average.measuredS = 0
  if (measuredS === 0) return

  const averageV = Math.round(millivoltSeconds / measuredS / 1000)
  events.push({ kind: 'averageRmsVoltage', time: now, phase, averageV })

  // exact: the average itself is compared, not what it was rounded to
  const isAbove = overV > 0 && millivoltSeconds > overV * 1000 * measuredS
  const isBelow = millivoltSeconds < underV * 1000 * measuredS
  if (isAbove) average.averageRmsOverVoltageCounter++
  if (isBelow) average.averageRmsUnderVoltageCounter++

  const raise = (alert: PhaseAlert): void => {
    events.push({
      kind: 'powerQuality',
      time: now,
      alert: alertOnPhase(alert, config.variant, phase),
      phase,
      value: Math.round(millivoltSeconds / measuredS),
    })
  }
  if (isAbove !== average.isAboveOverVoltageThreshold)
    raise(isAbove ? 'averageRmsVoltageAboveOverVoltageThreshold' : 'averageRmsVoltageBelowOverVoltageThreshold')
  if (isBelow !== average.isBelowUnderVoltageThreshold)
    raise(isBelow ? 'averageRmsVoltageBelowUnderVoltageThreshold' : 'averageRmsVoltageAboveUnderVoltageThreshold')
  average.isAboveOverVoltageThreshold = isAbove
  average.isBelowUnderVoltageThreshold = isBelow
}
