import { equalBytes, type Eui64 } from '@smets2-sim/bytes'
import { type RemotePartyRole, roleName } from '@smets2-sim/gbcs'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { type CellChange, type Handover } from './cell-change.js'
import type { UpdateCommand } from './control.js'
import { highestTopUpCounter, raiseTopUpFloor, setTopUpFloor } from './top-up-floor.js'

/** A floor as CS02b orders it. */
export type FloorChange = NonNullable<UpdateCommand['control']['otherSeqNumberChanges']>[number]

interface Retired {
  readonly role: RemotePartyRole
  readonly id: Eui64
  readonly counter: bigint
  readonly topUp: bigint
}
/**
 * How far the counters of parties had come that have left. Non-critical commands prove nothing but the identity and
 * the counter of their originator: should it come back, what it once sent must not work again (our decision).
 */
const retired: Item<readonly Retired[]> = item('counter.retired', [])
const MAX_RETIRED = 16

const retiredIn = ({ items }: Device, role: RemotePartyRole, id: Eui64): Retired | undefined =>
  items.read(retired).find((one) => one.role === role && one.id === id)

/** Keeps the counters of those who leave. Called before floors are set. */
export function retire(device: Device, handovers: readonly Handover[]): void {
  for (const { role, losing } of handovers) {
    const entry = {
      role,
      id: losing.id,
      counter: device.counters.current(role),
      topUp: role === 'supplier' ? highestTopUpCounter(device) : -1n,
    }
    device.items.update(retired, (all) =>
      [...all.filter((one) => one.role !== role || one.id !== losing.id), entry].slice(-MAX_RETIRED),
    )
  }
}

/**
 * Sets the counters of a role. They may go back only when all of its cells passed to another party, and not below
 * what that one used when it was last here: under the same name and the same broker, every message since would work
 * once more. Our decision; the reference messages set floors of 0 for parties that stay.
 */
export function setFloors(
  device: Device,
  { role, floorSeqNumber, specialist }: FloorChange,
  changes: readonly CellChange[],
  handovers: readonly Handover[],
): void {
  const name = roleName(role)
  if (!name) return
  const handover = handovers.find((one) => one.role === name)
  const last = handover && retiredIn(device, name, handover.gaining)
  if (handover) device.counters.setFloor(name, highest(floorSeqNumber, last?.counter))
  else device.counters.accept(name, floorSeqNumber)
  if (name === 'supplier')
    setTopUpFloors(device, specialist?.[0]?.seqNumber ?? (handover && floorSeqNumber), last, changes)
}

/** Of top-ups: a sequence that starts anew under a new key, or the same one with a higher floor. */
function setTopUpFloors(
  device: Device,
  floor: bigint | undefined,
  last: Retired | undefined,
  changes: readonly CellChange[],
): void {
  if (floor === undefined) return
  const change = changes.find(({ cell }) => cell.usage === 'prePaymentTopUp')
  const isNewKey = change && !(change.before && equalBytes(change.before.publicKey, change.after.publicKey))
  if (isNewKey) setTopUpFloor(device, highest(floor, last?.topUp))
  else if (device.anchors.has({ role: 'supplier', usage: 'prePaymentTopUp' })) raiseTopUpFloor(device, floor)
}

const highest = (a: bigint, b: bigint | undefined): bigint => (b !== undefined && b > a ? b : a)
