import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'

/** Originator counter that top-ups must exceed: set when the supplier changes. facts 2.2, 9.7. */
export const topUpFloor: Item<bigint> = item('prepayment.topUpFloor', -1n)
/** Counters of accepted top-ups: see the token rules. */
export const utrnCounterCache: Item<readonly number[]> = item('prepayment.utrnCounterCache', [])

/** A new floor: earlier counters belong to a sequence that has ended, so the cache starts anew (our decision). */
export function setTopUpFloor(device: Device, floor: bigint): void {
  device.items.write(topUpFloor, floor)
  device.counters.setFloor('topUp', floor)
  device.items.write(utrnCounterCache, [])
}
