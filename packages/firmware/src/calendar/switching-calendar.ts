import { type UtcSeconds, utcFields } from '@smets2-sim/cosem'
import type { CalendarDate } from './date-pattern.js'

/** What a calendar does at a time of day: runs the script with this selector. */
export interface DaySwitching {
  readonly secondOfDay: number
  readonly selector: number
}
/** The same at an instant. */
export interface Switching {
  readonly time: UtcSeconds
  readonly selector: number
}

/** A calendar of switchings, whatever the protocol that brought it. Its days are UTC. */
export interface SwitchingCalendar {
  /** Switchings of a date in ascending order of time; of several at the same time the last is the one that counts. */
  on(date: CalendarDate): readonly DaySwitching[]
}

const DAY_S = 86_400
/** How far back and ahead a calendar is searched: beyond a year it says nothing (our decision). */
const HORIZON_DAYS = 366
export const HORIZON_S = HORIZON_DAYS * DAY_S

const onDay = (calendar: SwitchingCalendar, day: number): Switching[] =>
  calendar
    .on(utcFields(day * DAY_S))
    .map(({ secondOfDay, selector }) => ({ time: day * DAY_S + secondOfDay, selector }))

const always = (): boolean => true

/** The last switching up to `now`, inclusive, of those whose selector `counts`. */
export function lastSwitching(
  calendar: SwitchingCalendar,
  now: UtcSeconds,
  counts: (selector: number) => boolean = always,
): Switching | undefined {
  const today = Math.floor(now / DAY_S)
  for (let day = today; day >= today - HORIZON_DAYS; day--) {
    const found = onDay(calendar, day).findLast(({ time, selector }) => time <= now && counts(selector))
    if (found) return found
  }
  return undefined
}

/** The next switching after `now` of those whose selector `counts`. */
export function nextSwitching(
  calendar: SwitchingCalendar,
  now: UtcSeconds,
  counts: (selector: number) => boolean = always,
): Switching | undefined {
  const today = Math.floor(now / DAY_S)
  for (let day = today; day <= today + HORIZON_DAYS; day++) {
    const found = onDay(calendar, day).filter(({ time, selector }) => time > now && counts(selector))
    const first = found[0]
    if (first) return found.findLast(({ time }) => time === first.time) as Switching
  }
  return undefined
}

/** All switchings at an instant. */
export const switchingsAt = (calendar: SwitchingCalendar, time: UtcSeconds): readonly Switching[] =>
  onDay(calendar, Math.floor(time / DAY_S)).filter((switching) => switching.time === time)
