import type { UtcSeconds } from '@smets2-sim/cosem'
import { nextExecution } from '@smets2-sim/firmware'
import { BLOCKS, primaryRegisterOf, secondaryRegisterOf } from '../tariff/registers.js'
import { addVoltage, endMeasurementPeriod } from './average-voltage.js'
import type { Conditions, Flow, PhaseConditions } from './conditions.js'
import type { AverageVoltageConfig, MeteringConfig } from './config.js'
import { HALF_HOUR_S, noteDemand } from './demand.js'
import { addEnergy, energySince, totalImportWh, UNIT_WS } from './energy.js'
import type { MeteringEvent } from './events.js'
import { type Consumption, endDay, isMidnight } from './history.js'
import { outageDue, watchOutage } from './outage.js'
import { isCalm, phaseExcursionsDue, type PhaseLimits, watchPhase } from './phase-excursions.js'
import { registerEntryOf } from './register-entry.js'
import type { MeteringDraft, MeteringState } from './state.js'
import { supplyWatchDue, watchPowerFactor, watchPowerLevel, watchWiring } from './supply-watch.js'
import { countPrimary, countSecondary, openBlock, resetBlockCounters, whUntilNextBlock } from './tariff-registers.js'
import { phasesOf } from './variant.js'

/** What a segment is measured in: everything that stays as it is from its start to its end. */
export interface Setting {
  readonly config: MeteringConfig
  readonly conditions: Conditions
  readonly flow: Flow
  readonly limits: PhaseLimits
}

type PhaseDraft = MeteringDraft['phases'][number]

/** Takes note of the conditions that hold from this second on, and of the periods that they have lasted. */
export function noteConditions(
  draft: MeteringDraft,
  { config, conditions, flow, limits }: Setting,
  now: UtcSeconds,
  events: MeteringEvent[],
): void {
  const { variant } = config
  for (const phase of phasesOf(variant)) {
    const state = draft.phases[phase - 1] as PhaseDraft
    const measured = conditions.phases[phase - 1] as PhaseConditions
    push(events, watchOutage(state.outage, measured.voltageMillivolts > 0, now, variant, phase))
    if (isCalm(state.excursions, measured, conditions.supplyEnabled, limits)) continue
    const raise: Parameters<typeof watchPhase>[5] = (alertOn, value) =>
      events.push({ kind: 'powerQuality', time: now, alert: alertOn(variant, phase), phase, value })
    state.excursions = watchPhase(state.excursions, measured, conditions.supplyEnabled, limits, now, raise)
  }
  watchWiring(draft.supply, conditions, now, events)
  push(events, watchPowerFactor(draft.supply, flow, config, now))
  push(events, watchPowerLevel(draft.supply, flow, config, now))
}

function push(events: MeteringEvent[], event: MeteringEvent | undefined): void {
  if (event) events.push(event)
}

/** The next second at which consumption fills a block or a condition has lasted its period, if the conditions stay. */
export function conditionsDue(draft: MeteringDraft, { config, flow, limits }: Setting, now: UtcSeconds): UtcSeconds {
  let due = Math.min(supplyWatchDue(draft.supply, config), secondOfNextBlock(draft, flow, now))
  for (const { outage, excursions } of draft.phases)
    due = Math.min(due, outageDue(outage), phaseExcursionsDue(excursions, limits))
  return due
}

/** The first second by which consumption has reached the threshold of the open block. */
function secondOfNextBlock(draft: MeteringDraft, { importW }: Flow, now: UtcSeconds): UtcSeconds {
  if (importW === 0) return Infinity
  const wh = whUntilNextBlock(draft.tariffRegisters, draft.tariff.active, primaryRegisterOf(draft.selectors.primary))
  return now + Math.ceil((wh * UNIT_WS - draft.remainders.activeImportWh) / importW)
}

