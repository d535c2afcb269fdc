import { equalConstantTime } from '@smets2-sim/crypto'
import { type BlockCipher, xor } from './aes-mmo.js'

const BLOCK = 16
/** Octets of the integrity code of security level 5. */
export const MIC_OCTETS = 4

function blocksOf(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / BLOCK) }, (_, i) => {
    const block = new Uint8Array(BLOCK)
    block.set(bytes.subarray(i * BLOCK, (i + 1) * BLOCK))
    return block
  })
}

function counterBlock(nonce: Uint8Array, count: number): Uint8Array {
  const block = new Uint8Array(BLOCK)
  block[0] = 1 // two octets of length
  block.set(nonce, 1)
  new DataView(block.buffer).setUint16(14, count)
  return block
}

function mic(cipher: BlockCipher, key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array) {
  const first = new Uint8Array(BLOCK)
  first[0] = (aad.length > 0 ? 0x40 : 0) | (((MIC_OCTETS - 2) / 2) << 3) | 1
  first.set(nonce, 1)
  new DataView(first.buffer).setUint16(14, plaintext.length)
  const counted = new Uint8Array(2 + aad.length)
  new DataView(counted.buffer).setUint16(0, aad.length)
  counted.set(aad, 2)
  const all = [first, ...(aad.length > 0 ? blocksOf(counted) : []), ...blocksOf(plaintext)]
  const state = all.reduce((chain, block) => cipher.aes128(key, xor(chain, block)), new Uint8Array(BLOCK))
  return xor(state.subarray(0, MIC_OCTETS), cipher.aes128(key, counterBlock(nonce, 0)))
}

function stream(cipher: BlockCipher, key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array {
  const out = new Uint8Array(text.length)
  blocksOf(text).forEach((block, i) => {
    const mixed = xor(block, cipher.aes128(key, counterBlock(nonce, i + 1)))
    out.set(mixed.subarray(0, Math.min(BLOCK, text.length - i * BLOCK)), i * BLOCK)
  })
  return out
}

/** AES-128-CCM* of security level 5: ciphertext and then a code of 4 octets. The nonce has 13 octets. */
export function ccmSeal(
  cipher: BlockCipher,
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  const sealed = new Uint8Array(plaintext.length + MIC_OCTETS)
  sealed.set(stream(cipher, key, nonce, plaintext))
  sealed.set(mic(cipher, key, nonce, aad, plaintext), plaintext.length)
  return sealed
}

/** The plaintext, or undefined when the code is wrong. */
export function ccmOpen(
  cipher: BlockCipher,
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  if (sealed.length < MIC_OCTETS) return undefined
  const plaintext = stream(cipher, key, nonce, sealed.subarray(0, sealed.length - MIC_OCTETS))
  const expected = mic(cipher, key, nonce, aad, plaintext)
  return equalConstantTime(expected, sealed.subarray(sealed.length - MIC_OCTETS)) ? plaintext : undefined
}
