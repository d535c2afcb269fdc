import { GbcsError } from '@smets2-sim/bytes'
import { daysInMonth, type UtcFields } from '@smets2-sim/cosem'

/** A date in which any part may stand for every value. facts 5.7, 5.12; the day codes are those of DLMS. */
export interface DatePattern {
  readonly year?: number
  readonly month?: number
  /** Day of the month, or the last or second last (of that weekday, when there is one). */
  readonly day?: number | 'last' | 'secondLast'
  /** 1 Monday to 7 Sunday. */
  readonly dayOfWeek?: number
}

/** A time of day in which any part may stand for every value. */
export interface TimePattern {
  readonly hour?: number
  readonly minute?: number
  readonly second?: number
}

export type CalendarDate = Pick<UtcFields, 'year' | 'month' | 'day' | 'dayOfWeek'>

const ANY = 0xff
const ANY_YEAR = 0xffff
const DAY_LAST = 0xfe
const DAY_SECOND_LAST = 0xfd
export const DAY_S = 86_400

function part(name: string, value: number, min: number, max: number): number | undefined {
  if (value === ANY) return undefined
  if (value < min || value > max)
    throw new GbcsError('invalidValue', `${name} ${value} in a date or time, expected ${min} to ${max} or 255 for any`)
  return value
}

/**
 * Reads a DLMS date of 5 octets: year, month, day, day of week. Starts and ends of daylight saving are refused: the
 * meter's time is UTC (our decision).
 * @throws GbcsError `invalidLength`, `invalidValue`
 */
export function datePatternFrom(date: Uint8Array): DatePattern {
  if (date.length !== 5) throw new GbcsError('invalidLength', `a date has 5 octets, found ${date.length}`)
  const [high, low, month, day, dayOfWeek] = date as unknown as [number, number, number, number, number]
  const year = high * 256 + low
  const parts = {
    year: year === ANY_YEAR ? undefined : year,
    month: part('month', month, 1, 12),
    day:
      day === DAY_LAST
        ? ('last' as const)
        : day === DAY_SECOND_LAST
          ? ('secondLast' as const)
          : part('day', day, 1, 31),
    dayOfWeek: part('day of week', dayOfWeek, 1, 7),
  }
  return specified(parts)
}

/** The pattern of a ZCL date: year since 1900, month, day, day of week, FF any. What is no date matches none. */
export const zclDatePattern = ({
  year,
  month,
  day,
  dayOfWeek,
}: Required<Record<keyof CalendarDate, number>>): DatePattern =>
  specified({
    year: year === ANY ? undefined : 1900 + year,
    month: month === ANY ? undefined : month,
    day: day === ANY ? undefined : day,
    dayOfWeek: dayOfWeek === ANY ? undefined : dayOfWeek,
  })

/**
 * Reads a DLMS time of 4 octets; hundredths are ignored.
 * @throws GbcsError `invalidLength`, `invalidValue`
 */
export function timePatternFrom(time: Uint8Array): TimePattern {
  if (time.length !== 4) throw new GbcsError('invalidLength', `a time has 4 octets, found ${time.length}`)
  const [hour, minute, second] = time as unknown as [number, number, number]
  return specified({
    hour: part('hour', hour, 0, 23),
    minute: part('minute', minute, 0, 59),
    second: part('second', second, 0, 59),
  })
}

/** The second of the day that a time without wildcards names; parts that stand for any are 0. */
export const secondOfDay = (time: TimePattern): number =>
  (time.hour ?? 0) * 3600 + (time.minute ?? 0) * 60 + (time.second ?? 0)

type Specified<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const specified = <T extends object>(parts: T): Specified<T> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Specified<T>

/** Whether a civil date is one of those of the pattern. */
export function matchesDate(pattern: DatePattern, date: CalendarDate): boolean {
  if (pattern.year !== undefined && pattern.year !== date.year) return false
  if (pattern.month !== undefined && pattern.month !== date.month) return false
  if (pattern.dayOfWeek !== undefined && pattern.dayOfWeek !== date.dayOfWeek) return false
  if (pattern.day === undefined) return true
  if (typeof pattern.day === 'number') return pattern.day === date.day
  const fromEnd = daysInMonth(date.year, date.month) - date.day
  const rank = pattern.day === 'last' ? 0 : 1
  return (pattern.dayOfWeek === undefined ? fromEnd : Math.floor(fromEnd / 7)) === rank
}

/** The first or last date of a period: its day, if any, has a number. */
export interface PeriodEnd extends DatePattern {
  readonly day?: number
}

const order = (year: number, month: number, day: number): number => (year * 12 + month - 1) * 31 + day - 1

/**
 * Whether a date lies from `begin` to `end`, both inclusive. Without years the period comes every year and may run over
 * the turn of the year. A day that is left open is the first or last of its month; a month, of its year.
 */
export function isWithin(begin: PeriodEnd, end: PeriodEnd, date: CalendarDate): boolean {
  const yearly = begin.year === undefined || end.year === undefined
  const year = (p: PeriodEnd): number => (yearly ? 0 : (p.year as number))
  const from = order(year(begin), begin.month ?? 1, begin.day ?? 1)
  const endMonth = end.month ?? 12
  const to = order(year(end), endMonth, end.day ?? daysInMonth(end.year ?? 2000, endMonth))
  const at = order(yearly ? 0 : date.year, date.month, date.day)
  return from <= to || !yearly ? from <= at && at <= to : at >= from || at <= to
}

/** The first second of the day, at or after `from`, that the pattern names; undefined when there is none left. */
export function nextTimeOfDay(pattern: TimePattern, from: number): number | undefined {
  const { hour, minute, second } = pattern
  let at = from
  while (at < DAY_S) {
    const atHour = Math.floor(at / 3600)
    const atMinute = Math.floor(at / 60) % 60
    const atSecond = at % 60
    if (hour !== undefined && hour !== atHour) at = hour > atHour ? hour * 3600 : DAY_S
    else if (minute !== undefined && minute !== atMinute)
      at = minute > atMinute ? atHour * 3600 + minute * 60 : (atHour + 1) * 3600
    else if (second !== undefined && second !== atSecond) at = at - atSecond + (second > atSecond ? second : 60)
    else return at
  }
  return undefined
}
