import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Cost, noCost } from '../tariff/cost.js'
import { initialTariffPlan, type TariffPlan } from '../tariff/tariff-plan.js'
import { type AverageVoltage, noAverageVoltage } from './average-voltage.js'
import { type MaximumDemands, noMaximumDemands } from './demand.js'
import type { Draft } from './draft.js'
import { type EnergyRegisters, type EnergyRemainders, noEnergy } from './energy.js'
import { type History, noHistory } from './history.js'
import { noOutage, type Outage } from './outage.js'
import { noPhaseExcursions, type PhaseExcursions } from './phase-excursions.js'
import { noSupplyWatch, type SupplyWatch } from './supply-watch.js'
import { noTariffRegisters, type TariffRegisters } from './tariff-registers.js'
import { type EsmeVariant, phasesOf } from './variant.js'

/** Power quality of one phase. */
export interface PhaseState {
  readonly outage: Outage
  readonly excursions: PhaseExcursions
  readonly averageVoltage: AverageVoltage
}

/** Selectors that the switching tables have switched to; undefined before the first. */
export interface ActiveSelectors {
  readonly primary: number | undefined
  readonly secondary: number | undefined
}

/**
 * All that metering remembers, as a plain value: it is never changed in place, so it can be put in a transaction or a
 * snapshot as it is. Logs are not in it: their entries are events.
 */
export interface MeteringState {
  readonly energy: EnergyRegisters
  readonly remainders: EnergyRemainders
  readonly tariffRegisters: TariffRegisters
  /** Of both elements since the meter was made. */
  readonly cost: Cost
  readonly tariff: TariffPlan
  readonly selectors: ActiveSelectors
  /** Registers at the end of the last half hour. */
  readonly halfHourStart: EnergyRegisters
  readonly maximumDemand: MaximumDemands
  readonly history: History
  readonly supply: SupplyWatch
  /** By phase. */
  readonly phases: readonly PhaseState[]
}

const newPhase: PhaseState = {
  outage: noOutage,
  excursions: noPhaseExcursions,
  averageVoltage: noAverageVoltage,
}

/** The state of a new meter; maximum demand counts from `at`. */
export const initialMeteringState = (variant: EsmeVariant, at: UtcSeconds = 0): MeteringState => ({
  energy: noEnergy,
  remainders: noEnergy,
  tariffRegisters: noTariffRegisters(),
  cost: noCost,
  tariff: initialTariffPlan,
  selectors: { primary: undefined, secondary: undefined },
  halfHourStart: noEnergy,
  maximumDemand: noMaximumDemands(at),
  history: noHistory,
  supply: noSupplyWatch,
  phases: phasesOf(variant).map(() => newPhase),
})

/** A state that is being worked on; the tariff in it is replaced as a whole. */
export type MeteringDraft = Draft<Omit<MeteringState, 'tariff'>> & { tariff: TariffPlan }

/** A copy of all that changes only while time passes. */
const countedOf = ({ energy, remainders, tariffRegisters, cost, maximumDemand, history }: MeteringState) => ({
  energy: { ...energy },
  remainders: { ...remainders },
  tariffRegisters: {
    tariffTouRegisterMatrixWh: tariffRegisters.tariffTouRegisterMatrixWh.slice(),
    tariffTouBlockRegisterMatrixWh: tariffRegisters.tariffTouBlockRegisterMatrixWh.slice(),
    tariffBlockCounterMatrixWh: tariffRegisters.tariffBlockCounterMatrixWh.slice(),
    secondaryTariffTouRegisterMatrixWh: tariffRegisters.secondaryTariffTouRegisterMatrixWh.slice(),
  },
  cost: { ...cost },
  maximumDemand: { ...maximumDemand },
  history: { ...history },
})

/**
 * A copy to work on. What is only ever replaced as a whole is shared; so is all that is counted when no time passes. One
 * literal for both, so that all states have one shape: that alone makes the engine a quarter faster.
 */
export function draftOf(state: MeteringState, timePasses: boolean): MeteringDraft {
  const counted = timePasses ? countedOf(state) : (state as MeteringDraft)
  return {
    energy: counted.energy,
    remainders: counted.remainders,
    tariffRegisters: counted.tariffRegisters,
    cost: counted.cost,
    tariff: state.tariff,
    selectors: { ...state.selectors },
    halfHourStart: state.halfHourStart,
    maximumDemand: counted.maximumDemand,
    history: counted.history,
    supply: { ...state.supply },
    phases: (state as MeteringDraft).phases.map(({ outage, excursions, averageVoltage }) => ({
      outage: { ...outage },
      excursions,
      averageVoltage: timePasses ? { ...averageVoltage } : averageVoltage,
    })),
  }
}
