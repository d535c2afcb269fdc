import { GbcsError } from '@smets2-sim/bytes'
import { daysInMonth, type UtcFields } from '@smets2-sim/cosem'

/** A date in which parts may be left open. */
export interface DatePattern {
  readonly year?: number
  readonly month?: number
  readonly day?: number
  /** 1 Monday to 7 Sunday. */
  readonly dayOfWeek?: number
}
export type CalendarDate = Pick<UtcFields, 'year' | 'month' | 'day' | 'dayOfWeek'>

const ANY = 0xff

function pattern(year: number | undefined, month: number, day: number, dayOfWeek: number): DatePattern {
  const inRange = (value: number, max: number): boolean => value === ANY || (value >= 1 && value <= max)
  if (!inRange(month, 12) || !inRange(day, 31) || !inRange(dayOfWeek, 7))
    throw new GbcsError(
      'invalidValue',
      `month ${month}, day ${day}, day of week ${dayOfWeek} are no date with wildcards`,
    )
  return {
    ...(year !== undefined && { year }),
    ...(month !== ANY && { month }),
    ...(day !== ANY && { day }),
    ...(dayOfWeek !== ANY && { dayOfWeek }),
  }
}

/**
 * The pattern of a COSEM date: year (FFFF any), month, day, day of week (FF any).
 * @throws GbcsError `invalidLength` or `invalidValue`; the codes for last day of month and daylight saving are refused
 */
export function cosemDatePattern(octets: Uint8Array): DatePattern {
  if (octets.length !== 5) throw new GbcsError('invalidLength', `a date has 5 octets, found ${octets.length}`)
  const [high, low, month, day, dayOfWeek] = octets as unknown as [number, number, number, number, number]
  const year = high * 256 + low
  return pattern(year === 0xffff ? undefined : year, month, day, dayOfWeek)
}

/** The pattern of a ZCL date: year since 1900, month, day, day of week, FF any. @throws GbcsError `invalidValue` */
export const zclDatePattern = (date: {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly dayOfWeek: number
}): DatePattern => pattern(date.year === ANY ? undefined : 1900 + date.year, date.month, date.day, date.dayOfWeek)

/** Whether every part that the pattern gives is that of the date. */
export const matches = (p: DatePattern, date: CalendarDate): boolean =>
  (p.year ?? date.year) === date.year &&
  (p.month ?? date.month) === date.month &&
  (p.day ?? date.day) === date.day &&
  (p.dayOfWeek ?? date.dayOfWeek) === date.dayOfWeek

const order = (year: number, month: number, day: number): number => (year * 12 + month - 1) * 31 + day - 1

/**
 * Whether a date lies from `begin` to `end`, both inclusive. Without years the period comes every year and may run over
 * the turn of the year. A day that is left open is the first or last of its month; a month, of its year.
 */
export function isWithin(begin: DatePattern, end: DatePattern, date: CalendarDate): boolean {
  const yearly = begin.year === undefined || end.year === undefined
  const year = (p: DatePattern): number => (yearly ? 0 : (p.year as number))
  const from = order(year(begin), begin.month ?? 1, begin.day ?? 1)
  const endMonth = end.month ?? 12
  const to = order(year(end), endMonth, end.day ?? daysInMonth(end.year ?? 2000, endMonth))
  const at = order(yearly ? 0 : date.year, date.month, date.day)
  return from <= to || !yearly ? from <= at && at <= to : at >= from || at <= to
}
