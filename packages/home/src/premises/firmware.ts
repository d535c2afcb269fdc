import { holdImage, nextImageFor } from '@smets2-sim/chf'
import { GbcsError } from '@smets2-sim/bytes'
import {
  type Device,
  firmwareVersion,
  imageBlock,
  type ImageIdentity,
  imageIdentity,
  imageOffered,
  upgradeImageOf,
} from '@smets2-sim/firmware'
import type { DeviceKind } from '@smets2-sim/gbcs'
import type { RemoteParty } from '@smets2-sim/parties'
import { decodeOtaImage, encodeOtaImage, type ImageId } from '@smets2-sim/zcl'
import type { NetworkFirmware } from '../network/home-network.js'
import type { HomeDevice } from './home-device.js'
import type { Premises } from './premises.js'

// Firmware on its way: the hub takes an image for a device, the network carries it, the device verifies it.

/** The one maker of all devices of a home, and the type of the images for each kind. Our decision. */
const MANUFACTURER = 0x1001
const imageTypes: readonly DeviceKind[] = ['esme', 'gsme', 'ppmid', 'hcalcs', 'chf', 'gpf']
export const identityOf = (kind: DeviceKind): ImageIdentity => ({
  manufacturerCode: MANUFACTURER,
  imageType: imageTypes.indexOf(kind),
  hardwareVersion: 1,
})

const runs = ({ items }: Device): ImageId & ImageIdentity => {
  const [a = 0, b = 0, c = 0, d = 0] = items.read(firmwareVersion)
  return { ...items.read(imageIdentity), fileVersion: ((a << 24) | (b << 16) | (c << 8) | d) >>> 0 }
}

/** A whole image has come to a device. Whether it could use it; it tells its parties itself. */
function take(device: Device, octets: Uint8Array): boolean {
  const { upgradeImage: _inside, ...header } = decodeOtaImage(octets)
  let reception = imageOffered(device, { ...header, size: octets.length })
  while (reception.kind === 'next') {
    const { offset, length } = reception
    reception = imageBlock(device, offset, octets.subarray(offset, offset + length))
  }
  device.save()
  return reception.kind === 'held' || reception.kind === 'activated'
}

/** How the network asks a device for what it runs, and gives it an image. */
export const networkFirmwareOf = (device: HomeDevice): NetworkFirmware => ({
  hardwareVersion: device.device.items.read(imageIdentity).hardwareVersion,
  running: () => runs(device.device),
  take: (image) => device.change((firmware) => take(firmware, image)),
})

/**
 * The hub gets an image for a device, and brings it there when the device asks for it. A hub's own is there at once.
 * @throws GbcsError for octets that are no OTA upgrade image, `misuse` for a device that takes none from the hub
 */
export function distribute(premises: Premises, name: string, image: Uint8Array): void {
  const { devices, network } = premises
  const device = premises.device(name)
  if (name === 'chf') return void networkFirmwareOf(device).take(image)
  if (!network.has(device.id)) throw new GbcsError('misuse', `the hub has no way to bring an image to a ${name}`)
  const wanted = devices.get('chf')?.change((hub) => {
    holdImage(hub, image)
    const offer = nextImageFor(hub, device.id, runs(device.device))
    hub.save()
    return offer
  })
  if (wanted) network.offerImage(device.id, image)
}

/** An image for a device of a home: what its maker made, signed by the party that lets it be used. facts 10.9.1, 10.9.2. */
export function firmwareImageFor(
  { device }: Pick<HomeDevice, 'device'>,
  signer: Pick<RemoteParty, 'keys'>,
  fileVersion: number,
  manufacturerImage: Uint8Array,
): Uint8Array {
  const { manufacturerCode, imageType, hardwareVersion } = device.items.read(imageIdentity)
  return encodeOtaImage({
    manufacturerCode,
    imageType,
    fileVersion,
    minimumHardwareVersion: hardwareVersion,
    maximumHardwareVersion: hardwareVersion,
    upgradeImage: upgradeImageOf(manufacturerImage, signer.keys.sign(manufacturerImage)),
  })
}
