import type { UtcSeconds } from '@smets2-sim/cosem'
import { blockRegister, primaryRegisterOf, secondaryRegisterOf } from '../tariff/registers.js'
import type { Tariff, TariffPart } from '../tariff/tariff.js'
import * as plan from '../tariff/tariff-plan.js'
import { type DemandRegister, noMaximumDemand } from './demand.js'
import { type CumulativeAndHistoricalValueStore, historyFrom, valueStoreOf } from './history.js'
import { totalImportWh } from './energy.js'
import { totalsOf } from './segment.js'
import type { MeteringState } from './state.js'
import { openBlock, resetBlockCounters } from './tariff-registers.js'
import type { Phase } from './variant.js'

// What commands do to the state, and what reads take from it. Meter up to the present before acting.

/** Puts parts of a tariff in force at once. */
export const activateTariff = (state: MeteringState, next: Partial<Tariff>): MeteringState => ({
  ...state,
  tariff: plan.activateTariff(state.tariff, next),
})
/** Has parts of a tariff take force at a second to come, in the place of those that were to. */
export const scheduleTariff = (state: MeteringState, next: Partial<Tariff>, at: UtcSeconds): MeteringState => ({
  ...state,
  tariff: plan.scheduleTariff(state.tariff, next, at),
})
/** Drops what was to take force. */
export const cancelTariff = (state: MeteringState, parts: readonly TariffPart[]): MeteringState => ({
  ...state,
  tariff: plan.cancelTariff(state.tariff, parts),
})

/** ECS05: sets TariffBlockCounterMatrix to zero; consumption falls into block 1 again. */
export const resetTariffBlockCounters = (state: MeteringState): MeteringState => ({
  ...state,
  tariffRegisters: resetBlockCounters(state.tariffRegisters),
})

/** ECS57: sets a maximum demand to zero. */
export const resetMaximumDemand = (state: MeteringState, register: DemandRegister, at: UtcSeconds): MeteringState => ({
  ...state,
  maximumDemand: { ...state.maximumDemand, [register]: noMaximumDemand(at) },
})

export type AverageVoltageCounter = 'averageRmsOverVoltageCounter' | 'averageRmsUnderVoltageCounter'

/** ECS29e, ECS29f: sets a counter of a phase to zero. */
export const resetAverageVoltageCounter = (
  state: MeteringState,
  phase: Phase,
  counter: AverageVoltageCounter,
): MeteringState => ({
  ...state,
  phases: state.phases.map((p, i) =>
    i === phase - 1 ? { ...p, averageVoltage: { ...p.averageVoltage, [counter]: 0 } } : p,
  ),
})

/** ActiveTariffPrice: of the register and the block in which the primary element is counted. */
export function activeTariffPriceMillipencePerKwh({ tariff, selectors, tariffRegisters }: MeteringState): number {
  const { prices } = tariff.active
  const active = primaryRegisterOf(selectors.primary)
  return active.kind === 'tou'
    ? (prices.touMillipencePerKwh[active.tou] as number)
    : (prices.blockMillipencePerKwh[
        blockRegister(openBlock(tariffRegisters, tariff.active, active.tou), active.tou)
      ] as number)
}

/** SecondaryActiveTariffPrice. */
export const secondaryActiveTariffPriceMillipencePerKwh = ({ tariff, selectors }: MeteringState): number =>
  tariff.active.secondaryTariffTouPriceMatrixMillipencePerKwh[secondaryRegisterOf(selectors.secondary)] as number

/** Cumulative and Historical Value Store at the present. */
export const cumulativeAndHistoricalValueStore = (state: MeteringState): CumulativeAndHistoricalValueStore =>
  valueStoreOf(state.history, totalsOf(state))

/** Forgets consumption so far by days, weeks and months: a new tenancy begins. */
export const restartHistory = (state: MeteringState): MeteringState => ({
  ...state,
  history: historyFrom(totalsOf(state)),
})

/** ActiveEnergyImported: of both elements. */
export const totalImportWhOf = ({ energy }: MeteringState): number => totalImportWh(energy)
