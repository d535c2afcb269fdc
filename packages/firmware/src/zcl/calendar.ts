import { calendar, zclStatus } from '@smets2-sim/zcl'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { type FieldsOf, notFound, refuseUnless } from './fields.js'
import { type ClusterServer, type ZclAnswer, type ZclContext, ZclError } from './profile.js'

type Published = (typeof calendar)['toClient']
type Head = FieldsOf<Published['publishCalendar']>
export type DayProfile = FieldsOf<Published['publishDayProfile']>
export type WeekProfile = FieldsOf<Published['publishWeekProfile']>
export type Seasons = FieldsOf<Published['publishSeasons']>
export type SpecialDays = FieldsOf<Published['publishSpecialDays']>

/** A calendar as its commands bring it, piece by piece. */
export interface CalendarTables {
  readonly head?: Head
  readonly days: readonly DayProfile[]
  readonly weeks: readonly WeekProfile[]
  readonly seasons?: Seasons
  readonly specialDays?: SpecialDays
}

/** Calendar types that GBCS uses: the tariff switching table, and the periods in which supply is not disabled. */
export const calendarType = { tariff: 0, nonDisablement: 3 } as const

/** Calendar identifiers that stand for the one in force. facts 12.8. */
const CURRENT_TARIFF = 0xffffffff
const CURRENT_NON_DISABLEMENT = 0xfffffffe

/** Most entries of each kind. facts 12.5, 12.8; the number of seasons is not stated, the message bounds it. */
const limits: Readonly<Record<number, { days: number; weeks: number; specialDays: number }>> = {
  [calendarType.tariff]: { days: 4, weeks: 2, specialDays: 50 },
  [calendarType.nonDisablement]: { days: 5, weeks: 2, specialDays: 20 },
}
/** Calendars that are kept, those in force and those that are still to come; the oldest other gives way. */
const CAPACITY = 4

const tables: Item<readonly (readonly [id: number, tables: CalendarTables])[]> = item('calendar.tables', [])
const inForce: Item<Readonly<Record<number, number>>> = item('calendar.inForce', {})
const empty: CalendarTables = { days: [], weeks: [] }

/** The calendar in force of a type. */
export function calendarInForce(device: Device, type: number): CalendarTables | undefined {
  const id = device.items.read(inForce)[type]
  return id === undefined ? undefined : tablesOf(device, id)
}
const tablesOf = (device: Device, id: number): CalendarTables | undefined =>
  device.items.read(tables).find(([one]) => one === id)?.[1]

function change(device: Device, id: number, by: (calendar: CalendarTables) => CalendarTables): void {
  const changed = by(tablesOf(device, id) ?? empty)
  const kept = Object.values(device.items.read(inForce))
  const others = device.items.read(tables).filter(([one]) => one !== id)
  const surplus = others.length + 1 - CAPACITY
  const gone = surplus > 0 ? others.filter(([one]) => !kept.includes(one)).slice(0, surplus) : []
  device.items.write(tables, [...others.filter((one) => !gone.includes(one)), [id, changed]])
}

const byNumber =
  <T>(number: (entry: T) => number) =>
  (entries: readonly T[], added: T): readonly T[] =>
    [...entries.filter((one) => number(one) !== number(added)), added].sort((a, b) => number(a) - number(b))
const withDay = byNumber(({ dayId }: DayProfile) => dayId)
const withWeek = byNumber(({ weekId }: WeekProfile) => weekId)

function limited(count: number, most: number | undefined): void {
  if (most !== undefined && count > most) throw new ZclError(zclStatus.insufficientSpace)
}

const putInForce = (device: Device, type: number, id: number): void =>
  void device.items.update(inForce, (ids) => ({ ...ids, [type]: id }))

function publishCalendar({ device }: ZclContext, head: Head): void {
  refuseUnless(head.calendarType in limits, `calendar type ${head.calendarType}`)
  change(device, head.issuerCalendarId, (old) => ({ ...old, head }))
  putInForce(device, head.calendarType, head.issuerCalendarId)
}

function publishDayProfile({ device }: ZclContext, day: DayProfile): void {
  const minutes = day.dayScheduleEntries.map(({ startMinute }) => startMinute)
  refuseUnless(
    minutes.every((minute, i) => minute < 1440 && minute > (minutes[i - 1] ?? -1)),
    'start minutes of a day are not in order',
  )
  change(device, day.issuerCalendarId, (old) => {
    const days = withDay(old.days, day)
    limited(days.length, limits[day.calendarType]?.days)
    return { ...old, days }
  })
}

