import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Device, type Item, item } from '@smets2-sim/firmware'
import type { JoinPhase } from './join-window.js'

/** Numbers of kinds of device in class 104. facts 8; that of the hand-held terminal is our decision. */
export const hubDeviceType = {
  esme: 0,
  gsme: 1,
  hcalcs: 13,
  ihd: 128,
  consumerAccessDevice: 130,
  handHeldTerminal: 131,
  ppmid: 132,
  gpf: 254,
  /** Of a device that came with a restored network: a backup does not say what it is. Our decision. */
  unknown: 255,
} as const

/** A device that may be on the home area network. facts 8. */
export interface HubLogEntry {
  readonly deviceId: Eui64
  /** Number of its kind in class 104. */
  readonly deviceType: number
  /** Install code without its check octets, until a link key has taken its place. */
  readonly installCode: Uint8Array
  /** Hash of the trust centre link key, 16 octets; empty until there is one. */
  readonly hashedLinkKey: Uint8Array
  /** Hash of the link key that it had when it was here before, until it is used or its time is over. */
  readonly historicKey?: Uint8Array
  /** How it may join at present; not at all where this is left out. */
  readonly joining?: { readonly phase: JoinPhase; readonly until: UtcSeconds }
}
export const HUB_LOG_CAPACITY = 16
export const HISTORIC_LOG_CAPACITY = 15

/** Who may be on the network: at most 16. */
export const hubLog: Item<readonly HubLogEntry[]> = item('chf.deviceLog', [])
/** Who was on it: the last 15, oldest first. */
export const historicLog: Item<readonly HubLogEntry[]> = item('chf.historicDeviceLog', [])
export const extendedPanId: Item<Uint8Array> = item('chf.extendedPanId', new Uint8Array(8))

export const inHubLog = ({ items }: Device, id: Eui64): HubLogEntry | undefined =>
  items.read(hubLog).find(({ deviceId }) => deviceId === id)

/** Puts a changed entry in the place of the one of the same device. */
export const replaceEntry = ({ items }: Device, entry: HubLogEntry): void =>
  void items.update(hubLog, (all) => all.map((one) => (one.deviceId === entry.deviceId ? entry : one)))

/** What a new hub needs to take the place of this one. */
export const panBackup = ({ items }: Device, log: Item<readonly HubLogEntry[]> = hubLog) => ({
  extendedPanId: items.read(extendedPanId),
  devices: items.read(log),
})
