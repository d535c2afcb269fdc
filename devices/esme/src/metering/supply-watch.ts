import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Conditions, Flow } from './conditions.js'
import type { MeteringConfig } from './config.js'
import type { Draft } from './draft.js'
import type { MeteringEvent } from './events.js'
import { type Excursion, excursionDue, isRaised, noExcursion, watch } from './excursion.js'
import { type PowerLevel, powerLevelOf } from './power-level.js'

/** What is watched on the meter as a whole. */
export interface SupplyWatch {
  readonly powerFactor: Excursion
  readonly powerLevel: PowerLevel
  readonly incorrectPhaseSequence: boolean
  readonly incorrectPolarity: boolean
}
export const noSupplyWatch: SupplyWatch = {
  powerFactor: noExcursion,
  powerLevel: 'low',
  incorrectPhaseSequence: false,
  incorrectPolarity: false,
}

/** Power factor of the whole load in percent, rounded down; 100 without load. */
function powerFactorPercent(flow: Flow): number {
  const active = flow.importW + flow.exportW
  const apparent = Math.hypot(active, flow.reactiveImportVar + flow.reactiveExportVar)
  return apparent === 0 ? 100 : Math.floor((100 * active) / apparent)
}

export function watchPowerFactor(
  supply: Draft<SupplyWatch>,
  flow: Flow,
  config: MeteringConfig,
  now: UtcSeconds,
): MeteringEvent | undefined {
  const { thresholdPercent } = config.powerFactor
  const before = supply.powerFactor
  if (thresholdPercent === 0 && before.state === 'normal') return undefined
  const value = powerFactorPercent(flow)
  supply.powerFactor = watch(before, value < thresholdPercent, now, config.powerFactor)
  if (isRaised(supply.powerFactor) === isRaised(before)) return undefined
  const alert = isRaised(supply.powerFactor) ? 'powerFactorThresholdBelow' : 'powerFactorThresholdOk'
  return { kind: 'powerQuality', time: now, alert, phase: 1, value }
}

/** Wiring that became wrong; that it was put right has no alert. */
export function watchWiring(
  supply: Draft<SupplyWatch>,
  { incorrectPhaseSequence = false, incorrectPolarity = false }: Conditions,
  now: UtcSeconds,
  events: MeteringEvent[],
): void {
  if (incorrectPhaseSequence && !supply.incorrectPhaseSequence)
    events.push({ kind: 'powerQuality', time: now, alert: 'incorrectPhaseSequencing', phase: 1, value: 0 })
  if (incorrectPolarity && !supply.incorrectPolarity)
    events.push({ kind: 'powerQuality', time: now, alert: 'incorrectPolarity', phase: 1, value: 0 })
  supply.incorrectPhaseSequence = incorrectPhaseSequence
  supply.incorrectPolarity = incorrectPolarity
}

export function watchPowerLevel(
  supply: Draft<SupplyWatch>,
  { activePowerImportW }: Flow,
  config: MeteringConfig,
  now: UtcSeconds,
): MeteringEvent | undefined {
  const level = powerLevelOf(activePowerImportW, config)
  if (level === supply.powerLevel) return undefined
  supply.powerLevel = level
  return { kind: 'powerLevelChanged', time: now, level }
}

/** When the power factor is out of its limit or back, if nothing else changes. */
export const supplyWatchDue = (supply: SupplyWatch, config: MeteringConfig): UtcSeconds =>
  excursionDue(supply.powerFactor, config.powerFactor)
