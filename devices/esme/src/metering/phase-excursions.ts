import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AlertName } from '@smets2-sim/gbcs'
import { currentMilliamps, type PhaseConditions } from './conditions.js'
import type { MeteringConfig, VoltageThreshold } from './config.js'
import { type Excursion, excursionDue, isRaised, noExcursion, raisedExcursion, watch } from './excursion.js'
import { alertOnPhase, overCurrentAlert, type PhaseAlert } from './phase-alerts.js'
import type { EsmeVariant, Phase } from './variant.js'

interface Limit {
  /** In mV or mA. */
  readonly limit: number
  readonly periodS: number
}
type AlertOnPhase = (variant: EsmeVariant, phase: Phase) => AlertName

/** What is watched on every phase: a quantity, the side on which it is too far, and the alerts of both ways. */
interface Row {
  readonly quantity: keyof Measured
  readonly side: 'above' | 'below'
  /** undefined: not watched. */
  readonly limitOf: (config: MeteringConfig) => Limit | undefined
  readonly raised: AlertOnPhase
  readonly ended?: AlertOnPhase
}

const millivolts = ({ thresholdV, periodS }: VoltageThreshold): Limit | undefined =>
  thresholdV === 0 ? undefined : { limit: thresholdV * 1000, periodS }
const onPhase =
  (alert: PhaseAlert): AlertOnPhase =>
  (variant, phase) =>
    alertOnPhase(alert, variant, phase)

/** Voltage and current of a phase against their thresholds. facts 4.5, 12.7. */
const rows = {
  rmsExtremeOverVoltage: {
    quantity: 'voltage',
    side: 'above',
    limitOf: (config) => millivolts(config.rmsExtremeOverVoltage),
    raised: onPhase('rmsVoltageAboveExtremeOverVoltageThreshold'),
    ended: onPhase('rmsVoltageBackBelowExtremeOverVoltageThreshold'),
  },
  rmsExtremeUnderVoltage: {
    quantity: 'voltage',
    side: 'below',
    limitOf: (config) => millivolts(config.rmsExtremeUnderVoltage),
    raised: onPhase('rmsVoltageBelowExtremeUnderVoltageThreshold'),
    ended: onPhase('rmsVoltageBackAboveExtremeUnderVoltageThreshold'),
  },
  rmsVoltageSag: {
    quantity: 'voltage',
    side: 'below',
    limitOf: (config) => millivolts(config.rmsVoltageSag),
    raised: onPhase('rmsVoltageBelowSagThreshold'),
    ended: onPhase('rmsVoltageBackAboveSagThreshold'),
  },
  rmsVoltageSwell: {
    quantity: 'voltage',
    side: 'above',
    limitOf: (config) => millivolts(config.rmsVoltageSwell),
    raised: onPhase('rmsVoltageAboveSwellThreshold'),
    ended: onPhase('rmsVoltageBackBelowSwellThreshold'),
  },
  overCurrent: {
    quantity: 'current',
    side: 'above',
    limitOf: ({ overCurrent: { thresholdMilliamps, periodS } }) =>
      thresholdMilliamps === 0 ? undefined : { limit: thresholdMilliamps, periodS },
    raised: overCurrentAlert,
  },
  reverseCurrent: {
    quantity: 'reverseCurrent',
    side: 'above',
    limitOf: ({ reverseCurrent }) => reverseCurrent && { limit: 0, periodS: reverseCurrent.periodS },
    raised: () => 'reverseCurrent',
  },
} as const satisfies Record<string, Row>
type Watched = keyof typeof rows

/** An excursion that is under way. */
export interface PhaseExcursion extends Excursion {
  readonly of: Watched
}
/** Excursions of a phase that are under way, in the order of the rows: what is not there is normal. */
export type PhaseExcursions = readonly PhaseExcursion[]
export const noPhaseExcursions: PhaseExcursions = []

type WatchedRow = Row & Limit & { readonly of: Watched }

