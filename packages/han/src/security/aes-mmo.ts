import { concat } from '@smets2-sim/bytes'
import type { CryptoProvider } from '@smets2-sim/crypto'

/** The one primitive that the security of the network is built from. */
export type BlockCipher = Pick<CryptoProvider, 'aes128'>

const BLOCK = 16

export function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((octet, i) => octet ^ (b[i] as number))
}

/** The message, one bit, zeros, and its length in bits in the last two octets (in the last six for 2^16 bits or more). */
function pad(message: Uint8Array): Uint8Array {
  const bits = 8 * message.length
  const long = bits >= 0x10000
  const tail = long ? 6 : 2
  const padded = new Uint8Array(BLOCK * Math.ceil((message.length + 1 + tail) / BLOCK))
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  if (long) view.setUint32(padded.length - 6, bits)
  else view.setUint16(padded.length - 2, bits)
  return padded
}

/** Matyas-Meyer-Oseas hash over AES-128: 16 octets, the hash function of ZigBee. */
export function aesMmo(cipher: BlockCipher, message: Uint8Array): Uint8Array {
  const padded = pad(message)
  let hash: Uint8Array = new Uint8Array(BLOCK)
  for (let at = 0; at < padded.length; at += BLOCK) {
    const block = padded.subarray(at, at + BLOCK)
    hash = xor(cipher.aes128(hash, block), block)
  }
  return hash
}

/** HMAC over that hash, with a key of 16 octets. */
export function hmacMmo(cipher: BlockCipher, key: Uint8Array, message: Uint8Array): Uint8Array {
  const inner = aesMmo(
    cipher,
    concat(
      key.map((octet) => octet ^ 0x36),
      message,
    ),
  )
  return aesMmo(
    cipher,
    concat(
      key.map((octet) => octet ^ 0x5c),
      inner,
    ),
  )
}
