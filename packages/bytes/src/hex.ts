import { GbcsError } from './error.js'

const digits = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal of the octets. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const octet of bytes) text += digits[octet]
  return text
}

/**
 * Octets of a hexadecimal text; white space between digits is allowed, case is not significant.
 * @throws GbcsError `invalidValue` at the first character that is not a hexadecimal digit, `invalidLength` for an odd count
 */
export function fromHex(text: string): Uint8Array {
  const clean = text.replace(/\s+/g, '')
  const bad = /[^0-9a-fA-F]/.exec(clean)
  if (bad)
    throw new GbcsError(
      'invalidValue',
      `found ${JSON.stringify(bad[0])} where a hexadecimal digit was expected`,
      bad.index,
    )
  if (clean.length % 2 !== 0)
    throw new GbcsError('invalidLength', `found ${clean.length} hexadecimal digits, expected an even number`)
  const bytes = new Uint8Array(clean.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(clean.slice(2 * i, 2 * i + 2), 16)
  return bytes
}
