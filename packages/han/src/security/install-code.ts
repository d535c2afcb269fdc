import { concat, crc16X25, GbcsError } from '@smets2-sim/bytes'
import { aesMmo, type BlockCipher } from './aes-mmo.js'

/** Octets of an install code as the hub gets it, without its checksum. facts 8. */
export const INSTALL_CODE_OCTETS = 16

/** The install code as it stands on a label: followed by its checksum, last octet first. facts 10.15. */
export function withCrc(installCode: Uint8Array): Uint8Array {
  if (installCode.length !== INSTALL_CODE_OCTETS)
    throw new GbcsError('invalidLength', `an install code has 16 octets, found ${installCode.length}`)
  const crc = crc16X25(installCode)
  return concat(installCode, Uint8Array.of(crc & 0xff, crc >> 8))
}

/**
 * The install code of a label, when its checksum is right.
 * @throws GbcsError `invalidLength` unless it has 18 octets, `invalidValue` when the checksum is wrong
 */
export function checkInstallCode(label: Uint8Array): Uint8Array {
  if (label.length !== INSTALL_CODE_OCTETS + 2)
    throw new GbcsError('invalidLength', `an install code with its checksum has 18 octets, found ${label.length}`)
  const installCode = label.slice(0, INSTALL_CODE_OCTETS)
  const found = (label[16] as number) | ((label[17] as number) << 8)
  const expected = crc16X25(installCode)
  if (found !== expected)
    throw new GbcsError(
      'invalidValue',
      `install code checksum ${found.toString(16)}, expected ${expected.toString(16)}`,
    )
  return installCode
}

/** The link key that device and trust centre derive alike: the hash of the install code with its checksum. */
export const linkKeyOf = (cipher: BlockCipher, installCode: Uint8Array): Uint8Array =>
  aesMmo(cipher, withCrc(installCode))

/** What the device log shows and a restored hub gets of a link key. facts 8 (inferred: the hash of the key). */
export const hashedLinkKey = (cipher: BlockCipher, linkKey: Uint8Array): Uint8Array => aesMmo(cipher, linkKey)
