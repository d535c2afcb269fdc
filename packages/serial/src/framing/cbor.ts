import { concat, GbcsError, Reader, utf8, Writer } from '@smets2-sim/bytes'

/**
 * The part of CBOR (RFC 8949) that our frames use: integers, octets, text, arrays, maps, false, true and null, all of
 * definite length, in the shortest form. Small enough to be read by a microcontroller, and total: a length is believed
 * only as far as there are octets.
 */
export type Cbor = number | bigint | string | boolean | null | Uint8Array | readonly Cbor[] | CborMap
export type CborMap = ReadonlyMap<Cbor, Cbor>

const MAX_DEPTH = 8
const major = { unsigned: 0, negative: 1, octets: 2, text: 3, array: 4, map: 5, simple: 7 } as const
const simple = new Map<number, Cbor>([
  [20, false],
  [21, true],
  [22, null],
])

function head(type: number, argument: bigint): Uint8Array {
  const writer = new Writer(9)
  const first = type << 5
  if (argument < 24n) writer.u8(first | Number(argument))
  else if (argument < 0x100n) writer.u8(first | 24).u8(Number(argument))
  else if (argument < 0x1_0000n) writer.u8(first | 25).u16(Number(argument))
  else if (argument < 0x1_0000_0000n) writer.u8(first | 26).u32(Number(argument))
  else writer.u8(first | 27).u64(argument)
  return writer.done()
}

/** @throws GbcsError `invalidValue` for a number that is no integer of 64 bits */
export function encodeCbor(value: Cbor): Uint8Array {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new GbcsError('invalidValue', `${value} is not an integer`)
  if (typeof value === 'number' || typeof value === 'bigint') {
    const n = BigInt(value)
    return n >= 0n ? head(major.unsigned, n) : head(major.negative, -1n - n)
  }
  if (value === null) return Uint8Array.of(0xf6)
  if (typeof value === 'boolean') return Uint8Array.of(value ? 0xf5 : 0xf4)
  if (typeof value === 'string') {
    const bytes = utf8(value)
    return concat(head(major.text, BigInt(bytes.length)), bytes)
  }
  if (value instanceof Uint8Array) return concat(head(major.octets, BigInt(value.length)), value)
  if (value instanceof Map)
    return concat(
      head(major.map, BigInt(value.size)),
      ...[...(value as CborMap)].flatMap(([key, item]) => [encodeCbor(key), encodeCbor(item)]),
    )
  const items = value as readonly Cbor[]
  return concat(head(major.array, BigInt(items.length)), ...items.map(encodeCbor))
}

function argumentOf(reader: Reader, info: number): bigint {
  if (info < 24) return BigInt(info)
  const at = reader.offset
  const octets = 2 ** (info - 24)
  if (info > 27) throw reader.error('unsupported', `CBOR argument ${info}, expected a definite one`)
  let value = 0n
  for (let i = 0; i < octets; i++) value = (value << 8n) | BigInt(reader.u8('CBOR argument'))
  const least = octets === 1 ? 24n : 1n << BigInt(4 * octets)
  if (value < least) throw new GbcsError('invalidValue', `CBOR argument ${value} is not in its shortest form`, at)
  return value
}
const narrow = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value

function textOf(reader: Reader, octets: number): string {
  const at = reader.offset
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(reader.take(octets, 'CBOR text'))
  } catch {
    throw new GbcsError('invalidValue', 'CBOR text is not UTF-8', at)
  }
}

function readItem(reader: Reader, depth: number): Cbor {
  if (depth > MAX_DEPTH) throw reader.error('limitExceeded', `CBOR nested deeper than ${MAX_DEPTH}`)
  const first = reader.u8('CBOR item')
  const type = first >> 5
  if (type === major.simple) {
    const value = simple.get(first & 0x1f)
    if (value === undefined) throw reader.error('unsupported', `CBOR simple value or float ${first & 0x1f}`)
    return value
  }
  const argument = argumentOf(reader, first & 0x1f)
  if (type === major.unsigned) return narrow(argument)
  if (type === major.negative) return narrow(-1n - argument)
  if (type > major.map) throw reader.error('unsupported', `CBOR item of major type ${type}`)
  if (argument > BigInt(reader.remaining))
    throw reader.error('truncated', `CBOR item counts ${argument}, but ${reader.remaining} octets are left`)
  const count = Number(argument)
  if (type === major.octets) return reader.take(count, 'CBOR octets').slice()
  if (type === major.text) return textOf(reader, count)
  if (type === major.array) return Array.from({ length: count }, () => readItem(reader, depth + 1))
  const map = new Map<Cbor, Cbor>()
  for (let i = 0; i < count; i++) {
    const key = readItem(reader, depth + 1)
    if (map.has(key)) throw reader.error('invalidValue', `a CBOR key of type ${typeof key} stands twice`)
    map.set(key, readItem(reader, depth + 1))
  }
  return map
}

/** @throws GbcsError for anything that is not one item of the part that we use */
export function decodeCbor(bytes: Uint8Array): Cbor {
  const reader = new Reader(bytes)
  const value = readItem(reader, 1)
  reader.end('the CBOR item')
  return value
}
