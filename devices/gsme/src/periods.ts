import { daysInMonth, utcFields, utcSeconds, type UtcSeconds } from '@smets2-sim/cosem'

const MINUTE_S = 60
const DAY_S = 86_400

/** Low nibble of a duration type: minutes, days, weeks, months. facts: gbz_commands.json, GCS25. */
const units = [MINUTE_S, DAY_S, 7 * DAY_S] as const
const MONTHS = 3

/** A billing or block period as its command has it: a start, and how long each lasts. */
export interface PeriodRule {
  readonly start: UtcSeconds
  readonly duration: number
  readonly durationType: number
}

/** The first beginning of a period after a time; periods follow on each other from the start on. */
export function nextBeginning({ start, duration, durationType }: PeriodRule, after: UtcSeconds): UtcSeconds {
  if (after < start) return start
  // a period that lasts no time begins once and is never over
  if (duration <= 0) return Infinity
  const unit = durationType & 0x0f
  if (unit === MONTHS) {
    const from = utcFields(start)
    const now = utcFields(after)
    let n = Math.max(1, Math.floor(((now.year - from.year) * 12 + now.month - from.month) / duration))
    while (monthsLater(start, n * duration) <= after) n++
    return monthsLater(start, n * duration)
  }
  const length = duration * (units[unit] ?? DAY_S)
  return start + (Math.floor((after - start) / length) + 1) * length
}

/** The same day and time so many months later; the last day of a month that is too short. */
function monthsLater(start: UtcSeconds, months: number): UtcSeconds {
  const { year, month, day, hour, minute, second } = utcFields(start)
  const index = year * 12 + month - 1 + months
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1]
  return utcSeconds(y, m, Math.min(day, daysInMonth(y, m)), hour, minute, second) as UtcSeconds
}
