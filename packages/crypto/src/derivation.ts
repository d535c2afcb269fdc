import { concat, type Eui64, eui64Bytes, fromHex, GbcsError } from '@smets2-sim/bytes'
import type { CryptoProvider } from './provider.js'

/** Whom a derived key is for: two parties and the 9 octets of purpose and counter. facts 1.8. */
export interface DerivationInfo {
  readonly originator: Eui64
  readonly recipient: Eui64
  /** CRA flag or purpose octet, then the originator counter. */
  readonly transaction: Uint8Array
}

/** `00000001 || Z || OtherInfo`, with the algorithm identifier of AES-GCM-128 and the length of the transaction in place. */
const INPUT = concat(
  Uint8Array.of(0, 0, 0, 1),
  new Uint8Array(32),
  fromHex('60857406080300'),
  new Uint8Array(8),
  Uint8Array.of(9),
  new Uint8Array(9 + 8),
)
const at = { z: 4, originator: 43, transaction: 52, recipient: 61 }

/**
 * K = the first 16 octets of SHA-256(00000001 || Z || OtherInfo): one round of the SP 800-56A concatenation KDF.
 * @throws GbcsError `cryptoFailure` when secret or transaction have another length than 32 and 9
 */
export function deriveKey(p: CryptoProvider, z: Uint8Array, info: DerivationInfo): Uint8Array {
  if (z.length !== 32 || info.transaction.length !== 9)
    throw new GbcsError(
      'cryptoFailure',
      `a key is derived from 32 octets for a transaction of 9, found ${z.length} and ${info.transaction.length}`,
    )
  const input = INPUT.slice()
  input.set(z, at.z)
  input.set(eui64Bytes(info.originator), at.originator)
  input.set(info.transaction, at.transaction)
  input.set(eui64Bytes(info.recipient), at.recipient)
  return p.sha256(input).subarray(0, 16)
}

const NOTHING = new Uint8Array(0)

/** The 16-octet GMAC tag over `aad`; IV = originator || 00000000. facts 1.7. */
export function gmac(p: CryptoProvider, key: Uint8Array, originator: Eui64, aad: Uint8Array): Uint8Array {
  const iv = new Uint8Array(12)
  iv.set(eui64Bytes(originator))
  return p.seal(key, iv, aad, NOTHING)
}
