import { accessResult, encodeData, type UtcSeconds } from '@smets2-sim/cosem'
import { equalBytes, GbcsError } from '@smets2-sim/bytes'
import type { AlertName, Attribute } from '@smets2-sim/gbcs'
import {
  AccessError,
  type CosemContext,
  type Device,
  type Item,
  item,
  itemOf,
  type View,
  viewOf,
} from '@smets2-sim/firmware'
import { raiseAll } from '../running/supply.js'

/** A value that a bench has put into a reading, and the second for which it stands. */
type Held<T> = { readonly at: UtcSeconds; readonly value: T } | undefined

type Row = readonly [string, View]

/**
 * Row for an attribute that the meter computes. `prime` puts the meter into the state that gives a value. Where there is
 * none, or no state gives just this value, a primed reading is held for the second in which it was primed.
 */
export function reading<T>(
  member: Attribute<T>,
  view: { get: (device: Device) => T; prime?: (device: Device, value: T) => void },
): Row {
  const held: Item<Held<T>> = item(`held.${member.item}`, undefined)
  const isReached = (device: Device, value: T): boolean =>
    equalBytes(encodeData(member.schema.encode(view.get(device))), encodeData(member.schema.encode(value)))
  return viewOf(member, {
    get({ device }) {
      const primed = device.items.read(held)
      return primed?.at === device.now ? primed.value : view.get(device)
    },
    prime({ device }, value) {
      device.items.reset(held)
      view.prime?.(device, value)
      if (!view.prime || !isReached(device, value)) device.items.write(held, { at: device.now, value })
    },
  })
}

/** Row for a constant of this kind of meter, a unit or a scaler; a bench may prime another. */
export function constant<T>(member: Attribute<T>, value: T): Row {
  const stored: Item<T> = { ...itemOf(member), initial: value }
  return viewOf(member, {
    get: ({ device }) => device.items.read(stored),
    prime: ({ device }, primed) => device.items.write(stored, primed),
  })
}

/**
 * Row for a setting: refused when `check` throws a GbcsError; `before` is done with the old value in force, `after` with
 * the new one.
 */
export function setting<T>(
  member: Attribute<T>,
  {
    check,
    before,
    after,
  }: { check?: (value: T) => unknown; before?: (device: Device) => void; after?: (device: Device) => void },
): Row {
  return viewOf(member, {
    get: ({ device }) => device.items.read(itemOf(member)),
    set({ device }: CosemContext, value) {
      if (check) legal(() => check(value))
      before?.(device)
      device.items.write(itemOf(member), value)
      after?.(device)
    },
    prime: ({ device }, value) => device.items.write(itemOf(member), value),
  })
}

/** What `body` gives; a value that is not legal ends the item with other-reason. facts 5.2. */
export function legal<T>(body: () => T): T {
  try {
    return body()
  } catch (error) {
    if (error instanceof GbcsError) throw new AccessError(accessResult.otherReason, error.message)
    throw error
  }
}

/** Ends an item without success, and raises what there is to say about it: an item that fails leaves nothing else. */
export function refuse({ execution, device }: CosemContext, error: AccessError, raised: readonly AlertName[]): never {
  if (execution) execution.afterwards(() => raiseAll(device, raised))
  throw error
}
