import { GbcsError } from '@smets2-sim/bytes'
import { gcm } from '@noble/ciphers/aes.js'
import { p256 } from '@noble/curves/nist.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { nobleVerifier } from './noble-verify.js'
import { type CryptoProvider, equalConstantTime, gcmKey } from './provider.js'

function guarded<T>(what: string, action: () => T): T {
  try {
    return action()
  } catch {
    throw new GbcsError('cryptoFailure', what)
  }
}

/** The primitives by the noble libraries: audited, portable, no native code. */
export const noble: CryptoProvider = {
  name: 'noble',
  sha1,
  sha256,
  publicKeyOf: (privateKey) =>
    guarded('a private key is not a scalar of P-256', () => p256.getPublicKey(privateKey, false)),
  ecdh: (privateKey, publicKey) =>
    guarded('a key is not of P-256', () => {
      if (publicKey.length !== 65) throw new Error('not uncompressed')
      return p256.getSharedSecret(privateKey, publicKey, false).slice(1, 33)
    }),
  sign: (privateKey, data) =>
    guarded('a private key is not a scalar of P-256', () => p256.sign(data, privateKey, { lowS: false })),
  verify: nobleVerifier(),
  seal: (key, iv, aad, plaintext) => gcm(gcmKey(key, iv), iv, aad).encrypt(plaintext),
  open(key, iv, aad, ciphertext, tag) {
    gcmKey(key, iv)
    if (tag.length !== 12 && tag.length !== 16) return undefined
    // GCM is a counter mode: encrypting the ciphertext gives the plaintext, and encrypting that gives the whole tag
    const plaintext = gcm(key, iv, aad).encrypt(ciphertext).subarray(0, ciphertext.length)
    const expected = gcm(key, iv, aad)
      .encrypt(plaintext)
      .subarray(plaintext.length, plaintext.length + tag.length)
    return equalConstantTime(expected, tag) ? plaintext : undefined
  },
}
