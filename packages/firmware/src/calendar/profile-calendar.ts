import { type CalendarDate, type DatePattern, matches, zclDatePattern } from './date-pattern.js'
import type { DaySwitching, SwitchingCalendar } from './switching-calendar.js'

type ZclDate = Parameters<typeof zclDatePattern>[0]

/** The parts of a calendar of the ZCL, as its commands bring them (facts 12.8). */
export interface CalendarProfiles {
  readonly days: readonly {
    readonly dayId: number
    readonly entries: readonly { readonly startMinute: number; readonly value: number }[]
  }[]
  /** Day identifiers from Monday to Sunday. */
  readonly weeks: readonly { readonly weekId: number; readonly dayIds: readonly number[] }[]
  readonly seasons: readonly { readonly startDate: ZclDate; readonly weekId: number }[]
  readonly specialDays: readonly { readonly date: ZclDate; readonly dayId: number }[]
}

/**
 * The calendar of day, week and season profiles with special days. The season of a date is the one that began last; before
 * the first dated season there is none.
 * @throws GbcsError `invalidValue` for a date that is none
 */
export function profileCalendar(profiles: CalendarProfiles): SwitchingCalendar {
  const specials = profiles.specialDays.map(({ date, dayId }) => ({ date: zclDatePattern(date), dayId }))
  const seasons = profiles.seasons.map(({ startDate, weekId }) => ({ start: zclDatePattern(startDate), weekId }))
  const weeks = new Map(profiles.weeks.map(({ weekId, dayIds }) => [weekId, dayIds]))
  const days = new Map(
    profiles.days.map(({ dayId, entries }) => [
      dayId,
      entries
        .map(({ startMinute, value }): DaySwitching => ({ secondOfDay: startMinute * 60, selector: value }))
        .sort((a, b) => a.secondOfDay - b.secondOfDay),
    ]),
  )
  return {
    on(date) {
      const special = specials.find((day) => matches(day.date, date))
      const dayId = special?.dayId ?? weekdayOf(date)
      return (dayId === undefined ? undefined : days.get(dayId)) ?? []
    },
  }

  function weekdayOf(date: CalendarDate): number | undefined {
    const begun = seasons
      .map((season) => ({ ...season, at: lastStart(season.start, date) }))
      .filter(({ at }) => at !== undefined)
      .sort((a, b) => (a.at as number) - (b.at as number))
    return weeks.get(begun.at(-1)?.weekId ?? -1)?.[date.dayOfWeek - 1]
  }
}

/** When a season last began, as a number that grows with the date; undefined when it has not yet. */
function lastStart(start: DatePattern, date: CalendarDate): number | undefined {
  const inYear = (month: number, day: number): number => month * 32 + day
  const from = inYear(start.month ?? 1, start.day ?? 1)
  const begunThisYear = from <= inYear(date.month, date.day)
  const year = start.year ?? (begunThisYear ? date.year : date.year - 1)
  return year < date.year || (year === date.year && begunThisYear) ? year * 512 + from : undefined
}
