import { concat, type Eui64, eui64Bytes, fromHex } from '@smets2-sim/bytes'
import type { CryptoProvider } from './provider.js'

/** Whom a derived key is for: two parties and the 9 octets of purpose and counter. facts 1.8. */
export interface DerivationInfo {
  readonly originator: Eui64
  readonly recipient: Eui64
  /** CRA flag or purpose octet, then the originator counter. */
  readonly transaction: Uint8Array
}

const ROUND = Uint8Array.of(0, 0, 0, 1)
/** Algorithm identifier of AES-GCM-128 in OtherInfo. */
const ALGORITHM = fromHex('60857406080300')
const TRANSACTION_LENGTH = Uint8Array.of(9)

/** K = the first 16 octets of SHA-256(00000001 || Z || OtherInfo): one round of the SP 800-56A concatenation KDF. */
export const deriveKey = (p: CryptoProvider, z: Uint8Array, info: DerivationInfo): Uint8Array =>
  p
    .sha256(
      concat(
        ROUND,
        z,
        ALGORITHM,
        eui64Bytes(info.originator),
        TRANSACTION_LENGTH,
        info.transaction,
        eui64Bytes(info.recipient),
      ),
    )
    .subarray(0, 16)

const NOTHING = new Uint8Array(0)

/** The 16-octet GMAC tag over `aad`; IV = originator || 00000000. facts 1.7. */
export const gmac = (p: CryptoProvider, key: Uint8Array, originator: Eui64, aad: Uint8Array): Uint8Array =>
  p.seal(key, concat(eui64Bytes(originator), new Uint8Array(4)), aad, NOTHING)
