import { type Eui64, eui64Bytes } from '@smets2-sim/bytes'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'

/** A device that this one is joined to. facts 8. */
export interface DeviceLogEntry {
  readonly deviceId: Eui64
  /** Number of its kind in ASN.1 payloads: `deviceType` of the joining commands. */
  readonly deviceType: number
  /** Join method and role by which it came, where that is known. */
  readonly method?: number
  /** Key agreement key of the other, where they speak end to end (gas meter and prepayment display). */
  readonly publicKey?: Uint8Array
  /** The certificate that it came with (DER). */
  readonly certificate?: Uint8Array
}

/** Most devices that a meter, proxy or display keeps. The specification's number is not public; as for the hub: 16. */
export const DEVICE_LOG_CAPACITY = 16
const entries: Item<readonly DeviceLogEntry[]> = item('deviceLog', [])

export const deviceLog = (device: Device): readonly DeviceLogEntry[] => device.items.read(entries)
export const setDeviceLog = (device: Device, log: readonly DeviceLogEntry[]): void => device.items.write(entries, log)
export const inDeviceLog = (device: Device, id: Eui64): DeviceLogEntry | undefined =>
  deviceLog(device).find(({ deviceId }) => deviceId === id)
/** The key under which a device in the log speaks to this one, if it may at all. */
export const peerKey = (device: Device, id: Eui64): Uint8Array | undefined => inDeviceLog(device, id)?.publicKey
export const deviceIdOctets = ({ deviceId }: DeviceLogEntry): Uint8Array => eui64Bytes(deviceId)
