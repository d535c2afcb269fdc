import {
  type Consumption,
  cumulativeAndHistoricalValueStore,
  type CumulativeAndHistoricalValueStore,
  historyLengths,
  type HistoryPeriod,
  type MeteringState,
} from '../metering/index.js'
import type { ElectricityHome } from './home.js'

const periods: Readonly<Record<HistoryPeriod, string>> = { day: 'Day', week: 'Week', month: 'Month' }

type Store = CumulativeAndHistoricalValueStore
const stores = new WeakMap<MeteringState, Store>()
/** The store of a state, made once: a display reads all of its values one after the other. */
function storeOf(state: MeteringState): Store {
  let store = stores.get(state)
  if (!store) stores.set(state, (store = cumulativeAndHistoricalValueStore(state)))
  return store
}

/** Rows of the present and the completed periods: `currentDay...`, `previousDay...`, `previousDay2...`. facts 12.10. */
export function historyRows(
  suffix: 'ConsumptionDelivered' | 'CostConsumptionDelivered',
  value: (consumption: Consumption, period: HistoryPeriod) => number,
): Readonly<Record<string, (home: ElectricityHome) => number>> {
  const rows: Record<string, (home: ElectricityHome) => number> = {}
  const row = (name: string, period: HistoryPeriod, of: (store: Store[HistoryPeriod]) => Consumption): void => {
    rows[`${name}${suffix}`] = ({ readings }) => value(of(storeOf(readings.metering())[period]), period)
  }
  for (const [period, name] of Object.entries(periods) as [HistoryPeriod, string][]) {
    row(`current${name}`, period, ({ current }) => current)
    for (let i = 0; i < historyLengths[period]; i++)
      row(`previous${name}${i === 0 ? '' : i + 1}`, period, ({ prior }) => prior[i] as Consumption)
  }
  return rows
}
