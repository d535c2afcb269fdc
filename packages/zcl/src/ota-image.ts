import { concat, GbcsError, Reader, Writer } from '@smets2-sim/bytes'

/** What names an image on the network. */
export interface ImageId {
  readonly manufacturerCode: number
  readonly imageType: number
  readonly fileVersion: number
}
/** What the header of an OTA Upgrade Image says. facts 10.9.2. */
export interface OtaHeader extends ImageId {
  readonly minimumHardwareVersion: number
  readonly maximumHardwareVersion: number
}
/** An OTA Upgrade Image: the ZigBee header and the Upgrade Image behind it. */
export interface OtaImage extends OtaHeader {
  readonly upgradeImage: Uint8Array
}

const MAGIC = 0x0beef11e
const HEADER_VERSION = 0x0100
export const OTA_HEADER_OCTETS = 60
/** Only the hardware versions are present of what may be. */
const FIELD_CONTROL = 0x0004
const STACK_VERSION = 0x0002
const NAME_OCTETS = 32
/** Largest image that is accepted. Our decision. */
export const MAX_IMAGE_OCTETS = 1 << 20

/** The image as it is distributed. */
export const encodeOtaImage = (image: OtaImage): Uint8Array =>
  concat(
    new Writer(OTA_HEADER_OCTETS)
      .uintLe(4, MAGIC)
      .uintLe(2, HEADER_VERSION)
      .uintLe(2, OTA_HEADER_OCTETS)
      .uintLe(2, FIELD_CONTROL)
      .uintLe(2, image.manufacturerCode)
      .uintLe(2, image.imageType)
      .uintLe(4, image.fileVersion)
      .uintLe(2, STACK_VERSION)
      .bytes(new Uint8Array(NAME_OCTETS))
      .uintLe(4, OTA_HEADER_OCTETS + image.upgradeImage.length)
      .uintLe(2, image.minimumHardwareVersion)
      .uintLe(2, image.maximumHardwareVersion)
      .done(),
    image.upgradeImage,
  )

/** @throws GbcsError for whatever is not as it should be */
export function decodeOtaImage(octets: Uint8Array): OtaImage {
  if (octets.length > MAX_IMAGE_OCTETS)
    throw new GbcsError('limitExceeded', `an image of ${octets.length} octets, at most ${MAX_IMAGE_OCTETS}`)
  const reader = new Reader(octets)
  const fixed = (length: number, value: number, field: string): void => {
    const found = reader.uintLe(length, field)
    if (found !== value)
      throw reader.error('invalidValue', `${field} is ${found.toString(16)}, expected ${value.toString(16)}`)
  }
  fixed(4, MAGIC, 'OTA magic number')
  fixed(2, HEADER_VERSION, 'OTA header version')
  fixed(2, OTA_HEADER_OCTETS, 'OTA header length')
  fixed(2, FIELD_CONTROL, 'OTA field control')
  const id: ImageId = {
    manufacturerCode: reader.uintLe(2, 'manufacturer code'),
    imageType: reader.uintLe(2, 'image type'),
    fileVersion: reader.uintLe(4, 'file version'),
  }
  fixed(2, STACK_VERSION, 'stack version')
  for (let i = 0; i < NAME_OCTETS; i++) reader.expect(0, 'header string')
  fixed(4, octets.length, 'OTA image size')
  return {
    ...id,
    minimumHardwareVersion: reader.uintLe(2, 'minimum hardware version'),
    maximumHardwareVersion: reader.uintLe(2, 'maximum hardware version'),
    upgradeImage: reader.rest(),
  }
}

/** An Upgrade Image: the maker's image and the signature of the party that lets it be used. facts 10.9.1. */
export interface UpgradeImage {
  readonly manufacturerImage: Uint8Array
  /** Only means something to a communications hub. */
  readonly forceReplace: boolean
  /** r || s over the maker's image, 64 octets. */
  readonly signature: Uint8Array
}

const SIGNATURE_OCTETS = 64
/** Octets after the maker's image: force replace, signature length, signature. */
export const TRAILER_OCTETS = 2 + SIGNATURE_OCTETS

export function encodeUpgradeImage({ manufacturerImage, forceReplace, signature }: UpgradeImage): Uint8Array {
  if (signature.length !== SIGNATURE_OCTETS) throw new GbcsError('invalidLength', 'a signature has 64 octets')
  return concat(manufacturerImage, Uint8Array.of(forceReplace ? 1 : 0, SIGNATURE_OCTETS), signature)
}

/** @throws GbcsError for whatever is not as it should be */
export function decodeUpgradeImage(bytes: Uint8Array): UpgradeImage {
  const reader = new Reader(bytes)
  const manufacturerImage = reader.take(Math.max(0, bytes.length - TRAILER_OCTETS), 'manufacturer image')
  const force = reader.u8('force replace')
  if (force > 1) throw reader.error('invalidValue', `force replace is ${force}, expected 0 or 1`)
  reader.expect(SIGNATURE_OCTETS, 'signature length')
  const signature = reader.take(SIGNATURE_OCTETS, 'signature')
  reader.end('the upgrade image')
  return { manufacturerImage, forceReplace: force === 1, signature }
}
