import { GbcsError } from '@smets2-sim/bytes'
import { type UtcSeconds, utcFields, utcSeconds } from '@smets2-sim/cosem'

/** Execution time that cancels a pending command. facts 3.2. */
export const CANCEL_TIME = '99991231235959Z'

/** GeneralizedTime of a second. */
export function toGeneralizedTime(time: UtcSeconds): string {
  const { year, month, day, hour, minute, second } = utcFields(time)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${String(year).padStart(4, '0')}${two(month)}${two(day)}${two(hour)}${two(minute)}${two(second)}Z`
}

/** The second of a GeneralizedTime; a time that does not exist is a GbcsError. */
export function fromGeneralizedTime(text: string): UtcSeconds {
  const n = (from: number, to: number): number => Number(text.slice(from, to))
  const time = utcSeconds(n(0, 4), n(4, 6), n(6, 8), n(8, 10), n(10, 12), n(12, 14))
  if (time === undefined) throw new GbcsError('invalidValue', `${text} does not exist`)
  return time
}
