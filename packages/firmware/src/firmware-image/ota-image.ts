import { GbcsError, Writer } from '@smets2-sim/bytes'
import { decodeUpgradeImage, encodeUpgradeImage, type UpgradeImage } from '@smets2-sim/zcl'

/** An upgrade image from its parts; `signature` is by the party that is responsible, over the manufacturer image. */
export const upgradeImageOf = (manufacturerImage: Uint8Array, signature: Uint8Array): Uint8Array =>
  encodeUpgradeImage({ manufacturerImage, signature, forceReplace: false })

/** The parts of an upgrade image; undefined where it is none, or has nothing in it. */
export function readUpgradeImage(octets: Uint8Array): UpgradeImage | undefined {
  try {
    const image = decodeUpgradeImage(octets)
    return image.manufacturerImage.length > 0 ? image : undefined
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

/** A file version as the 4 octets of a firmware version. */
export const firmwareVersionOf = (fileVersion: number): Uint8Array => new Writer(4).u32(fileVersion).done()
