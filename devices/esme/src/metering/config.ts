import type { ExecutionTimes } from '@smets2-sim/firmware'
import type { DailyWindow } from './demand.js'
import type { PowerThresholds } from './power-level.js'
import { type EsmeVariant, phasesOf } from './variant.js'

/** A threshold on the RMS voltage and how long it must be passed. Threshold 0: not watched (our decision). */
export interface VoltageThreshold {
  readonly thresholdV: number
  readonly periodS: number
}

/** How the average RMS voltage of a phase is measured. Period 0: not at all; threshold 0: not watched. */
export interface AverageVoltageConfig {
  readonly averageRmsVoltageMeasurementPeriodS: number
  readonly averageRmsOverVoltageThresholdV: number
  readonly averageRmsUnderVoltageThresholdV: number
}

/** Configuration data of SMETS 5.7.4 that metering depends on, and what the maker of a meter decides. facts 12.7. */
export interface MeteringConfig extends PowerThresholds {
  readonly variant: EsmeVariant
  readonly billingCalendar: ExecutionTimes
  /** Resets of the block counters (ECS48). */
  readonly tariffBlockCounterReset: ExecutionTimes
  /** Whether a block tariff counts anew in each billing period (our decision: it does). */
  readonly billingResetsBlockCounters: boolean
  readonly maximumDemandConfigurableTimePeriod: DailyWindow | undefined
  readonly rmsExtremeOverVoltage: VoltageThreshold
  readonly rmsExtremeUnderVoltage: VoltageThreshold
  readonly rmsVoltageSag: VoltageThreshold
  readonly rmsVoltageSwell: VoltageThreshold
  /** By phase. */
  readonly averageRmsVoltage: readonly AverageVoltageConfig[]
  /** Threshold 0: not watched. */
  readonly overCurrent: { readonly thresholdMilliamps: number; readonly periodS: number }
  /** Current that flows out of the premises; undefined where generation is expected. */
  readonly reverseCurrent: { readonly periodS: number } | undefined
  /** Threshold 0: not watched. */
  readonly powerFactor: { readonly thresholdPercent: number; readonly periodS: number }
}

/** What a meter is made with. The voltages are those of the reference messages; a 100 A meter (our decision). */
export const defaultMeteringConfig = (variant: EsmeVariant): MeteringConfig => ({
  variant,
  billingCalendar: [],
  tariffBlockCounterReset: [],
  billingResetsBlockCounters: true,
  maximumDemandConfigurableTimePeriod: undefined,
  lowMediumPowerThresholdW: 0,
  mediumHighPowerThresholdW: 0,
  rmsExtremeOverVoltage: { thresholdV: 287, periodS: 30 },
  rmsExtremeUnderVoltage: { thresholdV: 180, periodS: 30 },
  rmsVoltageSag: { thresholdV: 216, periodS: 30 },
  rmsVoltageSwell: { thresholdV: 253, periodS: 30 },
  averageRmsVoltage: phasesOf(variant).map(() => ({
    averageRmsVoltageMeasurementPeriodS: 1800,
    averageRmsOverVoltageThresholdV: 264,
    averageRmsUnderVoltageThresholdV: 200,
  })),
  overCurrent: { thresholdMilliamps: 100_000, periodS: 30 },
  reverseCurrent: { periodS: 30 },
  powerFactor: { thresholdPercent: 0, periodS: 300 },
})
