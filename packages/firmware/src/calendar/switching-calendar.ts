import type { UtcSeconds } from '@smets2-sim/cosem'
import { DAY_S } from './date-pattern.js'

/** What a calendar does at a second of a day: runs the script with this selector, or puts this rate in force. */
export interface DayAction {
  readonly second: number
  readonly selector: number
}
/** The same at an instant. */
export interface Switching {
  readonly time: UtcSeconds
  readonly selector: number
}

/** A calendar of switchings, whatever the protocol that brought it. Its days are UTC. */
export interface SwitchingCalendar {
  /**
   * Actions of a day, by its number since 2000-01-01, in ascending order of time; of several at the same time the last is
   * the one that counts.
   */
  on(day: number): readonly DayAction[]
}

/** A stretch of time in which a calendar switches nothing. */
export interface CalendarSegment {
  /** What was switched to last; undefined when nothing was within a year. */
  readonly selector: number | undefined
  readonly from: UtcSeconds
  /** The next switching time; when none is within a year, the time to look again. */
  readonly until: UtcSeconds
}

/** How far back and ahead a calendar is searched: beyond a year it says nothing (our decision). */
const HORIZON_DAYS = 366

const dayOf = (time: UtcSeconds): number => Math.floor(time / DAY_S)
const onDay = (calendar: SwitchingCalendar, day: number): Switching[] =>
  calendar.on(day).map(({ second, selector }) => ({ time: day * DAY_S + second, selector }))

const always = (): boolean => true

/** The last switching up to `now`, inclusive, of those whose selector `counts`. */
export function lastSwitching(
  calendar: SwitchingCalendar,
  now: UtcSeconds,
  counts: (selector: number) => boolean = always,
): Switching | undefined {
  const today = dayOf(now)
  for (let day = today; day >= today - HORIZON_DAYS; day--) {
    const found = onDay(calendar, day).findLast(({ time, selector }) => time <= now && counts(selector))
    if (found) return found
  }
  return undefined
}

/** The next switching after `now`. */
export function nextSwitching(calendar: SwitchingCalendar, now: UtcSeconds): Switching | undefined {
  const today = dayOf(now)
  for (let day = today; day <= today + HORIZON_DAYS; day++) {
    const found = onDay(calendar, day).filter(({ time }) => time > now)
    const first = found[0]
    if (first) return found.findLast(({ time }) => time === first.time) as Switching
  }
  return undefined
}

/** All switchings at an instant. */
export const switchingsAt = (calendar: SwitchingCalendar, time: UtcSeconds): readonly Switching[] =>
  onDay(calendar, dayOf(time)).filter((switching) => switching.time === time)

/** What was found last of each calendar. */
const segments = new WeakMap<SwitchingCalendar, CalendarSegment>()

/**
 * What a calendar has switched to at a second, from when, until when. Before the first switching time of a day the last
 * one of the days before holds. facts 5.7
 */
export function segmentAt(calendar: SwitchingCalendar, time: UtcSeconds): CalendarSegment {
  const known = segments.get(calendar)
  if (known && time >= known.from && time < known.until) return known
  const last = lastSwitching(calendar, time)
  const segment = {
    selector: last?.selector,
    from: last?.time ?? time,
    until: nextSwitching(calendar, time)?.time ?? (dayOf(time) + HORIZON_DAYS) * DAY_S,
  }
  segments.set(calendar, segment)
  return segment
}