/** The rows that a configuration has a limit for, and between which values none of them is passed. */
export interface PhaseLimits {
  readonly rows: readonly WatchedRow[]
  readonly leastMillivolts: number
  readonly mostMillivolts: number
  readonly mostMilliamps: number
  readonly mostReverseMilliamps: number
}
const limitsByConfig = new WeakMap<MeteringConfig, PhaseLimits>()

export function phaseLimitsOf(config: MeteringConfig): PhaseLimits {
  let limits = limitsByConfig.get(config)
  if (!limits) limitsByConfig.set(config, (limits = makeLimits(config)))
  return limits
}

function makeLimits(config: MeteringConfig): PhaseLimits {
  const watched = (Object.entries(rows) as [Watched, Row][]).flatMap(([of, row]): WatchedRow[] => {
    const limit = row.limitOf(config)
    return limit ? [{ ...row, ...limit, of }] : []
  })
  const limits = (quantity: Row['quantity'], side: Row['side']): number[] =>
    watched.filter((row) => row.quantity === quantity && row.side === side).map((row) => row.limit)
  return {
    rows: watched,
    leastMillivolts: Math.max(...limits('voltage', 'below')),
    mostMillivolts: Math.min(...limits('voltage', 'above')),
    mostMilliamps: Math.min(...limits('current', 'above')),
    mostReverseMilliamps: Math.min(...limits('reverseCurrent', 'above')),
  }
}

/** What is measured on a phase: an open load switch lets no current through. */
interface Measured {
  readonly voltage: number
  readonly current: number
  readonly reverseCurrent: number
}
function measure(conditions: PhaseConditions, supplyEnabled: boolean): Measured {
  const current = supplyEnabled ? currentMilliamps(conditions) : 0
  return {
    voltage: conditions.voltageMillivolts,
    current,
    reverseCurrent: conditions.activeW < 0 ? current : 0,
  }
}

/** Whether nothing is under way on a phase and nothing begins: nearly always, and quickly told. */
export function isCalm(
  excursions: PhaseExcursions,
  conditions: PhaseConditions,
  supplyEnabled: boolean,
  limits: PhaseLimits,
): boolean {
  const { voltage, current, reverseCurrent } = measure(conditions, supplyEnabled)
  return (
    excursions.length === 0 &&
    voltage >= limits.leastMillivolts &&
    voltage <= limits.mostMillivolts &&
    current <= limits.mostMilliamps &&
    reverseCurrent <= limits.mostReverseMilliamps
  )
}

/** The excursions of a phase when this is measured from this second on; without voltage there is nothing to measure. */
export function watchPhase(
  excursions: PhaseExcursions,
  conditions: PhaseConditions,
  supplyEnabled: boolean,
  limits: PhaseLimits,
  now: UtcSeconds,
  raise: (alert: AlertOnPhase, value: number) => void,
): PhaseExcursions {
  if (conditions.voltageMillivolts === 0) return suspendAll(excursions)
  const measured = measure(conditions, supplyEnabled)
  const watched: PhaseExcursion[] = []
  for (const row of limits.rows) {
    const value = measured[row.quantity]
    const isBeyond = row.side === 'above' ? value > row.limit : value < row.limit
    const before = excursions.find(({ of }) => of === row.of) ?? noExcursion
    const after = watch(before, isBeyond, now, row)
    if (after.state !== 'normal') watched.push({ of: row.of, ...after })
    if (isRaised(after) === isRaised(before)) continue
    const alert = isRaised(after) ? row.raised : row.ended
    if (alert) raise(alert, value)
  }
  return watched
}

const suspendAll = (excursions: PhaseExcursions): PhaseExcursions =>
  excursions.filter(isRaised).map(({ of }) => ({ of, ...raisedExcursion }))

/** When the first excursion is raised or ends if nothing changes; Infinity when all are settled. */
export function phaseExcursionsDue(excursions: PhaseExcursions, limits: PhaseLimits): UtcSeconds {
  let due = Infinity
  for (const excursion of excursions) {
    const row = limits.rows.find(({ of }) => of === excursion.of)
    if (row) due = Math.min(due, excursionDue(excursion, row))
  }
  return due
}
