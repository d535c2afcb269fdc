import { type Ptut, ptutMacIsValid } from '@smets2-sim/gbcs'
import { topUpFloor, utrnCounterCache } from '../credentials/top-up-floor.js'
import type { Device } from '../device.js'
import type { TokenCounters } from './utrn-counters.js'

/** Tokens that were credited, as the items that a change of supplier resets (CS02b) hold them. */
export const tokenCountersOf = ({ items }: Device): TokenCounters => ({
  cache: items.read(utrnCounterCache),
  floor: Number(items.read(topUpFloor) >> 32n),
})

/** Whether the MAC of a token is one of this supplier's for this meter. facts 9.4. */
export function isTokenOfSupplier(device: Device, ptut: Ptut, utrnCounter: number): boolean {
  const supplier = device.anchors.get('supplier', 'prePaymentTopUp')
  if (!supplier) return false
  const { entityId, publicKey } = supplier
  const z = device.ports.keys.agree({ id: entityId, usage: 'prePaymentTopUp', publicKey })
  return ptutMacIsValid(device.ports.crypto, z, { supplier: entityId, device: device.id, utrnCounter }, ptut)
}