function publishWeekProfile({ device }: ZclContext, week: WeekProfile): void {
  change(device, week.issuerCalendarId, (old) => {
    const weeks = withWeek(old.weeks, week)
    limited(weeks.length, limits[old.head?.calendarType ?? calendarType.tariff]?.weeks)
    return { ...old, weeks }
  })
}

const publishSeasons = ({ device }: ZclContext, seasons: Seasons): void =>
  change(device, seasons.issuerCalendarId, (old) => ({ ...old, seasons }))

function publishSpecialDays({ device }: ZclContext, specialDays: SpecialDays): void {
  limited(specialDays.specialDayEntry.length, limits[specialDays.calendarType]?.specialDays)
  change(device, specialDays.issuerCalendarId, (old) => ({ ...old, specialDays }))
}

/** The calendar that a read asks for: one in force, or one by its identifier. */
function asked(device: Device, id: number): CalendarTables | undefined {
  if (id === CURRENT_TARIFF) return calendarInForce(device, calendarType.tariff)
  if (id === CURRENT_NON_DISABLEMENT) return calendarInForce(device, calendarType.nonDisablement)
  return tablesOf(device, id)
}

const answers = (command: string, fields: readonly object[]): ZclAnswer =>
  fields.length === 0 ? notFound : fields.map((one) => ({ command, fields: one as Record<string, unknown> }))

/** Those from an identifier on, so many or, for 0, all. */
const numbered = <T>(entries: readonly T[], number: (entry: T) => number, start: number, count: number): readonly T[] =>
  entries.filter((entry) => number(entry) >= start).slice(0, count || undefined)

/** Takes a calendar's piece over and lets it be in force: what another device of the home published is what it uses. */
const taken =
  <F extends { issuerCalendarId: number; calendarType: number }>(publish: (context: ZclContext, fields: F) => void) =>
  (context: ZclContext, fields: Readonly<Record<string, any>>): void => {
    publish(context, fields as F)
    putInForce(context.device, fields['calendarType'] as number, fields['issuerCalendarId'] as number)
  }
const as =
  <F>(publish: (context: ZclContext, fields: F) => void) =>
  (context: ZclContext, fields: Readonly<Record<string, any>>): void =>
    publish(context, fields as F)

/** Reads of the calendars in force. */
export const calendarReads: ClusterServer = {
  commands: {
    'calendar.getDayProfiles': {
      handle: ({ device }, { issuerCalendarId, startDayId, numberOfDays }) =>
        answers(
          'publishDayProfile',
          numbered(asked(device, issuerCalendarId)?.days ?? [], ({ dayId }) => dayId, startDayId, numberOfDays),
        ),
    },
    'calendar.getWeekProfiles': {
      handle: ({ device }, { issuerCalendarId, startWeekId, numberOfWeeks }) =>
        answers(
          'publishWeekProfile',
          numbered(asked(device, issuerCalendarId)?.weeks ?? [], ({ weekId }) => weekId, startWeekId, numberOfWeeks),
        ),
    },
    'calendar.getSeasons': {
      handle: ({ device }, { issuerCalendarId }) => {
        const seasons = asked(device, issuerCalendarId)?.seasons
        return answers('publishSeasons', seasons && seasons.seasonEntry.length > 0 ? [seasons] : [])
      },
    },
    'calendar.getSpecialDays': {
      handle: ({ device }, { issuerCalendarId, calendarType: type }) => {
        const found = asked(device, issuerCalendarId)?.specialDays
        const any = found && found.calendarType === type && found.specialDayEntry.length > 0
        return answers('publishSpecialDays', any ? [found] : [])
      },
    },
  },
  learns: {
    'calendar.publishCalendar': as(publishCalendar),
    'calendar.publishDayProfile': taken(publishDayProfile),
    'calendar.publishWeekProfile': as(publishWeekProfile),
    'calendar.publishSeasons': as(publishSeasons),
    'calendar.publishSpecialDays': taken(publishSpecialDays),
  },
}

/** Commands that set calendars, now or at a time. */
export const calendarWrites: ClusterServer = {
  commands: {
    'calendar.publishCalendar': {
      handle: as(publishCalendar),
      startTime: ({ startTime }) => startTime as number,
      slot: ({ calendarType: type }) => String(type),
    },
    'calendar.publishDayProfile': { handle: as(publishDayProfile) },
    'calendar.publishWeekProfile': { handle: as(publishWeekProfile) },
    'calendar.publishSeasons': { handle: as(publishSeasons) },
    'calendar.publishSpecialDays': {
      handle: as(publishSpecialDays),
      startTime: ({ startTime }) => startTime as number,
      slot: ({ calendarType: type }) => String(type),
    },
  },
}
