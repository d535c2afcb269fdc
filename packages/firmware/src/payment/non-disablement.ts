import type { UtcSeconds } from '@smets2-sim/cosem'
import { scheduleCalendar, type ScheduleEntry, type SpecialDay } from '../calendar/schedule-calendar.js'
import { HORIZON_S, lastSwitching, nextSwitching, type SwitchingCalendar } from '../calendar/switching-calendar.js'

/** A calendar of periods in which insufficient credit disables no supply. facts 12.5. */
export interface NonDisablementCalendar {
  readonly switchings: SwitchingCalendar
  /** Selector that begins a period; any other ends it. */
  readonly start: number
}

/** Selectors of script table 0-0:10.0.106.255 in the calendar of an electricity meter. Read from samples of ECS08a. */
export const NON_DISABLEMENT_START = 32
export const NON_DISABLEMENT_STOP = 33

/** The calendar of an electricity meter. @throws GbcsError as `scheduleCalendar` */
export const scheduleNonDisablement = (
  schedule: readonly ScheduleEntry[],
  specialDays: readonly SpecialDay[],
): NonDisablementCalendar => ({ switchings: scheduleCalendar(schedule, specialDays), start: NON_DISABLEMENT_START })

/** Whether credit disables no supply now; false where the calendar has not switched within a year. */
export const isNonDisablementPeriod = ({ switchings, start }: NonDisablementCalendar, now: UtcSeconds): boolean =>
  lastSwitching(switchings, now)?.selector === start

/** When the period that is on now ends, or the next begins; undefined when that is not within a year. */
export function nextChange(calendar: NonDisablementCalendar, now: UtcSeconds): UtcSeconds | undefined {
  const isOn = isNonDisablementPeriod(calendar, now)
  for (let time = now; time <= now + HORIZON_S; ) {
    const next = nextSwitching(calendar.switchings, time)
    if (!next || (next.selector === calendar.start) !== isOn) return next?.time
    time = next.time
  }
  return undefined
}
