import { eui64, type Eui64 } from '@smets2-sim/bytes'
import { accessResult } from '@smets2-sim/cosem'
import { AccessError, type Device, raise } from '@smets2-sim/firmware'
import { deviceLogChanged } from '../events.js'
import { forgetCommunications } from './communications.js'
import {
  extendedPanId,
  HISTORIC_LOG_CAPACITY,
  historicLog,
  HUB_LOG_CAPACITY,
  hubDeviceType,
  hubLog,
  type HubLogEntry,
  inHubLog,
  replaceEntry,
} from './hub-log.js'
import { afterEvent } from './join-window.js'

const none = new Uint8Array(0)
/** Kind of a key in a registration: the only one is the install code. */
const INSTALL_CODE = 1
const refuse = (why: string): never => {
  throw new AccessError(accessResult.otherReason, why)
}

export interface Registration {
  readonly deviceId: Uint8Array
  readonly keyType: number
  readonly installCode: Uint8Array
  readonly deviceType: number
}

/** CCS01: takes a device into the log. One that is in it already stays as it is, and its key is ignored. facts 8. */
export function registerDevice(device: Device, { deviceId, keyType, installCode, deviceType }: Registration): void {
  if (keyType !== INSTALL_CODE) refuse(`key type ${keyType}, expected ${INSTALL_CODE}`)
  const id = eui64(deviceId)
  if (inHubLog(device, id)) return
  const log = device.items.read(hubLog)
  if (log.length >= HUB_LOG_CAPACITY) refuse('the device log is full')
  const former = device.items.read(historicLog).find((one) => one.deviceId === id && one.hashedLinkKey.length > 0)
  const entry: HubLogEntry = {
    deviceId: id,
    deviceType,
    installCode,
    hashedLinkKey: none,
    ...(former && { historicKey: former.hashedLinkKey }),
  }
  device.items.write(hubLog, [...log, entry])
  deviceLogChanged(device)
}

/** CCS02: a device leaves. Its link key is kept, should it come back; that of a hand-held terminal is not. facts 8. */
export function unregisterDevice(device: Device, octets: Uint8Array): void {
  const entry = inHubLog(device, eui64(octets)) ?? refuse('the device is not in the log')
  if (entry.deviceType === hubDeviceType.gpf) refuse('the gas proxy is a part of the hub')
  device.items.update(hubLog, (all) => all.filter((one) => one !== entry))
  if (entry.deviceType !== hubDeviceType.handHeldTerminal) {
    const { historicKey, joining: _joining, ...plain } = entry
    const kept = plain.hashedLinkKey.length > 0 ? plain : { ...plain, hashedLinkKey: historicKey ?? none }
    device.items.update(historicLog, (all) =>
      [...all.filter(({ deviceId }) => deviceId !== entry.deviceId), kept].slice(-HISTORIC_LOG_CAPACITY),
    )
  }
  forgetCommunications(device, entry.deviceId)
  raise(device, 'deviceUnjoiningSucceeded')
  deviceLogChanged(device)
}

export interface Pan {
  readonly extendedPanId: Uint8Array
  readonly devices: readonly { readonly deviceId: Uint8Array; readonly hashedLinkKey: Uint8Array }[]
}
const HASH_OCTETS = 16

/**
 * CCS03: a new hub takes over the network of an old one. A hub that has devices of its own does not: it would lose
 * them (our decision). The same network may be restored again.
 */
export function restorePan(device: Device, pan: Pan): void {
  const { items } = device
  const own = items.read(hubLog).filter(({ deviceType }) => deviceType === hubDeviceType.gpf)
  const again = sameOctets(items.read(extendedPanId), pan.extendedPanId)
  if (items.read(hubLog).length > own.length && !again) refuse('this hub has a network with devices of its own')
  if (pan.devices.length === 0) refuse('no device to restore')
  if (pan.devices.some(({ hashedLinkKey }) => hashedLinkKey.length !== HASH_OCTETS)) refuse('a device without a key')
  const restored = pan.devices.map(({ deviceId, hashedLinkKey }): HubLogEntry => {
    const id = eui64(deviceId)
    const deviceType = inHubLog(device, id)?.deviceType ?? hubDeviceType.unknown
    return { deviceId: id, deviceType, installCode: none, hashedLinkKey }
  })
  const all = [...own.filter(({ deviceId }) => !restored.some((one) => one.deviceId === deviceId)), ...restored]
  if (new Set(all.map(({ deviceId }) => deviceId)).size < all.length) refuse('a device is there twice')
  if (all.length > HUB_LOG_CAPACITY) refuse('more devices than the log can hold')
  items.write(extendedPanId, pan.extendedPanId)
  items.write(hubLog, all)
  deviceLogChanged(device)
}
const sameOctets = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((o, i) => o === b[i])

/**
 * A device of the log has joined or come back, and has a link key with the trust centre now: `hashedLinkKey` is its
 * hash, 16 octets. The key that let it in is of no more use. Whether the device is in the log at all. `saysItIs` is
 * what kind of device it says that it is (our decision: by its simple descriptor): a hub that has it from a backup
 * knows no better.
 */
export function linkKeyEstablished(device: Device, id: Eui64, hashedLinkKey: Uint8Array, saysItIs?: number): boolean {
  const entry = inHubLog(device, id)
  if (!entry) return false
  const { unknown } = hubDeviceType
  const deviceType = entry.deviceType === unknown ? (saysItIs ?? unknown) : entry.deviceType
  if (sameOctets(entry.hashedLinkKey, hashedLinkKey)) {
    if (deviceType !== entry.deviceType) replaceEntry(device, { ...entry, deviceType })
    return true
  }
  const { historicKey: _used, ...joined } = afterEvent(entry, 'joined', device.now)
  replaceEntry(device, { ...joined, deviceType, installCode: none, hashedLinkKey })
  if (entry.hashedLinkKey.length === 0) raise(device, 'deviceJoiningSucceeded')
  deviceLogChanged(device)
  return true
}