/** Counts the energy and the voltage of the seconds of a segment that ends at `now`. */
export function countSegment(
  draft: MeteringDraft,
  { conditions, flow }: Setting,
  seconds: number,
  now: UtcSeconds,
  events: MeteringEvent[],
): void {
  const { energy, tariffRegisters, cost, selectors, tariff } = draft
  const { activeImportWh, secondaryActiveImportWh } = energy
  const block = openBlockOf(draft)
  addEnergy(energy, draft.remainders, flow, seconds)
  const primaryWh = energy.activeImportWh - activeImportWh
  if (primaryWh > 0) countPrimary(tariffRegisters, cost, tariff.active, primaryRegisterOf(selectors.primary), primaryWh)
  const secondaryWh = energy.secondaryActiveImportWh - secondaryActiveImportWh
  if (secondaryWh > 0)
    countSecondary(tariffRegisters, cost, tariff.active, secondaryRegisterOf(selectors.secondary), secondaryWh)
  for (let i = 0; i < draft.phases.length; i++)
    addVoltage(
      (draft.phases[i] as PhaseDraft).averageVoltage,
      (conditions.phases[i] as PhaseConditions).voltageMillivolts,
      seconds,
    )
  const tou = primaryRegisterOf(selectors.primary).tou + 1
  for (let crossed = block + 1; crossed <= openBlockOf(draft); crossed++)
    events.push({ kind: 'blockThresholdCrossed', time: now, tou, block: crossed + 1 })
}

/** The block (0 to 3) that is open; the last where there are no blocks. */
function openBlockOf({ selectors, tariffRegisters, tariff }: MeteringDraft): number {
  const active = primaryRegisterOf(selectors.primary)
  return active.kind === 'tou' ? BLOCKS - 1 : openBlock(tariffRegisters, tariff.active, active.tou)
}

/** Records what the clock ends at this second. */
export function recordEnds(
  draft: MeteringDraft,
  config: MeteringConfig,
  now: UtcSeconds,
  events: MeteringEvent[],
): void {
  for (const phase of phasesOf(config.variant)) {
    const period = (config.averageRmsVoltage[phase - 1] as AverageVoltageConfig).averageRmsVoltageMeasurementPeriodS
    if (period > 0 && now % period === 0)
      endMeasurementPeriod((draft.phases[phase - 1] as PhaseDraft).averageVoltage, config, phase, now, events)
  }
  if (now % HALF_HOUR_S === 0) endHalfHour(draft, config, now, events)
  const registers = () => registerEntryOf(config.variant, draft.energy, draft.tariffRegisters, now)
  if (isMidnight(now)) {
    const day = endDay(draft.history, totalsOf(draft), now)
    events.push({
      kind: 'dayEnded',
      time: now,
      registers: registers(),
      activeExportWh: draft.energy.activeExportWh,
      ...day,
    })
  }
  const isBilling = nextExecution(config.billingCalendar, now - 1) === now
  if (isBilling) events.push({ kind: 'billing', time: now, registers: registers() })
  const isReset = nextExecution(config.tariffBlockCounterReset, now - 1) === now
  if (isReset || (isBilling && config.billingResetsBlockCounters)) {
    draft.tariffRegisters = resetBlockCounters(draft.tariffRegisters)
    events.push({ kind: 'blockCountersReset', time: now })
  }
}

function endHalfHour(draft: MeteringDraft, config: MeteringConfig, now: UtcSeconds, events: MeteringEvent[]): void {
  const energy = energySince(draft.energy, draft.halfHourStart)
  draft.halfHourStart = { ...draft.energy }
  events.push({ kind: 'halfHourEnded', time: now, ...energy })
  for (const register of noteDemand(draft.maximumDemand, energy, config.maximumDemandConfigurableTimePeriod, now))
    events.push({ kind: 'maximumDemand', time: now, register, demandW: draft.maximumDemand[register].demandW })
}

/** Consumption of both elements, and its cost, since the meter was made. */
export const totalsOf = (state: Pick<MeteringState, 'energy' | 'cost'>): Consumption => ({
  consumptionWh: totalImportWh(state.energy),
  costMillipence: state.cost.costMillipence,
})
