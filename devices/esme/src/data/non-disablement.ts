import type { UtcSeconds } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import { derived, type Device, itemOf, payment, scheduleCalendar, segmentAt } from '@smets2-sim/firmware'
import { legalOr } from './items.js'

const { entries } = o.nonDisablementCalendar
const { entries: specialDays } = o.nonDisablementSpecialDays
const noCalendar = scheduleCalendar([], [])

/** The non-disablement calendar in force. */
export const nonDisablementCalendarOf = derived([itemOf(entries), itemOf(specialDays)], ({ items }) =>
  legalOr(noCalendar, () => scheduleCalendar(items.read(itemOf(entries)), items.read(itemOf(specialDays)))),
)

/** Whether the calendar keeps the supply on at a time, whatever the credit. facts 12.5. */
export const isNonDisablement = (device: Device, time: UtcSeconds): boolean =>
  segmentAt(nonDisablementCalendarOf(device), time).selector === payment.NON_DISABLEMENT_START
/** When it may say something else than at a time. */
export const nonDisablementChange = (device: Device, time: UtcSeconds): UtcSeconds =>
  segmentAt(nonDisablementCalendarOf(device), time).until
