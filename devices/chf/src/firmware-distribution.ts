import { equalBytes, type Eui64 } from '@smets2-sim/bytes'
import { type Device, firmwareVersionOf, type ImageOffer, type Item, item } from '@smets2-sim/firmware'
import { decodeOtaImage, type OtaHeader } from '@smets2-sim/zcl'
import { hubDeviceType, inHubLog } from './device-log/hub-log.js'
import { firmwareTransferred, type transferResult } from './events.js'

/** An image that the hub holds for devices, with those to whom it is on its way. */
interface HeldImage extends OtaHeader {
  readonly octets: Uint8Array
  readonly underway: readonly Eui64[]
}
const held: Item<readonly HeldImage[]> = item('chf.images', [])

/** Images that a hub holds at a time. Our decision. */
export const MAX_IMAGES = 4

/** What a device says it is when it asks for an image. */
export interface ImageQuery {
  readonly manufacturerCode: number
  readonly imageType: number
  readonly hardwareVersion: number
  /** Version that it has. */
  readonly fileVersion: number
}

const sameKind = (a: Pick<OtaHeader, 'manufacturerCode' | 'imageType'>, b: typeof a): boolean =>
  a.manufacturerCode === b.manufacturerCode && a.imageType === b.imageType

/** Meters tell themselves what became of an image; of displays and load switches the hub does. facts 7.6, our decision. */
const tellsItself: readonly number[] = [hubDeviceType.esme, hubDeviceType.gsme]
function tell(device: Device, other: Eui64, image: OtaHeader, result: keyof typeof transferResult): void {
  const type = inHubLog(device, other)?.deviceType
  if (type !== undefined && !tellsItself.includes(type))
    firmwareTransferred(device, other, firmwareVersionOf(image.fileVersion), result)
}

/**
 * Takes an image for devices of the home. One for the same kind of device is discarded for it, the oldest for one too
 * many: whoever was receiving it must start anew, which is told. @throws GbcsError for octets that are no image
 */
export function holdImage(device: Device, octets: Uint8Array): void {
  const { upgradeImage: _inside, ...header } = decodeOtaImage(octets)
  const all = device.items.read(held)
  if (all.some((one) => equalBytes(one.octets, octets))) return
  const others = all.filter((one) => !sameKind(one, header))
  const kept = others.slice(-(MAX_IMAGES - 1))
  for (const image of all.filter((one) => !kept.includes(one)))
    for (const other of image.underway) tell(device, other, image, 'imageDiscarded')
  device.items.write(held, [...kept, { ...header, octets, underway: [] }])
}

const change = ({ items }: Device, image: HeldImage, underway: readonly Eui64[]): void =>
  void items.update(held, (all) => all.map((one) => (one.octets === image.octets ? { ...one, underway } : one)))

/** A device asks whether there is an image for it: QueryNextImage. Undefined where there is none. */
export function nextImageFor(device: Device, other: Eui64, query: ImageQuery): ImageOffer | undefined {
  if (!inHubLog(device, other)) return undefined
  const image = device.items.read(held).find((one) => sameKind(one, query) && one.fileVersion !== query.fileVersion)
  if (!image) return undefined
  if (query.hardwareVersion < image.minimumHardwareVersion || query.hardwareVersion > image.maximumHardwareVersion) {
    tell(device, other, image, 'hardwareVersionMismatch')
    return undefined
  }
  if (!image.underway.includes(other)) change(device, image, [...image.underway, other])
  const { manufacturerCode, imageType, fileVersion } = image
  return { manufacturerCode, imageType, fileVersion, size: image.octets.length }
}

/** Octets of an image from an offset on: ImageBlock. Undefined when the hub has that image no more. */
export function blockOf({ items }: Device, offer: ImageOffer, offset: number, length: number): Uint8Array | undefined {
  const image = items.read(held).find((one) => sameKind(one, offer) && one.fileVersion === offer.fileVersion)
  return image?.octets.slice(offset, offset + length)
}

/** A device has the whole image, or gave up: UpgradeEnd. It is to wait for the order to activate it. */
export function transferEnded(device: Device, other: Eui64, offer: Omit<ImageOffer, 'size'>, succeeded: boolean): void {
  const image = device.items
    .read(held)
    .find((one) => sameKind(one, offer) && one.fileVersion === offer.fileVersion && one.underway.includes(other))
  if (!image) return
  change(
    device,
    image,
    image.underway.filter((one) => one !== other),
  )
  tell(device, other, image, succeeded ? 'success' : 'fileTransferFailure')
}
