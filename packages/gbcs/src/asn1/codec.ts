import { concat, derInteger, GbcsError, latin1, Reader, readInteger, toHex, toLatin1, Writer } from '@smets2-sim/bytes'

/**
 * How lengths of 128 and more are written. DER wants the shortest form; the devices and parties of the reference
 * messages write 82 and two octets for all of them, and so do ours.
 */
export type LengthForm = 'twoOctets' | 'shortest'

/** One ASN.1 type: its tag, and its content both ways. */
export interface Asn1<T> {
  readonly tag: number
  read(content: Reader): T
  write(value: T, form: LengthForm): Uint8Array
}
export type Asn1Value<A> = A extends Asn1<infer T> ? T : never

function readLength(reader: Reader, field: string): number {
  const first = reader.u8(`${field} length`)
  if (first < 0x80) return first
  if (first === 0x81) return reader.u8(`${field} length`)
  if (first === 0x82) return reader.u16(`${field} length`)
  throw reader.error('invalidLength', `${field} length starts with ${first.toString(16)}, expected 00 to 82`)
}

function element(tag: number, content: Uint8Array, form: LengthForm): Uint8Array {
  const writer = new Writer(content.length + 4).u8(tag)
  if (content.length < 0x80) writer.u8(content.length)
  else if (form === 'shortest') writer.ber(content.length)
  else writer.u8(0x82).u16(content.length)
  return writer.bytes(content).done()
}

function readElementOf<T>(type: Asn1<T>, reader: Reader, field: string): T {
  if (type.tag === ANY) return type.read(reader)
  reader.expect(type.tag, field)
  const content = reader.nested(readLength(reader, field), field)
  const value = type.read(content)
  content.end(field)
  return value
}
const writeElementOf = <T>(type: Asn1<T>, value: T, form: LengthForm): Uint8Array =>
  type.tag === ANY ? type.write(value, form) : element(type.tag, type.write(value, form), form)

/** Tag of a type that stands for a whole element, whatever it is. */
const ANY = -1

/** INTEGER that fits a number. */
export const integer: Asn1<number> = {
  tag: 0x02,
  read(content) {
    const value = readContentInteger(content)
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER))
      throw content.error('invalidValue', `integer ${value} is too large`)
    return Number(value)
  },
  write(value) {
    if (!Number.isSafeInteger(value)) throw new GbcsError('misuse', `${value} is not an integer`)
    return integerContent(BigInt(value))
  },
}
const counterInRange = (value: bigint): bigint => {
  if (BigInt.asUintN(64, value) !== value)
    throw new GbcsError('invalidValue', `counter ${value}, expected 0 to 2^64 - 1`)
  return value
}
/** INTEGER of 64 bits without sign: counters. */
export const bigInteger: Asn1<bigint> = {
  tag: 0x02,
  read: (content) => counterInRange(readContentInteger(content)),
  write: (value) => integerContent(counterInRange(value)),
}
export const enumerated: Asn1<number> = { ...integer, tag: 0x0a }

function readContentInteger(content: Reader): bigint {
  if (content.remaining > 9) throw content.error('invalidLength', `integer of ${content.remaining} octets, at most 9`)
  const octets = content.rest()
  return readInteger(new Reader(concat(Uint8Array.of(0x02, octets.length), octets), content.offset), 'integer')
}
const integerContent = (value: bigint): Uint8Array => derInteger(value).subarray(2)

/** OCTET STRING, of one length where it is given. */
export const octetString = (length?: number): Asn1<Uint8Array> => ({
  tag: 0x04,
  read(content) {
    if (length !== undefined && content.remaining !== length)
      throw content.error('invalidLength', `octet string of ${content.remaining} octets, expected ${length}`)
    return content.rest()
  },
  write(value) {
    if (length !== undefined && value.length !== length)
      throw new GbcsError('invalidLength', `octet string of ${value.length} octets, expected ${length}`)
    return value
  },
})
export const nullValue: Asn1<null> = { tag: 0x05, read: () => null, write: () => new Uint8Array(0) }

const timeText = (text: string): string => {
  if (!/^\d{14}Z$/.test(text))
    throw new GbcsError('invalidValue', `${JSON.stringify(text)} is not a time like 20260101000000Z`)
  return text
}
/** GeneralizedTime `YYYYMMDDhhmmssZ`. */
export const generalizedTime: Asn1<string> = {
  tag: 0x18,
  read: (content) => timeText(toLatin1(content.rest())),
  write: (value) => latin1(timeText(value)),
}

const usages = { digitalSignature: '0780', keyAgreement: '0308', keyCertSign: '0204' } as const
export type Asn1KeyUsage = keyof typeof usages
/** KeyUsage with one bit set. facts 7.1. */
export const keyUsage: Asn1<Asn1KeyUsage> = {
  tag: 0x03,
  read(content) {
    const hex = toHex(content.rest())
    const found = Object.entries(usages).find(([, octets]) => octets === hex)
    if (!found) throw content.error('invalidValue', `key usage ${hex}`)
    return found[0] as Asn1KeyUsage
  },
  write: (value) => Uint8Array.from([parseInt(usages[value].slice(0, 2), 16), parseInt(usages[value].slice(2), 16)]),
}

