import { GbcsError } from './error.js'
import { concat } from './octets.js'
import { Reader } from './reader.js'
import { Writer } from './writer.js'

/** Tags of DER that GBCS and its certificates use. */
export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const
/** Implicit context tag, primitive or constructed. */
export const contextTag = (n: number, constructed = false): number => (constructed ? 0xa0 : 0x80) + n

/** One element: tag, length in its shortest form, content. */
export const der = (tag: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const body = content.length === 1 ? (content[0] as Uint8Array) : concat(...content)
  return new Writer(body.length + 4).u8(tag).prefixed(body).done()
}

/** Reads the element at the reader, which must have this tag. */
export function readDer(reader: Reader, tag: number, field: string): Reader {
  reader.expect(tag, field)
  return reader.nested(reader.length(field), field)
}

/** The element at the reader as it is, tag and length included. */
export function readElement(reader: Reader, field: string): Uint8Array {
  const start = reader.position
  reader.u8(`${field} tag`)
  reader.take(reader.length(field), field)
  return reader.bytes.subarray(start, reader.position)
}

/** A non-negative or negative integer of at most 8 octets in its shortest form. */
export function readInteger(reader: Reader, field: string, tag: number = derTag.integer): bigint {
  const content = readDer(reader, tag, field)
  const bytes = content.rest()
  if (bytes.length < 1 || bytes.length > 9)
    throw content.error('invalidLength', `${field} of ${bytes.length} octets, expected 1 to 9`)
  if (
    bytes.length > 1 &&
    ((bytes[0] === 0 && (bytes[1] as number) < 0x80) || (bytes[0] === 0xff && (bytes[1] as number) >= 0x80))
  )
    throw content.error('invalidLength', `${field} is not in its shortest form`)
  let value = (bytes[0] as number) >= 0x80 ? -1n : 0n
  for (const octet of bytes) value = (value << 8n) | BigInt(octet)
  return value
}

/** An integer that fits a number and lies between two bounds. */
export function readSmall(
  reader: Reader,
  field: string,
  min: number,
  max: number,
  tag: number = derTag.integer,
): number {
  const at = reader.offset
  const value = readInteger(reader, field, tag)
  if (value < min || value > max)
    throw new GbcsError('invalidValue', `${field} is ${value}, expected ${min} to ${max}`, at)
  return Number(value)
}

export function derInteger(value: bigint | number, tag: number = derTag.integer): Uint8Array {
  let rest = BigInt(value)
  const octets: number[] = []
  for (;;) {
    octets.unshift(Number(rest & 0xffn))
    rest >>= 8n
    const top = octets[0] as number
    if ((rest === 0n && top < 0x80) || (rest === -1n && top >= 0x80)) break
  }
  return der(tag, Uint8Array.from(octets))
}

/** Content of a bit string whose count of unused bits is 0 or given. */
export function readBitString(reader: Reader, field: string): { unused: number; bytes: Uint8Array } {
  const content = readDer(reader, derTag.bitString, field)
  const unused = content.u8(field)
  const bytes = content.rest()
  if (unused > 7 || (bytes.length === 0 && unused > 0))
    throw content.error('invalidValue', `${field} with ${unused} unused bits`)
  if (bytes.length > 0 && ((bytes[bytes.length - 1] as number) & ((1 << unused) - 1)) !== 0)
    throw content.error('invalidValue', `unused bits of ${field} are not 0`)
  return { unused, bytes }
}
export const derBitString = (bytes: Uint8Array, unused = 0): Uint8Array =>
  der(derTag.bitString, Uint8Array.of(unused), bytes)

/** An object identifier in dotted form. */
export function derOid(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]]
  const octets: number[] = []
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left % 128) + 128)
    octets.push(...groups)
  }
  return der(derTag.oid, Uint8Array.from(octets))
}

export function readOid(reader: Reader, field: string): string {
  const content = readDer(reader, derTag.oid, field)
  const arcs: number[] = []
  while (content.remaining > 0) {
    let arc = 0
    let octet: number
    do {
      octet = content.u8(field)
      arc = arc * 128 + (octet & 0x7f)
      if (arc > 2 ** 40) throw content.error('invalidValue', `an arc of ${field} is too large`)
    } while (octet & 0x80)
    arcs.push(arc)
  }
  const [head, ...rest] = arcs
  if (head === undefined) throw content.error('invalidLength', `${field} is empty`)
  const first = Math.min(2, Math.floor(head / 40))
  return [first, head - first * 40, ...rest].join('.')
}

/** Whether the next element has this tag: for optional fields. */
export const nextIs = (reader: Reader, tag: number): boolean => reader.peek() === tag
