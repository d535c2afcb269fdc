import { GbcsError } from '@smets2-sim/bytes'
import type { Attribute } from '@smets2-sim/gbcs'
import { type Device, type Item, itemOf } from '@smets2-sim/firmware'

/** The value of the data item behind a member. */
export const valueOf = <T>(device: Device, member: Attribute<T>): T => device.items.read(itemOf(member))
export const itemsOf = (members: readonly Attribute<any>[]): Item<any>[] => members.map((member) => itemOf(member))

/**
 * A value that follows from data items: computed when it is first asked for, and again after one of them has been
 * replaced. Items are replaced as a whole, so the same references mean the same value.
 */
export function derived<T>(items: readonly Item<any>[], compute: (device: Device) => T): (device: Device) => T {
  const memos = new WeakMap<Device, { readonly values: readonly unknown[]; readonly result: T }>()
  return (device) => {
    const memo = memos.get(device)
    if (memo && items.every((item, i) => device.items.read(item) === memo.values[i])) return memo.result
    const result = compute(device)
    memos.set(device, { values: items.map((item) => device.items.read(item)), result })
    return result
  }
}

/** What `read` gives; where an item holds what is no legal value (only a bench can put it there), `otherwise`. */
export function legalOr<T>(otherwise: T, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof GbcsError) return otherwise
    throw error
  }
}
