import { fromIso } from '@smets2-sim/cosem'
import { describe, expect, it } from 'vitest'
import type { CalendarTables } from './calendar.js'
import { calendarEntryAt, dayProfileAt, nextCalendarChange } from './calendar-lookup.js'

const common = { providerId: 0, issuerEventId: 0, issuerCalendarId: 1 }
const day = (dayId: number, ...entries: readonly (readonly [number, number])[]) => ({
  ...common,
  dayId,
  totalNumberOfScheduleEntries: entries.length,
  commandIndex: 0,
  totalNumberOfCommands: 1,
  calendarType: 0,
  dayScheduleEntries: entries.map(([startMinute, value]) => ({ startMinute, value })),
})
const week = (weekId: number, weekdays: number, weekend: number) => ({
  ...common,
  weekId,
  dayIdRefMonday: weekdays,
  dayIdRefTuesday: weekdays,
  dayIdRefWednesday: weekdays,
  dayIdRefThursday: weekdays,
  dayIdRefFriday: weekdays,
  dayIdRefSaturday: weekend,
  dayIdRefSunday: weekend,
})
const date = (year: number, month: number, dayOfMonth: number) => ({ year, month, day: dayOfMonth, dayOfWeek: 255 })
/** Winter from 26 October, summer from 29 March of every year; Christmas Day is a day of its own. */
const calendar: CalendarTables = {
  days: [day(1, [0, 1], [420, 2]), day(2, [0, 1]), day(3, [0, 3], [360, 4]), day(4, [600, 2])],
  weeks: [week(1, 1, 2), week(2, 3, 4)],
  seasons: {
    ...common,
    commandIndex: 0,
    totalNumberOfCommands: 1,
    seasonEntry: [
      { startDate: date(255, 10, 26), weekId: 1 },
      { startDate: date(255, 3, 29), weekId: 2 },
    ],
  },
  specialDays: {
    ...common,
    startTime: 0,
    calendarType: 0,
    totalNumberOfSpecialDays: 1,
    commandIndex: 0,
    totalNumberOfCommands: 1,
    specialDayEntry: [{ date: date(255, 12, 25), dayId: 3 }],
  },
}
const dayOn = (text: string): number | undefined => dayProfileAt(calendar, fromIso(text))?.dayId
const at = (text: string): number | undefined => calendarEntryAt(calendar, fromIso(text))?.value

describe('a calendar', () => {
  it('follows seasons over the turn of the year, weeks and special days', () => {
    // 2026-01-05 is a Monday
    expect(dayOn('2026-01-05T12:00:00Z')).toBe(1)
    expect(dayOn('2026-01-10T12:00:00Z')).toBe(2)
    expect(dayOn('2026-03-28T23:59:59Z')).toBe(2)
    expect(dayOn('2026-03-29T00:00:00Z')).toBe(4)
    expect(dayOn('2026-10-25T12:00:00Z')).toBe(4)
    expect(dayOn('2026-10-26T00:00:00Z')).toBe(1)
    expect(dayOn('2026-12-25T12:00:00Z')).toBe(3)
  })
  it('holds an entry until the next one', () => {
    expect(at('2026-01-05T06:59:59Z')).toBe(1)
    expect(at('2026-01-05T07:00:00Z')).toBe(2)
    expect(calendarEntryAt(calendar, fromIso('2026-01-05T08:00:00Z'))).toMatchObject({
      startMinute: 420,
      endMinute: 1440,
    })
    expect(nextCalendarChange(calendar, fromIso('2026-01-05T03:00:00Z'))).toBe(fromIso('2026-01-05T07:00:00Z'))
    expect(nextCalendarChange(calendar, fromIso('2026-01-05T07:00:00Z'))).toBe(fromIso('2026-01-06T00:00:00Z'))
  })
  it('holds the last entry of the day before until the first of this one', () => {
    // Saturday 2026-04-04 begins at 10:00; Friday ends with 4
    expect(at('2026-04-04T09:59:59Z')).toBe(4)
    expect(at('2026-04-04T10:00:00Z')).toBe(2)
  })
  it('says nothing before its first season, or without one', () => {
    const seasons = { ...calendar.seasons, seasonEntry: [{ startDate: date(130, 1, 1), weekId: 1 }] }
    const later = { ...calendar, seasons } as CalendarTables
    expect(calendarEntryAt(later, fromIso('2026-01-05T12:00:00Z'))).toBeUndefined()
    expect(calendarEntryAt(later, fromIso('2030-01-01T12:00:00Z'))?.value).toBe(2)
    expect(calendarEntryAt({ days: [], weeks: [] }, fromIso('2026-01-05T12:00:00Z'))).toBeUndefined()
  })
})
