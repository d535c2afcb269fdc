import { equalBytes } from '@smets2-sim/bytes'
import { firmwareVerified } from '../alerts/events.js'
import { raise } from '../alerts/raise.js'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { readUpgradeImage } from './ota-image.js'

/** An image that a device has received and verified and that waits for its activation. */
export interface FirmwareImage {
  /** SHA-256 of the manufacturer image. */
  readonly manufacturerImageHash: Uint8Array
  /** 4 octets. */
  readonly firmwareVersion: Uint8Array
  /** The manufacturer image, where it is kept: its hash is computed again before activation. */
  readonly octets?: Uint8Array
}

/** Version of the firmware that runs, 4 octets. */
export const firmwareVersion: Item<Uint8Array> = item('firmwareVersion.value', new Uint8Array(4))
export const firmwareImage: Item<FirmwareImage | undefined> = item('firmware.image', undefined)

/** Whether an image is what it says: recomputed where its octets are there. */
export const hashHolds = (device: Device, image: FirmwareImage): boolean =>
  !image.octets || equalBytes(device.ports.crypto.sha256(image.octets), image.manufacturerImageHash)

/** The firmware that runs, as it was activated: what is checked at power on. Undefined for what came from the factory. */
export const runningImage: Item<FirmwareImage | undefined> = item('firmware.running', undefined)

/**
 * Takes an upgrade image that has arrived: the manufacturer image, and the signature of the party that is
 * responsible for the firmware of this kind of device. Refused with an alert when anything is wrong.
 */
export function receiveUpgradeImage(device: Device, upgrade: Uint8Array, version: Uint8Array): boolean {
  const parts = readUpgradeImage(upgrade)
  const octets = parts?.manufacturerImage ?? upgrade
  const manufacturerImageHash = device.ports.crypto.sha256(octets)
  const ok = parts !== undefined && isSigned(device, octets, parts.signature)
  if (ok) device.items.write(firmwareImage, { manufacturerImageHash, firmwareVersion: version, octets: octets.slice() })
  firmwareVerified(device, manufacturerImageHash, ok)
  return ok
}

function isSigned(device: Device, image: Uint8Array, signature: Uint8Array): boolean {
  const role = device.kind === 'chf' ? 'wanProvider' : 'supplier'
  const anchor = device.anchors.get(role, 'digitalSignature')
  return anchor !== undefined && device.ports.crypto.verify(anchor.publicKey, image, signature)
}

/**
 * Compares the firmware that runs with what was activated, as a device does when it is switched on. Whether it is the
 * same; 8F1B where it is not. facts 4.5.
 */
export function verifyFirmwareAtPowerOn(device: Device): boolean {
  const running = device.items.read(runningImage)
  const ok = !running || hashHolds(device, running)
  if (!ok) raise(device, 'firmwareVerificationFailedAtPowerOn')
  return ok
}
