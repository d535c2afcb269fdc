import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import type { AttributeValue } from '../zcl/profile.js'

/** What a gas meter has to tell its proxy when its radio is next on. facts 10.3, 10.11. */
export type Push =
  | {
      readonly kind: 'report'
      /** By the meter's clock; whether it is reliable. */
      readonly time: UtcSeconds
      readonly reliable: boolean
      readonly clusterId: number
      readonly attributes: readonly { readonly id: number; readonly value: AttributeValue }[]
    }
  | {
      readonly kind: 'published'
      readonly time: UtcSeconds
      /** As in the profile: `metering.publishSnapshot`. */
      readonly command: string
      readonly fields: Readonly<Record<string, unknown>>
    }
  | {
      /** What was used since midnight, in litres and watt hours, and what it cost: two attributes of the mirror. */
      readonly kind: 'usedToday'
      readonly time: UtcSeconds
      readonly litres: number
      readonly wattHours: number
      readonly cost: number
    }

/** Half hours of two weeks: a hub that is away for longer misses the oldest. */
const CAPACITY = 14 * 48 * 4
const outbox: Item<readonly Push[]> = item('mirror.outbox', [])

export const push = (device: Device, ...added: readonly Push[]): void =>
  void device.items.update(outbox, (waiting) => [...waiting, ...added].slice(-CAPACITY))
/** What waits, oldest first; it is gone then. */
export function takePushes(device: Device): readonly Push[] {
  const waiting = device.items.read(outbox)
  device.items.reset(outbox)
  return waiting
}
