import { utcFields, utcSeconds, type UtcSeconds } from '@smets2-sim/cosem'
import type { ActivityCalendar, DayAction, Season } from './activity-calendar.js'
import { DAY_S, matchesDate, secondOfDay } from '../calendar/date-pattern.js'

/** A stretch of time in which a calendar switches nothing. */
export interface CalendarSegment {
  /** What was switched to last; undefined when nothing was within the horizon. */
  readonly selector: number | undefined
  readonly from: UtcSeconds
  /** The next switching time; Infinity when none is within the horizon. */
  readonly until: UtcSeconds
}

/** A calendar that switches nothing for so many days switches nothing (our decision). */
const HORIZON_DAYS = 366
/** A season that starts on 29 February starts every eight years at worst. */
const HORIZON_YEARS = 8

const lookups = new WeakMap<ActivityCalendar, Lookup>()
const lookupOf = (calendar: ActivityCalendar): Lookup => {
  let lookup = lookups.get(calendar)
  if (!lookup) lookups.set(calendar, (lookup = new Lookup(calendar)))
  return lookup
}

/**
 * What a calendar has switched to at a second, from when, until when. Before the first switching time of a day the last
 * one of the day before holds; a special day takes the place of the day of the week; the season is the one that started
 * last. facts 5.7
 */
export const calendarSegmentAt = (calendar: ActivityCalendar, time: UtcSeconds): CalendarSegment =>
  lookupOf(calendar).segmentAt(time)

/** The day identifier in force at a second, or undefined when the calendar names none. */
export const dayIdAt = (calendar: ActivityCalendar, time: UtcSeconds): number | undefined =>
  lookupOf(calendar).dayIdAt(time)

/** Lookups of one calendar, with what they found last. */
class Lookup {
  readonly #calendar: ActivityCalendar
  /** Starts of each season in a year, in order. */
  readonly #starts = new Map<number, readonly (readonly UtcSeconds[])[]>()
  #segment: CalendarSegment | undefined

  constructor(calendar: ActivityCalendar) {
    this.#calendar = calendar
  }

  segmentAt(time: UtcSeconds): CalendarSegment {
    const last = this.#segment
    if (last && time >= last.from && time < last.until) return last
    return (this.#segment = this.#find(time))
  }

  #find(time: UtcSeconds): CalendarSegment {
    const today = Math.floor(time / DAY_S)
    let before: { at: UtcSeconds; selector: number } | undefined
    for (let day = today; day >= today - HORIZON_DAYS && !before; day--)
      for (const { second, selector } of this.#actionsOn(day))
        if (day * DAY_S + second <= time) before = { at: day * DAY_S + second, selector }
    let until = Infinity
    for (let day = today; day <= today + HORIZON_DAYS && until === Infinity; day++)
      for (const { second } of this.#actionsOn(day))
        if (day * DAY_S + second > time) until = Math.min(until, day * DAY_S + second)
    // without anything before or after, look again when the horizon has moved by a day
    return {
      selector: before?.selector,
      from: before?.at ?? time,
      until: until === Infinity && this.#isEmpty() ? Infinity : Math.min(until, (today + HORIZON_DAYS) * DAY_S),
    }
  }

  #isEmpty(): boolean {
    return Object.values(this.#calendar.days).every((actions) => actions.length === 0)
  }

  /** Switching times of a day; where a season starts within it, each season rules its part. */
  #actionsOn(day: number): readonly DayAction[] {
    if (this.#isEmpty()) return []
    const start = day * DAY_S
    const parts = [start, ...this.#startsWithin(start, start + DAY_S)]
    if (parts.length === 1) return this.#actionsOf(this.dayIdAt(start))
    return parts.flatMap((from, i) => {
      const to = parts[i + 1] ?? start + DAY_S
      return this.#actionsOf(this.dayIdAt(from)).filter(({ second }) => start + second >= from && start + second < to)
    })
  }

  #actionsOf(dayId: number | undefined): readonly DayAction[] {
    return (dayId === undefined ? undefined : this.#calendar.days[dayId]) ?? []
  }

  dayIdAt(time: UtcSeconds): number | undefined {
    const date = utcFields(time)
    const special = this.#calendar.specialDays.find((day) => matchesDate(day.date, date))
    if (special) return special.dayId
    const season = this.#seasonAt(time)
    return season && this.#calendar.weeks[season.week]?.[date.dayOfWeek - 1]
  }

  /** The season that started last; of two that start together, the later in the table. */
  #seasonAt(time: UtcSeconds): Season | undefined {
    let found: Season | undefined
    let latest = -Infinity
    this.#calendar.seasons.forEach((season, i) => {
      const start = this.#latestStart(season, i, time)
      if (start >= latest) [found, latest] = [season, start]
    })
    return latest === -Infinity ? undefined : found
  }

  #latestStart(season: Season, i: number, time: UtcSeconds): UtcSeconds {
    const year = utcFields(time).year
    const newest = Math.min(year, season.startDate.year ?? year)
    const oldest = season.startDate.year ?? year - HORIZON_YEARS
    for (let y = newest; y >= oldest; y--) {
      const start = this.#startsIn(y)[i]?.findLast((at) => at <= time)
      if (start !== undefined) return start
    }
    return -Infinity
  }

  #startsWithin(from: UtcSeconds, to: UtcSeconds): UtcSeconds[] {
    const starts = this.#startsIn(utcFields(from).year).flat()
    return [...new Set(starts.filter((at) => at > from && at < to))].sort((a, b) => a - b)
  }

  #startsIn(year: number): readonly (readonly UtcSeconds[])[] {
    let starts = this.#starts.get(year)
    if (!starts) this.#starts.set(year, (starts = this.#calendar.seasons.map((season) => startsOf(season, year))))
    return starts
  }
}

function startsOf({ startDate, startTime }: Season, year: number): UtcSeconds[] {
  if (startDate.year !== undefined && startDate.year !== year) return []
  const starts: UtcSeconds[] = []
  const end = utcSeconds(year + 1, 1, 1) as UtcSeconds
  for (let at = utcSeconds(year, 1, 1) as UtcSeconds; at < end; at += DAY_S)
    if (matchesDate(startDate, utcFields(at))) starts.push(at + secondOfDay(startTime))
  return starts
}
