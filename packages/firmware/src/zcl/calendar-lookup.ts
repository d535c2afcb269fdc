import type { UtcSeconds } from '@smets2-sim/cosem'
import { activitySwitchings } from '../calendar/activity-switchings.js'
import { zclDatePattern } from '../calendar/date-pattern.js'
import { type CalendarSegment, segmentAt, type SwitchingCalendar } from '../calendar/switching-calendar.js'
import type { Device } from '../device.js'
import { calendarInForce, type CalendarTables, type WeekProfile } from './calendar.js'

const weekdays = [
  'dayIdRefMonday',
  'dayIdRefTuesday',
  'dayIdRefWednesday',
  'dayIdRefThursday',
  'dayIdRefFriday',
  'dayIdRefSaturday',
  'dayIdRefSunday',
] as const satisfies readonly (keyof WeekProfile)[]

/** The calendar that its pieces make: a season begins at midnight, on a date of which the day of the week is not looked at. */
const switchingsFrom = ({ seasons, weeks, days, specialDays }: CalendarTables): SwitchingCalendar =>
  activitySwitchings({
    seasons: (seasons?.seasonEntry ?? []).map(({ startDate, weekId }) => ({
      startDate: zclDatePattern({ ...startDate, dayOfWeek: 0xff }),
      startTime: {},
      week: String(weekId),
    })),
    weeks: Object.fromEntries(weeks.map((week) => [week.weekId, weekdays.map((name) => week[name])])),
    days: Object.fromEntries(
      days.map(({ dayId, dayScheduleEntries }) => [
        dayId,
        dayScheduleEntries.map(({ startMinute, value }) => ({ second: startMinute * 60, selector: value })),
      ]),
    ),
    specialDays: (specialDays?.specialDayEntry ?? []).map(({ date, dayId }) => ({ date: zclDatePattern(date), dayId })),
  })

const calendars = new WeakMap<CalendarTables, SwitchingCalendar>()

/** The same, made once of the same pieces. */
export function switchingsOf(tables: CalendarTables): SwitchingCalendar {
  let calendar = calendars.get(tables)
  if (!calendar) calendars.set(tables, (calendar = switchingsFrom(tables)))
  return calendar
}

/** What the calendar in force of a type says at a time; undefined where there is none. */
export function calendarAt(device: Device, type: number, time: UtcSeconds = device.now): CalendarSegment | undefined {
  const tables = calendarInForce(device, type)
  return tables && segmentAt(switchingsOf(tables), time)
}
