import type { Eui64 } from '@smets2-sim/bytes'
import { type Device, type Item, item } from '@smets2-sim/firmware'

/** A device that may be on the home area network. facts 8. */
export interface HubLogEntry {
  readonly deviceId: Eui64
  /** Number of its kind in class 104. */
  readonly deviceType: number
  /** Install code without its check octets, until a link key has taken its place. */
  readonly installCode: Uint8Array
  /** Hash of the trust centre link key, 16 octets; empty until there is one. */
  readonly hashedLinkKey: Uint8Array
}
/** Who may be on the network: at most 16. */
export const hubLog: Item<readonly HubLogEntry[]> = item('chf.deviceLog', [])
/** Who was on it: the last 15. */
export const historicLog: Item<readonly HubLogEntry[]> = item('chf.historicDeviceLog', [])
export const extendedPanId: Item<Uint8Array> = item('chf.extendedPanId', new Uint8Array(8))

/** What a new hub needs to take the place of this one. */
export const panBackup = (device: Device) => ({
  extendedPanId: device.items.read(extendedPanId),
  devices: device.items.read(hubLog),
})
