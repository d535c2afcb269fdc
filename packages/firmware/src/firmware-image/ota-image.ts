import { concat, GbcsError, Reader, Writer } from '@smets2-sim/bytes'

/** What the header of an OTA upgrade image says. facts 10.9.2. */
export interface OtaHeader {
  readonly manufacturerCode: number
  readonly imageType: number
  readonly fileVersion: number
  readonly minimumHardwareVersion: number
  readonly maximumHardwareVersion: number
}
/** A header and the upgrade image after it: the manufacturer image, the force-replace octet and the signature. */
export interface OtaImage extends OtaHeader {
  readonly upgradeImage: Uint8Array
}

const MAGIC = 0x0beef11e
const VERSION = 0x0100
const HEADER_OCTETS = 60
/** Only the hardware versions are present of what may be. */
const FIELD_CONTROL = 0x0004
const STACK_VERSION = 0x0002
const NAME_OCTETS = 32
/** Largest image that is accepted. Our decision. */
export const MAX_IMAGE_OCTETS = 1 << 20
/** Octets after the manufacturer image: force replace, signature length, signature. facts 10.9.1. */
export const TRAILER_OCTETS = 66
const SIGNATURE_OCTETS = 64

/** The image as it is distributed. */
export const encodeOtaImage = (image: OtaImage): Uint8Array =>
  concat(
    new Writer(HEADER_OCTETS)
      .uintLe(4, MAGIC)
      .uintLe(2, VERSION)
      .uintLe(2, HEADER_OCTETS)
      .uintLe(2, FIELD_CONTROL)
      .uintLe(2, image.manufacturerCode)
      .uintLe(2, image.imageType)
      .uintLe(4, image.fileVersion)
      .uintLe(2, STACK_VERSION)
      .bytes(new Uint8Array(NAME_OCTETS))
      .uintLe(4, HEADER_OCTETS + image.upgradeImage.length)
      .uintLe(2, image.minimumHardwareVersion)
      .uintLe(2, image.maximumHardwareVersion)
      .done(),
    image.upgradeImage,
  )

/** Decodes an image; any other octets are a GbcsError. */
export function decodeOtaImage(octets: Uint8Array): OtaImage {
  if (octets.length > MAX_IMAGE_OCTETS)
    throw new GbcsError('limitExceeded', `an image of ${octets.length} octets, at most ${MAX_IMAGE_OCTETS}`)
  const reader = new Reader(octets)
  const fixed = (length: number, value: number, field: string): void => {
    const found = reader.uintLe(length, field)
    if (found !== value)
      throw reader.error('invalidValue', `${field} ${found.toString(16)}, expected ${value.toString(16)}`)
  }
  fixed(4, MAGIC, 'file identifier')
  fixed(2, VERSION, 'header version')
  fixed(2, HEADER_OCTETS, 'header length')
  fixed(2, FIELD_CONTROL, 'field control')
  const manufacturerCode = reader.uintLe(2, 'manufacturer code')
  const imageType = reader.uintLe(2, 'image type')
  const fileVersion = reader.uintLe(4, 'file version')
  fixed(2, STACK_VERSION, 'stack version')
  reader.take(NAME_OCTETS, 'header string')
  fixed(4, octets.length, 'total size')
  const minimumHardwareVersion = reader.uintLe(2, 'minimum hardware version')
  const maximumHardwareVersion = reader.uintLe(2, 'maximum hardware version')
  return {
    manufacturerCode,
    imageType,
    fileVersion,
    minimumHardwareVersion,
    maximumHardwareVersion,
    upgradeImage: reader.rest(),
  }
}

/** An upgrade image from its parts; `signature` is by the party that is responsible, over the manufacturer image. */
export const upgradeImageOf = (manufacturerImage: Uint8Array, signature: Uint8Array): Uint8Array =>
  concat(manufacturerImage, Uint8Array.of(0, SIGNATURE_OCTETS), signature)

/** The parts of an upgrade image; undefined where it is too short or has no signature. */
export function readUpgradeImage(
  octets: Uint8Array,
): { readonly manufacturerImage: Uint8Array; readonly signature: Uint8Array } | undefined {
  const end = octets.length - TRAILER_OCTETS
  if (end <= 0 || octets[end + 1] !== SIGNATURE_OCTETS) return undefined
  return { manufacturerImage: octets.subarray(0, end), signature: octets.subarray(end + 2) }
}

/** A file version as the 4 octets of a firmware version. */
export const firmwareVersionOf = (fileVersion: number): Uint8Array => new Writer(4).u32(fileVersion).done()
