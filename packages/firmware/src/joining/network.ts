import { equalBytes } from '@smets2-sim/bytes'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'

/** The network that a device belongs to, by its extended PAN identifier (8 octets). */
const network: Item<Uint8Array | undefined> = item('homeAreaNetwork', undefined)
export const networkOf = ({ items }: Device): Uint8Array | undefined => items.read(network)

/**
 * A device becomes a member of a network; whether it does. It stays in that network, whichever hub keeps it, until it
 * is reset: a device that knows another home must not be joined elsewhere. B14.
 */
export function joinNetwork(device: Device, extendedPanId: Uint8Array): boolean {
  const present = networkOf(device)
  if (present) return equalBytes(present, extendedPanId)
  device.items.write(network, extendedPanId)
  return true
}
