import { utcFields, type UtcSeconds } from '@smets2-sim/cosem'
import { DAY_S } from '@smets2-sim/firmware'
import type { Draft } from './draft.js'

/** Consumption of both elements and what it cost, standing charge not included (our decision). */
export interface Consumption {
  readonly consumptionWh: number
  readonly costMillipence: number
}

/** How many completed days, weeks and months are kept. facts 12.10. */
export const historyLengths = { day: 8, week: 5, month: 13 } as const
export type HistoryPeriod = keyof typeof historyLengths

/** Totals when the current period began, and the completed ones, the newest first. */
interface PeriodHistory {
  readonly start: Consumption
  readonly prior: readonly Consumption[]
}
/** What the cumulative and historical value store is made of. */
export type History = Readonly<Record<HistoryPeriod, PeriodHistory>>

const nothing: Consumption = { consumptionWh: 0, costMillipence: 0 }
/** A history in which nothing was before these totals. */
export function historyFrom(start: Consumption): History {
  const period: PeriodHistory = { start, prior: [] }
  return { day: period, week: period, month: period }
}
export const noHistory: History = historyFrom(nothing)

/** Cumulative and Historical Value Store: the current day, week and month, and those before, the newest first. */
export type CumulativeAndHistoricalValueStore = Readonly<
  Record<HistoryPeriod, { readonly current: Consumption; readonly prior: readonly Consumption[] }>
>

const since = (totals: Consumption, start: Consumption): Consumption => ({
  consumptionWh: totals.consumptionWh - start.consumptionWh,
  costMillipence: totals.costMillipence - start.costMillipence,
})

/** The store at these totals. Periods that were not yet are zero. */
export function valueStoreOf(history: History, totals: Consumption): CumulativeAndHistoricalValueStore {
  const storeOf = (period: HistoryPeriod) => ({
    current: since(totals, history[period].start),
    prior: Array.from({ length: historyLengths[period] }, (_, i) => history[period].prior[i] ?? nothing),
  })
  return { day: storeOf('day'), week: storeOf('week'), month: storeOf('month') }
}

/** Periods that end at a midnight UTC: weeks with Sunday, months with their last day. */
function endingAt(midnight: UtcSeconds): readonly HistoryPeriod[] {
  const { day, dayOfWeek } = utcFields(midnight)
  return ['day', ...(dayOfWeek === 1 ? (['week'] as const) : []), ...(day === 1 ? (['month'] as const) : [])]
}

/** Completes the periods that end at this midnight, and returns the day that ended. */
export function endDay(history: Draft<History>, totals: Consumption, midnight: UtcSeconds): Consumption {
  for (const period of endingAt(midnight)) {
    const { start, prior } = history[period]
    history[period] = {
      start: { ...totals },
      prior: [since(totals, start), ...prior].slice(0, historyLengths[period]),
    }
  }
  return history.day.prior[0] as Consumption
}

export const isMidnight = (time: UtcSeconds): boolean => time % DAY_S === 0
