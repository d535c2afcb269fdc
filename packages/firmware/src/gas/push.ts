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
      /** Whether a later report of the cluster takes its place: what is only of interest as it is now. */
      readonly onlyLatest?: true
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

/** Half hours of two weeks, two entries each: a hub that is away for longer misses the oldest. */
const CAPACITY = 14 * 48 * 2
const outbox: Item<readonly Push[]> = item('mirror.outbox', [])

const isReplaced = (waiting: Push, by: readonly Push[]): boolean =>
  waiting.kind === 'report' &&
  waiting.onlyLatest === true &&
  by.some((one) => one.kind === 'report' && one.onlyLatest && one.clusterId === waiting.clusterId)

export const push = (device: Device, ...added: readonly Push[]): void =>
  void device.items.update(outbox, (waiting) =>
    [...waiting.filter((one) => !isReplaced(one, added)), ...added].slice(-CAPACITY),
  )
/** What waits, oldest first. It waits on until it is known to have arrived. */
export const waitingPushes = (device: Device): readonly Push[] => device.items.read(outbox)
/** One has arrived: it need not be told again. */
export const pushArrived = (device: Device, arrived: Push): void =>
  void device.items.update(outbox, (waiting) => waiting.filter((one) => one !== arrived))
