import { equalBytes } from '@smets2-sim/bytes'
import { firmwareVerified } from '../alerts/events.js'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'

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

/** Octets after the manufacturer image in an upgrade image: force replace, signature length, signature. facts 10.9.1. */
const TRAILER = 66

/**
 * Takes an upgrade image that has arrived: the manufacturer image, and the signature of the party that is
 * responsible for the firmware of this kind of device. Refused with an alert when anything is wrong.
 */
export function receiveUpgradeImage(device: Device, upgrade: Uint8Array, version: Uint8Array): boolean {
  const octets = upgrade.subarray(0, Math.max(0, upgrade.length - TRAILER))
  const manufacturerImageHash = device.ports.crypto.sha256(octets)
  const ok =
    upgrade.length > TRAILER && upgrade[octets.length + 1] === 0x40 && isSigned(device, octets, upgrade.subarray(-64))
  if (ok) device.items.write(firmwareImage, { manufacturerImageHash, firmwareVersion: version, octets })
  firmwareVerified(device, manufacturerImageHash, ok)
  return ok
}

function isSigned(device: Device, image: Uint8Array, signature: Uint8Array): boolean {
  const role = device.kind === 'chf' ? 'wanProvider' : 'supplier'
  const anchor = device.anchors.get(role, 'digitalSignature')
  return anchor !== undefined && device.ports.crypto.verify(anchor.publicKey, image, signature)
}
