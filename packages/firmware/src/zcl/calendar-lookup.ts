import { utcFields, utcSeconds, type UtcSeconds } from '@smets2-sim/cosem'
import type { CalendarTables, DayProfile, WeekProfile } from './calendar.js'

type ZclDate = { readonly year: number; readonly month: number; readonly day: number; readonly dayOfWeek: number }
const ANY = 0xff
const DAY_S = 86_400

/** What a calendar says at a time: the value that holds, and the minutes of the day in which it does. */
export interface CalendarEntry {
  readonly value: number
  readonly startMinute: number
  readonly endMinute: number
}

const matches = (pattern: ZclDate, time: UtcSeconds): boolean => {
  const { year, month, day, dayOfWeek } = utcFields(time)
  const is = (part: number, value: number): boolean => part === ANY || part === value
  return (
    is(pattern.year, year - 1900) &&
    is(pattern.month, month) &&
    is(pattern.day, day) &&
    is(pattern.dayOfWeek, dayOfWeek)
  )
}

const weekdays = [
  'dayIdRefMonday',
  'dayIdRefTuesday',
  'dayIdRefWednesday',
  'dayIdRefThursday',
  'dayIdRefFriday',
  'dayIdRefSaturday',
  'dayIdRefSunday',
] as const satisfies readonly (keyof WeekProfile)[]

/** When a season last began; a date without a year comes every year. -Infinity when it has not begun yet. */
function lastStart({ year, month, day }: ZclDate, time: UtcSeconds): number {
  const thisYear = utcFields(time).year
  const years = year === ANY ? [thisYear, thisYear - 1] : [1900 + year]
  for (const one of years) {
    const start = utcSeconds(one, month === ANY ? 1 : month, day === ANY ? 1 : day)
    if (start !== undefined && start <= time) return start
  }
  return -Infinity
}

/** The day profile of a date: that of its special day, else of its day of the week in the season that began last. */
export function dayProfileAt(calendar: CalendarTables, time: UtcSeconds): DayProfile | undefined {
  const special = calendar.specialDays?.specialDayEntry.find(({ date }) => matches(date, time))
  const begun = (calendar.seasons?.seasonEntry ?? [])
    .map((season) => ({ ...season, at: lastStart(season.startDate, time) }))
    .filter(({ at }) => at > -Infinity)
    .sort((one, other) => one.at - other.at)
    .at(-1)
  const week = begun && calendar.weeks.find(({ weekId }) => weekId === begun.weekId)
  const dayId = special?.dayId ?? (week && week[weekdays[utcFields(time).dayOfWeek - 1] as (typeof weekdays)[number]])
  return calendar.days.find((day) => day.dayId === dayId)
}

/**
 * What a calendar says at a time. Before the first entry of a day the last one of the day before holds; of the day
 * before that nothing is known (our decision: profiles of gas meters begin at midnight).
 */
export function calendarEntryAt(calendar: CalendarTables, time: UtcSeconds): CalendarEntry | undefined {
  const minute = Math.floor((time % DAY_S) / 60)
  const today = dayProfileAt(calendar, time)?.dayScheduleEntries ?? []
  const at = today.findLastIndex(({ startMinute }) => startMinute <= minute)
  const endMinute = today[at + 1]?.startMinute ?? 1440
  if (at >= 0) return { ...(today[at] as (typeof today)[number]), endMinute }
  const before = dayProfileAt(calendar, time - DAY_S)?.dayScheduleEntries.at(-1)
  return before && { value: before.value, startMinute: 0, endMinute }
}

/** When the value next may change: the next entry of the day, or midnight. */
export function nextCalendarChange(calendar: CalendarTables, time: UtcSeconds): UtcSeconds {
  const midnight = time - (time % DAY_S)
  return midnight + (calendarEntryAt(calendar, time)?.endMinute ?? 1440) * 60
}