/** A whole element as it is: a certificate. Its own lengths stay as they were written. */
export const anyElement: Asn1<Uint8Array> = {
  tag: ANY,
  read(reader) {
    const start = reader.position
    reader.u8('element tag')
    reader.take(readLength(reader, 'element'), 'element')
    return reader.bytes.subarray(start, reader.position)
  },
  write: (value) => value,
}

/** Implicit context tag. */
export const implicit = <T>(n: number, type: Asn1<T>): Asn1<T> => ({ ...type, tag: (type.tag & 0x20) | 0x80 | n })

interface OptionalType<T> extends Asn1<T | undefined> {
  readonly absent: 'undefined' | { readonly default: T }
}
/** A field that may be missing. */
export const optionalField = <T>(type: Asn1<T>): OptionalType<T> => ({
  ...type,
  write: (value, form) => type.write(value as T, form),
  absent: 'undefined',
})
/** A field that is left out when it has its default value. */
export const defaulted = <T>(type: Asn1<T>, value: T): Asn1<T> & { readonly absent: { readonly default: T } } => ({
  ...type,
  absent: { default: value },
})
const absentOf = (type: Asn1<unknown>): OptionalType<unknown>['absent'] | undefined =>
  (type as Partial<OptionalType<unknown>>).absent

type OptionalNames<F> = { [K in keyof F]: F[K] extends OptionalType<infer _> ? K : never }[keyof F]
export type SequenceValue<F> = { readonly [K in Exclude<keyof F, OptionalNames<F>>]: Asn1Value<F[K]> } & {
  readonly [K in OptionalNames<F>]?: Exclude<Asn1Value<F[K]>, undefined>
}

/** SEQUENCE of named fields. */
export function sequence<F extends Record<string, Asn1<any>>>(fields: F): Asn1<SequenceValue<F>> {
  const rows = Object.entries(fields)
  return {
    tag: 0x30,
    read(content) {
      const value: Record<string, unknown> = {}
      for (const [name, type] of rows) {
        const absent = absentOf(type)
        const isThere = type.tag === ANY ? content.remaining > 0 : content.peek() === type.tag
        if (absent && !isThere) {
          if (absent !== 'undefined') value[name] = absent.default
          continue
        }
        value[name] = readElementOf(type, content, name)
        if (absent && absent !== 'undefined' && value[name] === absent.default)
          throw content.error('invalidValue', `${name} is written although it has its default value`)
      }
      return value as SequenceValue<F>
    },
    write(value, form) {
      const record = value as Record<string, unknown>
      const parts = rows
        .filter(([name, type]) => {
          const absent = absentOf(type)
          if (!absent) return true
          return absent === 'undefined' ? record[name] !== undefined : record[name] !== absent.default
        })
        .map(([name, type]) => {
          if (record[name] === undefined) throw new GbcsError('misuse', `${name} has no value`)
          return writeElementOf(type, record[name], form)
        })
      return concat(...parts)
    },
  }
}

const MAX_ELEMENTS = 256
/** SEQUENCE OF. */
export const sequenceOf = <T>(type: Asn1<T>): Asn1<readonly T[]> => ({
  tag: 0x30,
  read(content) {
    const values: T[] = []
    while (content.remaining > 0) {
      if (values.length === MAX_ELEMENTS) throw content.error('limitExceeded', `more than ${MAX_ELEMENTS} elements`)
      values.push(readElementOf(type, content, 'element'))
    }
    return values
  },
  write: (values, form) => concat(...values.map((value) => writeElementOf(type, value, form))),
})

/** CHOICE by tag: `{ kind, value }`. */
export function choice<C extends Record<string, Asn1<any>>>(
  alternatives: C,
): Asn1<{ [K in keyof C]: { readonly kind: K; readonly value: Asn1Value<C[K]> } }[keyof C]> {
  const rows = Object.entries(alternatives)
  return {
    tag: ANY,
    read(reader) {
      const row = rows.find(([, { tag }]) => tag === reader.peek()) ?? rows.find(([, { tag }]) => tag === ANY)
      if (!row)
        throw reader.error(
          'invalidTag',
          `tag ${String(reader.peek())}, expected ${rows.map(([kind]) => kind).join(' or ')}`,
        )
      return { kind: row[0], value: readElementOf(row[1], reader, row[0]) as never }
    },
    write({ kind, value }, form) {
      return writeElementOf(alternatives[kind] as Asn1<unknown>, value, form)
    },
  }
}

/** A payload with how its lengths were written, so that it encodes to the same octets. */
export interface Decoded<T> {
  readonly value: T
  readonly form: LengthForm
}

/** Decodes a whole payload; octets that no length form gives back are refused. */
export function decodeAsn1<T>(type: Asn1<T>, bytes: Uint8Array): Decoded<T> {
  const reader = new Reader(bytes)
  const value = readElementOf(type, reader, 'payload')
  reader.end('the payload')
  const hex = toHex(bytes)
  const form = (['twoOctets', 'shortest'] as const).find(
    (candidate) => toHex(encodeAsn1(type, value, candidate)) === hex,
  )
  if (!form) throw new GbcsError('invalidLength', 'the lengths of the payload are written in more than one form')
  return { value, form }
}
export const encodeAsn1 = <T>(type: Asn1<T>, value: T, form: LengthForm = 'twoOctets'): Uint8Array =>
  writeElementOf(type, value, form)
