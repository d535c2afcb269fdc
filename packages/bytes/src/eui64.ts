import { GbcsError } from './error.js'
import { fromHex, toHex } from './hex.js'

/** An entity identifier (EUI-64) as 16 lower-case hexadecimal digits, most significant first: `90b3d51f30010000`. */
export type Eui64 = string & { readonly __eui64: unique symbol }

/**
 * Eight octets, or a text of 16 digits with optional separators (`90-B3-D5-1F-30-01-00-00`), as an `Eui64`.
 * @throws GbcsError `invalidLength` when it is not eight octets
 */
export function eui64(value: string | Uint8Array): Eui64 {
  const bytes = typeof value === 'string' ? fromHex(value.replace(/[-:]/g, '')) : value
  if (bytes.length !== 8) throw new GbcsError('invalidLength', `an EUI-64 has 8 octets, found ${bytes.length}`)
  return toHex(bytes) as Eui64
}

/** Values of the digits by character code, -1 for what is none. */
const digits = new Int8Array(128).map((_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code)))
const digit = (text: string, at: number): number => digits[text.charCodeAt(at)] ?? -1

/** The eight octets, most significant first. Every message needs some, so they take a shorter way than `fromHex`. */
export function eui64Bytes(id: Eui64): Uint8Array {
  const bytes = new Uint8Array(8)
  for (let i = 0; i < 8; i++) {
    const octet = (digit(id, 2 * i) << 4) | digit(id, 2 * i + 1)
    if (octet < 0) return fromHex(eui64(id))
    bytes[i] = octet
  }
  return bytes
}
