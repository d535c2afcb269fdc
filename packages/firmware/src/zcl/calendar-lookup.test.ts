import { fromIso } from '@smets2-sim/cosem'
import { describe, expect, it } from 'vitest'
import type { CalendarTables } from './calendar.js'
import { segmentAt } from '../calendar/switching-calendar.js'
import { switchingsOf } from './calendar-lookup.js'

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
const at = (text: string, tables = calendar): number | undefined =>
  segmentAt(switchingsOf(tables), fromIso(text)).selector

describe('a calendar', () => {
  it('follows seasons over the turn of the year, weeks and special days', () => {
    // 2026-01-05 is a Monday; of the four days each says something else in the evening, but for the second and the last
    for (const [date, value] of [
      ['2026-01-05', 2],
      ['2026-01-10', 1],
      ['2026-03-28', 1],
      ['2026-03-29', 2],
      ['2026-03-30', 4],
      ['2026-10-25', 2],
      ['2026-10-26', 2],
      ['2026-12-25', 4],
    ] as const)
      expect([date, at(`${date}T23:59:59Z`)]).toEqual([date, value])
    expect(at('2026-10-26T00:00:00Z')).toBe(1)
  })
  it('holds an entry until the next one', () => {
    expect(at('2026-01-05T06:59:59Z')).toBe(1)
    expect(segmentAt(switchingsOf(calendar), fromIso('2026-01-05T08:00:00Z'))).toEqual({
      selector: 2,
      from: fromIso('2026-01-05T07:00:00Z'),
      until: fromIso('2026-01-06T00:00:00Z'),
    })
  })
  it('holds the last entry of the days before until the first of this one', () => {
    // Saturday 2026-04-04 begins at 10:00; Friday ends with 4
    expect(at('2026-04-04T09:59:59Z')).toBe(4)
    expect(at('2026-04-04T10:00:00Z')).toBe(2)
  })
  it('says nothing before its first season, or without one', () => {
    const seasons = { ...calendar.seasons, seasonEntry: [{ startDate: date(130, 1, 1), weekId: 1 }] }
    const later = { days: calendar.days, weeks: calendar.weeks, seasons } as CalendarTables
    expect(at('2026-01-05T12:00:00Z', later)).toBeUndefined()
    expect(at('2030-01-01T12:00:00Z', later)).toBe(2)
    expect(at('2031-03-03T12:00:00Z', later)).toBe(2)
    expect(at('2026-01-05T12:00:00Z', { days: [], weeks: [] })).toBeUndefined()
  })
  it('passes over a date that there is not, and the day of the week of a season', () => {
    const season = (month: number, weekId: number) => ({ startDate: { ...date(255, month, 1), dayOfWeek: 1 }, weekId })
    const seasons = { ...calendar.seasons, seasonEntry: [season(1, 1), season(13, 2)] }
    expect(at('2026-12-31T12:00:00Z', { ...calendar, seasons } as CalendarTables)).toBe(2)
  })
})
