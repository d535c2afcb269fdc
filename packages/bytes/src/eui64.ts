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

/** The eight octets, most significant first. */
export const eui64Bytes = (id: Eui64): Uint8Array => fromHex(id)
