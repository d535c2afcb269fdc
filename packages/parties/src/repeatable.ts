import type { CryptoProvider } from '@smets2-sim/crypto'
import { signDeterministically } from './smki/deterministic-signature.js'

/**
 * A provider whose signatures are the same each time (RFC 6979), so that a run of a simulation gives the same octets
 * when it is repeated. For keys that are no secret: the time it takes depends on the key.
 */
export const repeatable = (p: CryptoProvider): CryptoProvider => ({
  ...p,
  sign: (privateKey, data) => signDeterministically(p, privateKey, data),
})
