import { GbcsError } from '@smets2-sim/bytes'
import type { Attribute } from '@smets2-sim/gbcs'
import { type Device, type Item, itemOf } from '@smets2-sim/firmware'

/** The value of the data item behind a member. */
export const valueOf = <T>(device: Device, member: Attribute<T>): T => device.items.read(itemOf(member))
export const itemsOf = (members: readonly Attribute<any>[]): Item<any>[] => members.map((member) => itemOf(member))

/** What `read` gives; where an item holds what is no legal value (only a bench can put it there), `otherwise`. */
export function legalOr<T>(otherwise: T, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof GbcsError) return otherwise
    throw error
  }
}
