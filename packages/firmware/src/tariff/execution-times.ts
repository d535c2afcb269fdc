import { utcFields, utcSeconds, type UtcSeconds } from '@smets2-sim/cosem'
import {
  type DatePattern,
  datePatternFrom,
  DAY_S,
  matchesDate,
  nextTimeOfDay,
  type TimePattern,
  timePatternFrom,
} from '../calendar/date-pattern.js'

/** When a single action schedule acts: the billing calendar, the daily reset of the block counters. facts 5.12. */
export type ExecutionTimes = readonly { readonly time: TimePattern; readonly date: DatePattern }[]

/** From the attribute `executionTime` of a class 22 object. No entry: never. */
export const executionTimesFrom = (
  entries: readonly { readonly time: Uint8Array; readonly date: Uint8Array }[],
): ExecutionTimes => entries.map(({ time, date }) => ({ time: timePatternFrom(time), date: datePatternFrom(date) }))

/** A pattern that names no day in this many years names none: 29 February may be absent for eight. */
const HORIZON_YEARS = 8

const memos = new WeakMap<ExecutionTimes, { after: UtcSeconds; next: UtcSeconds }>()

/** The first execution after an instant; Infinity when there is none. */
export function nextExecution(times: ExecutionTimes, after: UtcSeconds): UtcSeconds {
  const memo = memos.get(times)
  if (memo && after >= memo.after && after < memo.next) return memo.next
  let next = Infinity
  for (const entry of times) next = Math.min(next, nextOf(entry, after))
  memos.set(times, { after, next })
  return next
}

function nextOf({ time, date }: ExecutionTimes[number], after: UtcSeconds): UtcSeconds {
  let at = after + 1
  const lastYear = date.year ?? utcFields(at).year + HORIZON_YEARS
  for (;;) {
    const fields = utcFields(at)
    if (fields.year > lastYear) return Infinity
    const dayStart = Math.floor(at / DAY_S) * DAY_S
    if (date.year !== undefined && date.year !== fields.year) {
      at = utcSeconds(date.year, 1, 1) as UtcSeconds
    } else if (date.month !== undefined && date.month !== fields.month) {
      at = firstOfNextMonth(fields.year, fields.month)
    } else {
      const second = matchesDate(date, fields) ? nextTimeOfDay(time, at - dayStart) : undefined
      if (second !== undefined) return dayStart + second
      at = dayStart + DAY_S
    }
  }
}

const firstOfNextMonth = (year: number, month: number): UtcSeconds =>
  (month === 12 ? utcSeconds(year + 1, 1, 1) : utcSeconds(year, month + 1, 1)) as UtcSeconds
