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

/** The floor of a sequence that goes on: it can only rise, and the cache stays. */
export function raiseTopUpFloor(device: Device, floor: bigint): void {
  device.items.update(topUpFloor, (value) => (floor > value ? floor : value))
  device.counters.accept('topUp', floor)
}

/** The highest counter with which a top-up was accepted, or that was excluded by a floor. */
export const highestTopUpCounter = ({ items, counters }: Device): bigint =>
  [
    items.read(topUpFloor),
    counters.current('topUp'),
    ...items.read(utrnCounterCache).map((counter) => BigInt(counter) << 32n),
  ].reduce((highest, counter) => (counter > highest ? counter : highest))
