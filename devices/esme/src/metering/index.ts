export type { EsmeVariant, Phase } from './variant.js'
export { phasesOf } from './variant.js'
export {
  type Conditions,
  currentMilliamps,
  type Flow,
  flowOf,
  type PhaseConditions,
  phaseOf,
  singlePhase,
} from './conditions.js'
export {
  type AverageVoltageConfig,
  defaultMeteringConfig,
  type MeteringConfig,
  type VoltageThreshold,
} from './config.js'
export { type DailyWindow, dailyWindowFrom, type DemandRegister, HALF_HOUR_S, type MaximumDemand } from './demand.js'
export type { EnergyRegisters } from './energy.js'
export type { MeteringEvent, MeteringEventKind } from './events.js'
export { type Excursion, excursionMachine } from './excursion.js'
export {
  type Consumption,
  type CumulativeAndHistoricalValueStore,
  historyLengths,
  type HistoryPeriod,
} from './history.js'
export {
  integrate,
  integrateCurve,
  integrateToEvent,
  type Metered,
  nextBoundary,
  type Stretch,
  timeOfCost,
} from './integrate.js'
export { LONG_OUTAGE_S } from './outage.js'
export { type PowerLevel, powerLevelOf, type PowerThresholds } from './power-level.js'
export { blockRegisterCollectionOf, type RegisterEntry, registerEntryOf } from './register-entry.js'
export { initialMeteringState, type MeteringState, type PhaseState } from './state.js'
export type { TariffRegisters } from './tariff-registers.js'
export * from './actions.js'
export { householdDay, meterDay, meterSteadyDay } from './meter-day.js'
