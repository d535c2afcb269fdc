import { type DatePattern, han, type SwitchingTable } from '@smets2-sim/firmware'
import { calendar, zclStatus } from '@smets2-sim/zcl'
import type { ElectricityHome } from './home.js'

/** Identifier of the tariff switching calendar in force. facts 12.8. */
const IN_FORCE = 0xffffffff
/** Calendar of what is delivered; times are UTC. */
const [DELIVERED, UTC] = [0, 0]
const ANY = 0xff
const FIRST_YEAR = 1900

const head = { providerId: 0, issuerEventId: 0, issuerCalendarId: IN_FORCE } as const
const displays = ['ppmid', 'type2'] as const
const tariffOf = ({ readings }: ElectricityHome) => readings.metering().tariff.active
const tableOf = (home: ElectricityHome): SwitchingTable => tariffOf(home).tariffSwitchingTable

/** Weeks have names in the meter and numbers on the wire: 1 for the first. */
const weekId = (table: SwitchingTable, name: string): number => Object.keys(table.weeks).indexOf(name) + 1
/** A date of the calendar; what the wire cannot say, a last day of the month, becomes any day. */
const dateOf = ({ year, month, day, dayOfWeek }: DatePattern) => ({
  year: year === undefined ? ANY : year - FIRST_YEAR,
  month: month ?? ANY,
  day: typeof day === 'number' ? day : ANY,
  dayOfWeek: dayOfWeek ?? ANY,
})
/** The first day or week from an identifier on: one in each answer, so a reader asks on from the next (our decision). */
const firstFrom = (ids: readonly number[], start: number): number | undefined =>
  ids.filter((id) => id >= start).sort((a, b) => a - b)[0]

/** Calendar cluster of an electricity meter: its tariff switching table. */
export const calendarServer = han.servedCluster<ElectricityHome, typeof calendar>(calendar, {
  commands: {
    getCalendar: {
      from: displays,
      handle(home) {
        const { seasons, weeks, days } = tableOf(home)
        if (seasons.length === 0) return zclStatus.notFound
        const counts = {
          numberOfSeasons: seasons.length,
          numberOfWeekProfiles: Object.keys(weeks).length,
          numberOfDayProfiles: Object.keys(days).length,
        }
        const fields = { startTime: 0, calendarType: DELIVERED, calendarTimeReference: UTC, calendarName: noName }
        return { name: 'publishCalendar', fields: { ...head, ...fields, ...counts } }
      },
    },
    getDayProfiles: {
      from: displays,
      handle(home, { startDayId }) {
        const { days } = tableOf(home)
        const dayId = firstFrom(Object.keys(days).map(Number), startDayId as number)
        const actions = dayId === undefined ? undefined : days[dayId]
        if (!actions) return zclStatus.notFound
        const dayScheduleEntries = actions.map(({ second, selector }) => ({
          startMinute: Math.floor(second / 60),
          value: selector,
        }))
        const one = { commandIndex: 0, totalNumberOfCommands: 1, calendarType: DELIVERED }
        const fields = { dayId, totalNumberOfScheduleEntries: actions.length, dayScheduleEntries }
        return { name: 'publishDayProfile', fields: { ...head, ...one, ...fields } }
      },
    },
    getWeekProfiles: {
      from: displays,
      handle(home, { startWeekId }) {
        const week = Object.values(tableOf(home).weeks)[(startWeekId as number) - 1]
        if (!week) return zclStatus.notFound
        const days = Object.fromEntries(weekdays.map((name, i) => [`dayIdRef${name}`, week[i] ?? 0]))
        return { name: 'publishWeekProfile', fields: { ...head, weekId: startWeekId as number, ...days } }
      },
    },
    getSeasons: {
      from: displays,
      handle(home) {
        const table = tableOf(home)
        const seasonEntry = table.seasons.map(({ startDate, week }) => ({
          startDate: dateOf(startDate),
          weekId: weekId(table, week),
        }))
        if (seasonEntry.length === 0) return zclStatus.notFound
        return { name: 'publishSeasons', fields: { ...head, commandIndex: 0, totalNumberOfCommands: 1, seasonEntry } }
      },
    },
    getSpecialDays: {
      from: displays,
      handle(home) {
        const days = tariffOf(home).tariffSpecialDays
        if (days.length === 0) return zclStatus.notFound
        const specialDayEntry = days.map(({ date, dayId }) => ({ date: dateOf(date), dayId }))
        const one = { startTime: 0, calendarType: DELIVERED, commandIndex: 0, totalNumberOfCommands: 1 }
        const fields = { totalNumberOfSpecialDays: days.length, specialDayEntry }
        return { name: 'publishSpecialDays', fields: { ...head, ...one, ...fields } }
      },
    },
  },
})
const noName = new Uint8Array(0)
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
