import { GbcsError, Reader, Writer } from '@smets2-sim/bytes'

/**
 * Seconds since 2000-01-01 00:00:00 UTC, the time of the ZCL and of GBCS logs.
 * All times inside devices are in this unit.
 */
export type UtcSeconds = number

/** Unix seconds of the epoch 2000-01-01. */
export const EPOCH_2000 = 946_684_800

/** Fields of a COSEM date-time; undefined where it is not specified (FF). */
export interface DateTimeFields {
  readonly year?: number
  readonly month?: number
  readonly day?: number
  readonly dayOfWeek?: number
  readonly hour?: number
  readonly minute?: number
  readonly second?: number
  readonly hundredths?: number
  /** Minutes from local to UTC; undefined when not specified (8000). */
  readonly deviation?: number
  readonly clockStatus: number
}

/** 12-octet DLMS date-time of a UTC second: day of week, deviation not specified; `clockStatus` FF = not specified. facts 1.3. */
export function encodeDateTime(time: UtcSeconds, clockStatus = 0xff, hundredths = 0): Uint8Array {
  const { year, month, day, hour, minute, second } = utcFields(time)
  return new Writer(12)
    .u16(year)
    .u8(month)
    .u8(day)
    .u8(0xff)
    .u8(hour)
    .u8(minute)
    .u8(second)
    .u8(hundredths)
    .u16(0x8000)
    .u8(clockStatus)
    .done()
}

/**
 * The second that a fully specified DLMS date-time names (deviation not specified is UTC).
 * @throws GbcsError `invalidValue` when a part is missing or out of range
 */
export function decodeDateTime(bytes: Uint8Array): { time: UtcSeconds; clockStatus: number } {
  if (bytes.length !== 12) throw new GbcsError('invalidLength', `a date-time has 12 octets, found ${bytes.length}`)
  const reader = new Reader(bytes)
  const year = reader.u16('year')
  const month = reader.u8('month')
  const day = reader.u8('day')
  reader.u8('day of week')
  const hour = reader.u8('hour')
  const minute = reader.u8('minute')
  const second = reader.u8('second')
  reader.u8('hundredths')
  const deviation = reader.i16('deviation')
  const clockStatus = reader.u8('clock status')
  const time = utcSeconds(year, month, day, hour, minute, second)
  if (time === undefined)
    throw new GbcsError('invalidValue', `date-time ${year}-${month}-${day} ${hour}:${minute}:${second} does not exist`)
  return { time: time + (deviation === -0x8000 ? 0 : deviation * 60), clockStatus }
}

/** Days from 2000-01-01 to a civil date (Gregorian). */
function daysFrom2000(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 730_425
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && leap ? 29 : (lengths[month - 1] as number)
}

/** The second of a civil UTC time, or undefined when there is no such time. */
export function utcSeconds(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): UtcSeconds | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
    return undefined
  return daysFrom2000(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
}

export interface UtcFields {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** 1 Monday to 7 Sunday. */
  readonly dayOfWeek: number
}

/** Civil UTC fields of a second. */
export function utcFields(time: UtcSeconds): UtcFields {
  const days = Math.floor(time / 86_400)
  const inDay = time - days * 86_400
  const z = days + 730_425
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const m = Math.floor((5 * dayOfYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
    hour: Math.floor(inDay / 3600),
    minute: Math.floor(inDay / 60) % 60,
    second: inDay % 60,
    // 2000-01-01 was a Saturday
    dayOfWeek: ((((days + 5) % 7) + 7) % 7) + 1,
  }
}

/** ISO 8601 text of a second, for people. */
export function toIso(time: UtcSeconds): string {
  const f = utcFields(time)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${String(f.year).padStart(4, '0')}-${two(f.month)}-${two(f.day)}T${two(f.hour)}:${two(f.minute)}:${two(f.second)}Z`
}

/** The second of an ISO 8601 UTC text `2026-01-01T00:00:00Z` (the time may be left out). */
export function fromIso(text: string): UtcSeconds {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(?:\.0+)?Z)?$/.exec(text)
  const [year, month, day, hour, minute, second] = (parts?.slice(1) ?? []).map((part) => Number(part ?? 0))
  const time = parts ? utcSeconds(year as number, month as number, day as number, hour, minute, second) : undefined
  if (time === undefined)
    throw new GbcsError('invalidValue', `${JSON.stringify(text)} is not a UTC time like 2026-01-01T00:00:00Z`)
  return time
}
