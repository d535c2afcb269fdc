import { GbcsError } from '@smets2-sim/bytes'

/**
 * The primitives of GBCS, implemented twice (`native`, `noble`) behind one contract. Points are uncompressed P-256
 * (65 octets), private keys scalars of 32 octets. Wrong input of a caller's own is a GbcsError `cryptoFailure`.
 */
export interface CryptoProvider {
  readonly name: 'native' | 'noble'
  sha1(data: Uint8Array): Uint8Array
  sha256(data: Uint8Array): Uint8Array
  publicKeyOf(privateKey: Uint8Array): Uint8Array
  /** x coordinate of the shared point, 32 octets. */
  ecdh(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array
  /** ECDSA over SHA-256 of the data, r || s. The native provider draws a random nonce, so two signatures differ. */
  sign(privateKey: Uint8Array, data: Uint8Array): Uint8Array
  /** False for whatever is wrong, malformed keys and signatures included. High s is accepted: half of all real signatures have it. */
  verify(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean
  /** AES-128-GCM with a 96-bit IV: ciphertext || 16-octet tag. */
  seal(key: Uint8Array, iv: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Uint8Array
  /** The plaintext, or undefined when the tag (12 or 16 octets) is wrong; compared in constant time. */
  open(
    key: Uint8Array,
    iv: Uint8Array,
    aad: Uint8Array,
    ciphertext: Uint8Array,
    tag: Uint8Array,
  ): Uint8Array | undefined
}

/** Compares without a branch on the content. */
export function equalConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}

/** The key, when key and IV have the lengths that the port knows: what AES-GCM takes besides is not GBCS. */
export function gcmKey(key: Uint8Array, iv: Uint8Array): Uint8Array {
  if (key.length !== 16 || iv.length !== 12)
    throw new GbcsError(
      'cryptoFailure',
      `AES-128-GCM has a key of 16 octets and an IV of 12, found ${key.length} and ${iv.length}`,
    )
  return key
}
