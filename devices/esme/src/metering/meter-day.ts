import type { UtcSeconds } from '@smets2-sim/cosem'
import { DAY_S } from '@smets2-sim/firmware'
import type { Conditions } from './conditions.js'
import { defaultMeteringConfig, type MeteringConfig } from './config.js'
import { integrate, integrateCurve, type Metered, type Stretch } from './integrate.js'
import { initialMeteringState, type MeteringState } from './state.js'

/** Numbers that look random and depend on nothing but the seed (a linear congruential generator). */
function sequence(seed: number): (below: number) => number {
  let x = seed >>> 0
  return (below) => {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((x / 2 ** 32) * below)
  }
}

const KETTLE_W = 2800
const COOKER_W = 5000

/** A day of a household: a base load with a fridge, kettles, an hour of cooking, a voltage that follows the load. */
export function householdDay(seed: number, start: UtcSeconds, stepS: number): Stretch[] {
  const next = sequence(seed)
  const dinner = 16 * 3600 + next(3 * 3600)
  const curve: Stretch[] = []
  for (let second = 0; second < DAY_S; second += stepS) {
    const isAwake = second > 6 * 3600 && second < 23 * 3600
    const fridgeW = second % 3000 < 1100 ? 90 : 0
    const cookingW = second >= dinner && second < dinner + 3600 ? next(COOKER_W) : 0
    const kettleW = isAwake && next(100) === 0 ? KETTLE_W : 0
    const activeW = 80 + fridgeW + (isAwake ? 150 + next(200) : 0) + cookingW + kettleW
    const voltageMillivolts = 241_000 + next(3000) - Math.floor(activeW / 4)
    const phase = { voltageMillivolts, activeW, reactiveVar: Math.floor(activeW / 5) }
    curve.push({ until: start + second + stepS, conditions: { phases: [phase], supplyEnabled: true } })
  }
  return curve
}

/** Meters one day in one go: the work of a simulation in which the load changes every `stepS` seconds. */
export function meterDay(
  seed: number,
  stepS = 10,
  state: MeteringState = initialMeteringState('singleElement'),
  config: MeteringConfig = defaultMeteringConfig('singleElement'),
  start: UtcSeconds = 0,
): Metered {
  return integrateCurve(state, config, start, householdDay(seed, start, stepS))
}

/** Meters one day under one load, a call of `integrate` every `stepS` seconds. */
export function meterSteadyDay(
  conditions: Conditions,
  stepS = 1800,
  state: MeteringState = initialMeteringState('singleElement'),
  config: MeteringConfig = defaultMeteringConfig('singleElement'),
  start: UtcSeconds = 0,
): MeteringState {
  let metered = state
  for (let now = start; now < start + DAY_S; now += stepS)
    metered = integrate(metered, config, conditions, now, now + stepS).state
  return metered
}
