import { GbcsError } from '@smets2-sim/bytes'
import { utcFields } from '@smets2-sim/cosem'
import { DAY_S, datePatternFrom, isWithin, matchesDate, type PeriodEnd } from './date-pattern.js'
import type { SwitchingCalendar } from './switching-calendar.js'

/** Row of a schedule (class 10, attribute 2). */
export interface ScheduleEntry {
  readonly index: number
  readonly enable: boolean
  readonly selector: number
  /** Hour, minute, second, hundredths. */
  readonly switchTime: Uint8Array
  /** Monday to Sunday, `1` where the entry runs. */
  readonly weekdays: string
  /** Day identifiers 1, 2, ... of special days, `1` where the entry runs. */
  readonly specialDays: string
  readonly beginDate: Uint8Array
  readonly endDate: Uint8Array
}
/** Row of a special days table (class 11, attribute 2). */
export interface SpecialDayRow {
  readonly date: Uint8Array
  readonly dayId: number
}

function secondOfDay(time: Uint8Array): number {
  const [hour, minute, second] = time as unknown as [number, number, number]
  if (time.length !== 4 || hour > 23 || minute > 59 || second > 59)
    throw new GbcsError('invalidValue', `switch time ${time.join(':')} is no time of day`)
  return hour * 3600 + minute * 60 + second
}

function periodEnd(octets: Uint8Array): PeriodEnd {
  const { day, ...date } = datePatternFrom(octets)
  if (typeof day === 'string')
    throw new GbcsError('invalidValue', `a period begins or ends on the ${day} day of a month`)
  return day === undefined ? date : { ...date, day }
}

/**
 * The calendar of a schedule with its special days. A special day is not a weekday: entries run on it only by their
 * special day bits, so what was switched before lasts where no bit is set.
 * @throws GbcsError `invalidValue` or `invalidLength` for a time or date that is none
 */
export function scheduleCalendar(
  schedule: readonly ScheduleEntry[],
  specialDays: readonly SpecialDayRow[],
): SwitchingCalendar {
  const specials = specialDays.map(({ date, dayId }) => ({ date: datePatternFrom(date), dayId }))
  const entries = schedule
    .filter(({ enable }) => enable)
    .map((entry) => ({
      ...entry,
      second: secondOfDay(entry.switchTime),
      begin: periodEnd(entry.beginDate),
      end: periodEnd(entry.endDate),
    }))
    .sort((a, b) => a.second - b.second || a.index - b.index)
  return {
    on(day) {
      const date = utcFields(day * DAY_S)
      const special = specials.find((one) => matchesDate(one.date, date))
      return entries.filter(
        ({ weekdays, specialDays: bits, begin, end }) =>
          (special ? bits[special.dayId - 1] : weekdays[date.dayOfWeek - 1]) === '1' && isWithin(begin, end, date),
      )
    },
  }
}
