import type { Eui64 } from '@smets2-sim/bytes'
import { type Device, type Item, item } from '@smets2-sim/firmware'
import { hubLog } from '../device-log/hub-log.js'
import { noSubGhzCapacity } from '../events.js'

/** How many devices the sub-GHz radio serves. Our decision. */
export const SUB_GHZ_CAPACITY = 8
const members: Item<readonly Eui64[]> = item('chf.subGhzDevices', [])

/** Devices of the log that are in the sub-GHz band. */
export function subGhzDevices({ items }: Device): readonly Eui64[] {
  const known = new Set(items.read(hubLog).map(({ deviceId }) => deviceId))
  return items.read(members).filter((id) => known.has(id))
}
export const isSubGhz = (device: Device, id: Eui64): boolean => subGhzDevices(device).includes(id)

/** A device asks for a place in the sub-GHz band; whether it gets one. 8F2D when there is none. */
export function takeSubGhzPlace(device: Device, id: Eui64): boolean {
  const taken = subGhzDevices(device)
  if (taken.includes(id)) return true
  if (taken.length >= SUB_GHZ_CAPACITY) {
    noSubGhzCapacity(device, id)
    return false
  }
  device.items.write(members, [...taken, id])
  return true
}
