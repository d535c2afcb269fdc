import { concat, type Eui64, eui64, eui64Bytes, fromHex, GbcsError, Reader, utf8 } from '@smets2-sim/bytes'
import { suite2 } from '@smets2-sim/zcl'
import type { Random } from '../random.js'
import { aesMmo, type BlockCipher, hmacMmo } from '../security/aes-mmo.js'

/*
 * Certificate-based key establishment with suite 2, as far as it is real here: the messages, the layout of the
 * certificate, and the form in which two keys are derived from a secret and two codes confirm them (no reference
 * vectors were at hand for these two).
 *
 * Not real: the curve. Points are octets of the right form that lie on no curve, no authority has issued the
 * certificates, and the shared secret is a hash of what both sides have sent in the clear. Whoever listens can compute
 * the link key. GBCS messages do not depend on it: they have their own keys.
 */

/** Why a key establishment was ended. */
export const terminateStatus = {
  unknownIssuer: 1,
  badKeyConfirm: 2,
  badMessage: 3,
  noResources: 4,
  unsupportedSuite: 5,
  invalidCertificate: 6,
} as const

const TYPE_IMPLICIT = 0x00
const CURVE_SECT283K1 = 0x0d
const HASH_AES_MMO = 0x08
const KEY_AGREEMENT = 0x88
/** The one issuer of modelled certificates. */
export const MODEL_ISSUER = eui64('0000000000000001')

/** Octets that look like a compressed point of sect283k1: they are not on the curve. */
function modelPoint(octets: Uint8Array): Uint8Array {
  const point = octets.slice(0, suite2.ephemeralOctets)
  point[0] = 2 | ((octets[0] as number) & 1)
  point[1] = (octets[1] as number) & 0x07 // 283 bits
  return point
}

/** An ephemeral public value. */
export const modelEphemeral = (random: Random): Uint8Array => modelPoint(random.bytes(suite2.ephemeralOctets))

function expand(cipher: BlockCipher, seed: Uint8Array, count: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(count / 16) }, (_, i) =>
    aesMmo(cipher, concat(seed, Uint8Array.of(0, 0, 0, i + 1))),
  )
  return concat(...blocks).subarray(0, count)
}

/** A certificate of 74 octets in the layout of suite 2, for a device. */
export function modelCertificate(cipher: BlockCipher, subject: Eui64): Uint8Array {
  const seed = concat(utf8('model certificate'), eui64Bytes(subject))
  return concat(
    Uint8Array.of(TYPE_IMPLICIT),
    expand(cipher, seed, 8), // serial number
    Uint8Array.of(CURVE_SECT283K1, HASH_AES_MMO),
    eui64Bytes(MODEL_ISSUER),
    new Uint8Array(5), // valid from 1970
    fromHex('ffffffff'), // for ever
    eui64Bytes(subject),
    Uint8Array.of(KEY_AGREEMENT),
    modelPoint(expand(cipher, seed, suite2.ephemeralOctets)),
  )
}

/** Why a certificate of this sender is refused, or undefined when it is as it should be. */
export function refusalOf(certificate: Uint8Array, sender: Eui64): number | undefined {
  const reader = new Reader(certificate)
  try {
    reader.expect(TYPE_IMPLICIT, 'certificate type')
    reader.take(8, 'serial number')
    reader.expect(CURVE_SECT283K1, 'curve')
    reader.expect(HASH_AES_MMO, 'hash')
    if (eui64(reader.take(8, 'issuer')) !== MODEL_ISSUER) return terminateStatus.unknownIssuer
    reader.take(9, 'validity')
    if (eui64(reader.take(8, 'subject')) !== sender) return terminateStatus.invalidCertificate
    reader.expect(KEY_AGREEMENT, 'key usage')
    reader.take(suite2.ephemeralOctets, 'public key')
    reader.end('the certificate')
    return undefined
  } catch (error) {
    if (error instanceof GbcsError) return terminateStatus.invalidCertificate
    throw error
  }
}

/** One side's part of the exchange. */
export interface Party {
  readonly eui64: Eui64
  readonly certificate: Uint8Array
  readonly ephemeral: Uint8Array
}

/** The keys of an exchange, and the codes that show that a side has them. */
export interface Agreement {
  readonly linkKey: Uint8Array
  readonly initiatorCode: Uint8Array
  readonly responderCode: Uint8Array
}

/** What both sides compute from what was sent. The secret is modelled. */
export function agree(cipher: BlockCipher, initiator: Party, responder: Party): Agreement {
  const sent = concat(initiator.certificate, responder.certificate, initiator.ephemeral, responder.ephemeral)
  const secret = expand(cipher, sent, 36)
  const keys = expand(cipher, secret, 32)
  const [macKey, linkKey] = [keys.slice(0, 16), keys.slice(16)]
  const code = (label: number, first: Party, second: Party): Uint8Array =>
    hmacMmo(
      cipher,
      macKey,
      concat(
        Uint8Array.of(label),
        eui64Bytes(first.eui64),
        eui64Bytes(second.eui64),
        first.ephemeral,
        second.ephemeral,
      ),
    )
  return { linkKey, initiatorCode: code(2, initiator, responder), responderCode: code(3, responder, initiator) }
}
