import type { UtcSeconds } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import { type Device, itemOf, payment, derived, type Derived } from '@smets2-sim/firmware'
import { legalOr } from './items.js'

const { entries } = o.nonDisablementCalendar
const { entries: specialDays } = o.nonDisablementSpecialDays
const noCalendar = payment.scheduleNonDisablement([], [])

/** The non-disablement calendar in force. */
export const nonDisablementCalendarOf: Derived<payment.NonDisablementCalendar> = derived(
  [itemOf(entries), itemOf(specialDays)],
  (device) =>
    legalOr(noCalendar, () =>
      payment.scheduleNonDisablement(device.items.read(itemOf(entries)), device.items.read(itemOf(specialDays))),
    ),
)

/** What a calendar says from one second until another. */
interface Stretch {
  readonly from: UtcSeconds
  readonly until: UtcSeconds
  readonly isOn: boolean
}
const stretches = new WeakMap<payment.NonDisablementCalendar, Stretch>()
/** A calendar that says the same for ever is looked at again after this long. */
const HORIZON_S = 300 * 86_400

function stretchAt(device: Device, time: UtcSeconds): Stretch {
  const calendar = nonDisablementCalendarOf(device)
  let stretch = stretches.get(calendar)
  if (!stretch || time < stretch.from || time >= stretch.until) {
    const until = payment.nextChange(calendar, time) ?? time + HORIZON_S
    stretch = { from: time, until, isOn: payment.isNonDisablementPeriod(calendar, time) }
    stretches.set(calendar, stretch)
  }
  return stretch
}

/** Whether the calendar keeps the supply on at a time, whatever the credit. facts 12.5. */
export const isNonDisablement = (device: Device, time: UtcSeconds): boolean => stretchAt(device, time).isOn
/** When it says something else than at a time. */
export const nonDisablementChange = (device: Device, time: UtcSeconds): UtcSeconds => stretchAt(device, time).until
