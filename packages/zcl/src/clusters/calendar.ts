import type { Cluster } from '../cluster.js'
import { enum8, group, octetString, repeated, uint8, uint16, uint32, utcTime } from '../fields.js'
import { date } from '../entries.js'

/** Calendar cluster, as far as GBCS uses it (facts 6.5, gbz_commands.json). */
export const calendar = {
  id: 0x0707,
  name: 'Calendar',
  attributes: {},
  toServer: {
    getCalendar: {
      id: 0x00,
      fields: {
        earliestStartTime: utcTime,
        minIssuerEventId: uint32,
        numberOfCalendars: uint8,
        calendarType: enum8,
        providerId: uint32,
      },
    },
    getDayProfiles: {
      id: 0x01,
      fields: {
        providerId: uint32,
        issuerCalendarId: uint32,
        startDayId: uint8,
        numberOfDays: uint8,
      },
    },
    getWeekProfiles: {
      id: 0x02,
      fields: {
        providerId: uint32,
        issuerCalendarId: uint32,
        startWeekId: uint8,
        numberOfWeeks: uint8,
      },
    },
    getSeasons: {
      id: 0x03,
      fields: {
        providerId: uint32,
        issuerCalendarId: uint32,
      },
    },
    getSpecialDays: {
      id: 0x04,
      fields: {
        startTime: utcTime,
        numberOfEvents: uint8,
        calendarType: enum8,
        providerId: uint32,
        issuerCalendarId: uint32,
      },
    },
  },
  toClient: {
    publishCalendar: {
      id: 0x00,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        issuerCalendarId: uint32,
        startTime: utcTime,
        calendarType: enum8,
        calendarTimeReference: uint8,
        calendarName: octetString,
        numberOfSeasons: uint8,
        numberOfWeekProfiles: uint8,
        numberOfDayProfiles: uint8,
      },
    },
    publishDayProfile: {
      id: 0x01,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        issuerCalendarId: uint32,
        dayId: uint8,
        totalNumberOfScheduleEntries: uint8,
        commandIndex: uint8,
        totalNumberOfCommands: uint8,
        calendarType: enum8,
        dayScheduleEntries: repeated(group({ startMinute: uint16, value: uint8 })),
      },
    },
    publishWeekProfile: {
      id: 0x02,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        issuerCalendarId: uint32,
        weekId: uint8,
        dayIdRefMonday: uint8,
        dayIdRefTuesday: uint8,
        dayIdRefWednesday: uint8,
        dayIdRefThursday: uint8,
        dayIdRefFriday: uint8,
        dayIdRefSaturday: uint8,
        dayIdRefSunday: uint8,
      },
    },
    publishSeasons: {
      id: 0x03,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        issuerCalendarId: uint32,
        commandIndex: uint8,
        totalNumberOfCommands: uint8,
        seasonEntry: repeated(group({ startDate: date, weekId: uint8 })),
      },
    },
    publishSpecialDays: {
      id: 0x04,
      fields: {
        providerId: uint32,
        issuerEventId: uint32,
        issuerCalendarId: uint32,
        startTime: utcTime,
        calendarType: enum8,
        totalNumberOfSpecialDays: uint8,
        commandIndex: uint8,
        totalNumberOfCommands: uint8,
        specialDayEntry: repeated(group({ date, dayId: uint8 })),
      },
    },
    cancelCalendar: {
      id: 0x05,
      fields: {
        providerId: uint32,
        issuerCalendarId: uint32,
        calendarType: enum8,
      },
    },
  },
} as const satisfies Cluster
