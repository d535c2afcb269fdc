import { utcFields, utcSeconds, type UtcSeconds } from '@smets2-sim/cosem'
import type { ActivityCalendar, Season } from './activity-calendar.js'
import { DAY_S, matchesDate, secondOfDay } from './date-pattern.js'
import type { DayAction, SwitchingCalendar } from './switching-calendar.js'

/** A season that starts on 29 February starts every eight years at worst. */
const HORIZON_YEARS = 8

/**
 * The switchings of an activity calendar. A special day takes the place of the day of the week; the season is the one
 * that started last. facts 5.7
 */
export const activitySwitchings = (calendar: ActivityCalendar): SwitchingCalendar => new ActivitySwitchings(calendar)

class ActivitySwitchings implements SwitchingCalendar {
  readonly #calendar: ActivityCalendar
  /** Starts of each season in a year, in order. */
  readonly #starts = new Map<number, readonly (readonly UtcSeconds[])[]>()

  constructor(calendar: ActivityCalendar) {
    this.#calendar = calendar
  }

  /** Where a season starts within a day, each season rules its part. */
  on(day: number): readonly DayAction[] {
    const start = day * DAY_S
    const parts = [start, ...this.#startsWithin(start, start + DAY_S)]
    if (parts.length === 1) return this.#actionsOf(this.#dayIdAt(start))
    return parts.flatMap((from, i) => {
      const to = parts[i + 1] ?? start + DAY_S
      return this.#actionsOf(this.#dayIdAt(from)).filter(({ second }) => start + second >= from && start + second < to)
    })
  }

  #actionsOf(dayId: number | undefined): readonly DayAction[] {
    return (dayId === undefined ? undefined : this.#calendar.days[dayId]) ?? []
  }

  #dayIdAt(time: UtcSeconds): number | undefined {
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
