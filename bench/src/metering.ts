import { native } from '@smets2-sim/crypto'
import {
  defaultMeteringConfig,
  householdDay,
  householdMeterDays,
  initialMeteringState,
  integrateCurve,
  meterSteadyDay,
  phaseOf,
  type Stretch,
} from '@smets2-sim/esme'
import type { Case } from './measure.js'

/** Seconds between two changes of the load of the household. */
const STEP_S = 300
/** Seconds between two calls where the load does not change. */
const STEADY_STEP_S = 1800
const DAY_S = 86_400

/**
 * Days of one electricity meter; days a second are meter-days a second on one core. The limit is the bare loop over the
 * same load changes that only adds up watt-seconds. The engine meters energy, tariff, demand and voltage; the whole
 * meter has logs, charges, supply and records besides, and lives day after day.
 */
export function meteringCases(): Case[] {
  const curve = householdDay(1, 0, STEP_S)
  const state = initialMeteringState('singleElement')
  const config = defaultMeteringConfig('singleElement')
  const steady = { phases: [phaseOf({ watts: 500, volts: 240 })], supplyEnabled: true }
  const steadyCurve = Array.from({ length: DAY_S / STEADY_STEP_S }, (_, i) => ({
    until: (i + 1) * STEADY_STEP_S,
    conditions: steady,
  }))
  const household = `watt-seconds of a household's day, ${curve.length} loads`
  const constant = `watt-seconds of a steady day, ${steadyCurve.length} steps`
  return [
    { name: household, run: () => wattSeconds(curve) },
    { name: "household's day, metering engine", run: () => integrateCurve(state, config, 0, curve), limit: household },
    { name: "household's day, whole meter", run: householdMeterDays(native, STEP_S), limit: household },
    { name: constant, run: () => wattSeconds(steadyCurve) },
    {
      name: 'steady day, metering engine',
      run: () => meterSteadyDay(steady, STEADY_STEP_S, state, config),
      limit: constant,
    },
  ]
}

/** The energy of a day that begins at 0, and nothing else. */
export function wattSeconds(curve: readonly Stretch[]): number {
  let sum = 0
  let from = 0
  for (const { until, conditions } of curve) {
    for (const { activeW } of conditions.phases) sum += activeW * (until - from)
    from = until
  }
  return sum
}
