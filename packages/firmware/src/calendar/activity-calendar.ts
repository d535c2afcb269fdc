import { GbcsError, toHex } from '@smets2-sim/bytes'
import { type DatePattern, datePatternFrom, secondOfDay, type TimePattern, timePatternFrom } from './date-pattern.js'
import type { DayAction } from './switching-calendar.js'

export interface Season {
  readonly startDate: DatePattern
  readonly startTime: TimePattern
  readonly week: string
}
export interface SpecialDay {
  readonly date: DatePattern
  readonly dayId: number
}
/** Seasons, weeks and days of a switching table. facts 5.7, 12.8. */
export interface SwitchingTable {
  readonly seasons: readonly Season[]
  /** Day identifiers from Monday to Sunday by the name of the week. */
  readonly weeks: Readonly<Record<string, readonly number[]>>
  /** Switching times in order, by day identifier. */
  readonly days: Readonly<Record<number, readonly DayAction[]>>
}
/** A switching table with its exceptions. */
export interface ActivityCalendar extends SwitchingTable {
  readonly specialDays: readonly SpecialDay[]
}

interface WeekRow {
  readonly name: Uint8Array
  readonly monday: number
  readonly tuesday: number
  readonly wednesday: number
  readonly thursday: number
  readonly friday: number
  readonly saturday: number
  readonly sunday: number
}

/**
 * From attributes 3 to 5 (or 7 to 9) of a class 20 object. A season may name a week, and a week a day, that is not
 * there: nothing is switched then (our decision).
 * @throws GbcsError `invalidLength`, `invalidValue`: a date or time that does not exist, a name or identifier twice
 */
export function switchingTableFrom(
  seasons: readonly { readonly start: Uint8Array; readonly week: Uint8Array }[],
  weeks: readonly WeekRow[],
  days: readonly {
    readonly dayId: number
    readonly schedule: readonly { readonly startTime: Uint8Array; readonly selector: number }[]
  }[],
): SwitchingTable {
  return {
    seasons: seasons.map(({ start, week }) => ({ ...dateTimePatternFrom(start), week: toHex(week) })),
    weeks: unique(
      weeks.map((w) => [toHex(w.name), [w.monday, w.tuesday, w.wednesday, w.thursday, w.friday, w.saturday, w.sunday]]),
    ),
    days: unique(days.map(({ dayId, schedule }) => [String(dayId), actionsFrom(schedule)])),
  }
}

/** From attribute 2 of a class 11 object. */
export const specialDaysFrom = (
  entries: readonly { readonly date: Uint8Array; readonly dayId: number }[],
): readonly SpecialDay[] => entries.map(({ date, dayId }) => ({ date: datePatternFrom(date), dayId }))

const actionsFrom = (
  schedule: readonly { readonly startTime: Uint8Array; readonly selector: number }[],
): readonly DayAction[] =>
  schedule
    .map(({ startTime, selector }) => ({ second: secondOfDay(timePatternFrom(startTime)), selector }))
    .sort((a, b) => a.second - b.second)

function dateTimePatternFrom(bytes: Uint8Array): { startDate: DatePattern; startTime: TimePattern } {
  if (bytes.length !== 12) throw new GbcsError('invalidLength', `a date-time has 12 octets, found ${bytes.length}`)
  return { startDate: datePatternFrom(bytes.subarray(0, 5)), startTime: timePatternFrom(bytes.subarray(5, 9)) }
}

function unique<T>(rows: readonly (readonly [string, T])[]): Record<string, T> {
  const found: Record<string, T> = {}
  for (const [key, value] of rows) {
    if (Object.hasOwn(found, key)) throw new GbcsError('invalidValue', `week or day ${key} is in the calendar twice`)
    found[key] = value
  }
  return found
}
