import { GbcsError, latin1, toLatin1 } from '@smets2-sim/bytes'
import type { Data, IntegerType, TypeDescription } from './data.js'

/**
 * How a typed value stands for COSEM Data, both ways. `decode` throws GbcsError `invalidValue` when the data has
 * another type, count or range: a device answers that with data-access-result type-unmatched.
 */
export interface Schema<T> {
  /** The type in the notation of the specification: `structure{long-unsigned,octet-string(6)}`. */
  readonly name: string
  decode(data: Data): T
  encode(value: T): Data
  /** Present where the type has a fixed shape, so that it can be packed in a compact array. */
  describe?(value: T): TypeDescription
  /** What a device holds before anyone has set it: zero, empty, or the shortest that is allowed. */
  readonly initial: T
}
export type ValueOf<S> = S extends Schema<infer T> ? T : never

function mismatch(expected: string, data: Data): GbcsError {
  return new GbcsError('invalidValue', `found data of type ${data.type}, expected ${expected}`)
}

function integer(type: IntegerType, name: string): Schema<number> {
  return {
    name,
    decode(data) {
      if (data.type !== type) throw mismatch(name, data)
      return data.value
    },
    encode: (value) => ({ type, value }),
    describe: () => ({ type }),
    initial: 0,
  }
}

export const u8 = integer('unsigned', 'unsigned')
export const u16 = integer('longUnsigned', 'long-unsigned')
export const u32 = integer('doubleLongUnsigned', 'double-long-unsigned')
export const i8 = integer('integer', 'integer')
export const i16 = integer('long', 'long')
export const i32 = integer('doubleLong', 'double-long')
/** enum without a list of values. */
export const enumeration = integer('enum', 'enum')

function integer64(type: 'long64' | 'long64Unsigned', name: string): Schema<bigint> {
  return {
    name,
    decode(data) {
      if (data.type !== type) throw mismatch(name, data)
      return data.value
    },
    encode: (value) => ({ type, value }),
    describe: () => ({ type }),
    initial: 0n,
  }
}
export const i64 = integer64('long64', 'long64')
export const u64 = integer64('long64Unsigned', 'long64-unsigned')

/** boolean; true is written FF. */
export const bool: Schema<boolean> = {
  name: 'boolean',
  decode(data) {
    if (data.type !== 'boolean') throw mismatch('boolean', data)
    return data.value
  },
  encode: (value) => ({ type: 'boolean', value }),
  describe: () => ({ type: 'boolean' }),
  initial: false,
}

/** null-data. */
export const nothing: Schema<null> = {
  name: 'null-data',
  decode(data) {
    if (data.type !== 'null') throw mismatch('null-data', data)
    return null
  },
  encode: () => ({ type: 'null' }),
  describe: () => ({ type: 'null' }),
  initial: null,
}

/** octet-string of exactly `length`, or of `min` to `max` octets. */
export function octets(length?: number | { min?: number; max: number }): Schema<Uint8Array> {
  const { min, max } = bounds(length)
  const name = `octet-string${length === undefined ? '' : `(${min === max ? max : `${min}..${max}`})`}`
  return {
    name,
    decode(data) {
      if (data.type !== 'octetString') throw mismatch(name, data)
      if (data.bytes.length < min || data.bytes.length > max)
        throw new GbcsError('invalidValue', `octet-string of ${data.bytes.length} octets, expected ${name}`)
      return data.bytes
    },
    encode: (bytes) => ({ type: 'octetString', bytes }),
    describe: () => ({ type: 'octetString' }),
    initial: new Uint8Array(min),
  }
}

function bounds(length: number | { min?: number; max: number } | undefined): { min: number; max: number } {
  if (length === undefined) return { min: 0, max: 0xffff }
  if (typeof length === 'number') return { min: length, max: length }
  return { min: length.min ?? 0, max: length.max }
}

function text(type: 'visibleString' | 'utf8String' | 'octetString', label: string, max: number): Schema<string> {
  const name = `${label}(${max})`
  const utf = type === 'utf8String'
  return {
    name,
    decode(data) {
      if (data.type !== type) throw mismatch(name, data)
      if (data.bytes.length > max)
        throw new GbcsError('invalidValue', `text of ${data.bytes.length} octets, expected at most ${max}`)
      if (!utf) return toLatin1(data.bytes)
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(data.bytes)
      } catch {
        throw new GbcsError('invalidValue', 'text is not UTF-8')
      }
    },
    encode: (value) => ({ type, bytes: utf ? new TextEncoder().encode(value) : latin1(value) }) as Data,
    describe: () => ({ type }) as TypeDescription,
    initial: '',
  }
}
/** visible-string of at most `max` characters. */
export const visible = (max = 0xffff): Schema<string> => text('visibleString', 'visible-string', max)
export const utf8Text = (max = 0xffff): Schema<string> => text('utf8String', 'utf8-string', max)
/** octet-string that holds characters (ISO 8859-1). */
export const octetText = (max = 0xffff): Schema<string> => text('octetString', 'octet-string', max)

/** bit-string of `count` bits as a text of 0 and 1, first bit first. */
export function bits(count: number): Schema<string> {
  const name = `bit-string(${count})`
  return {
    name,
    decode(data) {
      if (data.type !== 'bitString') throw mismatch(name, data)
      if (data.bits !== count) throw new GbcsError('invalidValue', `bit-string of ${data.bits} bits, expected ${count}`)
      const all = Array.from(data.bytes, (octet) => octet.toString(2).padStart(8, '0')).join('')
      if (all.slice(count).includes('1')) throw new GbcsError('invalidValue', 'unused bits of a bit-string are not 0')
      return all.slice(0, count)
    },
    encode(value) {
      if (!/^[01]*$/.test(value) || value.length !== count)
        throw new GbcsError('invalidValue', `${JSON.stringify(value)} is not ${count} times 0 or 1`)
      const padded = value.padEnd(8 * Math.ceil(count / 8), '0')
      const bytes = Uint8Array.from({ length: padded.length / 8 }, (_, i) =>
        parseInt(padded.slice(8 * i, 8 * i + 8), 2),
      )
      return { type: 'bitString', bits: count, bytes }
    },
    describe: () => ({ type: 'bitString' }),
    initial: '0'.repeat(count),
  }
}

/** array of `min` to `max` values. */
export function arrayOf<T>(element: Schema<T>, max = 0xffff, min = 0): Schema<readonly T[]> {
  const name = `array[${min}..${max}] of ${element.name}`
  return {
    name,
    decode(data) {
      if (data.type !== 'array') throw mismatch(name, data)
      if (data.items.length < min || data.items.length > max)
        throw new GbcsError('invalidValue', `array of ${data.items.length}, expected ${min} to ${max}`)
      return data.items.map((item) => element.decode(item))
    },
    encode: (values) => ({ type: 'array', items: values.map((value) => element.encode(value)) }),
    describe(values) {
      const first = values[0]
      if (first === undefined || !element.describe)
        throw new GbcsError('misuse', 'an empty array has no shape in a compact array')
      return { type: 'array', count: values.length, element: element.describe(first) }
    },
    initial: Array.from({ length: min }, () => element.initial),
  }
}

interface OptionalSchema<T> extends Schema<T | undefined> {
  readonly optional: Schema<T>
}
/** A field that a structure may lack: items of it that only a twin element meter has. */
export function optional<T>(schema: Schema<T>): OptionalSchema<T> {
  return {
    name: `${schema.name} OPTIONAL`,
    optional: schema,
    decode: (data) => schema.decode(data),
    encode: (value) => schema.encode(value as T),
    initial: undefined,
    ...(schema.describe
      ? { describe: (value: T | undefined) => schema.describe?.(value as T) as TypeDescription }
      : {}),
  }
}
const isOptional = (schema: Schema<unknown>): schema is OptionalSchema<unknown> => 'optional' in schema

type OptionalKeys<F> = { [K in keyof F]: F[K] extends OptionalSchema<infer _> ? K : never }[keyof F]
/** The object that a structure of fields stands for; optional fields may be absent. */
export type StructureValue<F> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: ValueOf<F[K]>
}

/**
 * structure with named fields in order. Where optional fields are declared, the count of values decides which are
 * there: all or none of them, since a variant has all of its own.
 */
export function structure<F extends Record<string, Schema<any>>>(fields: F): Schema<StructureValue<F>> {
  const all = Object.entries(fields as Record<string, Schema<unknown>>)
  const required = all.filter(([, schema]) => !isOptional(schema))
  const name = `structure{${all.map(([, schema]) => schema.name).join(',')}}`
  const present = (value: Record<string, unknown>): (typeof all)[number][] =>
    all.filter(([key, schema]) => !isOptional(schema) || value[key] !== undefined)
  return {
    name,
    decode(data) {
      if (data.type !== 'structure') throw mismatch(name, data)
      const count = data.items.length
      const used = count === all.length ? all : count === required.length ? required : undefined
      if (!used)
        throw new GbcsError(
          'invalidValue',
          `structure of ${count}, expected ${all.length === required.length ? all.length : `${required.length} or ${all.length}`}`,
        )
      return Object.fromEntries(
        used.map(([key, schema], i) => [key, schema.decode(data.items[i] as Data)]),
      ) as StructureValue<F>
    },
    encode(value) {
      const record = value as Record<string, unknown>
      return { type: 'structure', items: present(record).map(([key, schema]) => schema.encode(record[key])) }
    },
    describe(value) {
      const record = value as Record<string, unknown>
      return {
        type: 'structure',
        elements: present(record).map(([key, schema]) => {
          if (!schema.describe) throw new GbcsError('misuse', `${schema.name} has no shape in a compact array`)
          return schema.describe(record[key])
        }),
      }
    },
    initial: Object.fromEntries(required.map(([key, schema]) => [key, schema.initial])) as StructureValue<F>,
  }
}

/** compact array of entries of one shape; how a log travels. With no entry it describes an entry of initial values. */
export function compactArray<T>(entry: Schema<T>): Schema<readonly T[]> {
  const name = `compact-array of ${entry.name}`
  return {
    name,
    decode(data) {
      if (data.type !== 'compactArray') throw mismatch(name, data)
      return data.items.map((item) => entry.decode(item))
    },
    encode(values) {
      const description = entry.describe?.(values[0] ?? entry.initial) ?? { type: 'null' }
      return { type: 'compactArray', description, items: values.map((value) => entry.encode(value)) }
    },
    initial: [],
  }
}

/** A value that is one of two shapes; the first that fits is taken. */
export function either<A, B>(a: Schema<A>, b: Schema<B>, isA: (value: A | B) => value is A): Schema<A | B> {
  return {
    name: `${a.name} or ${b.name}`,
    decode(data) {
      try {
        return a.decode(data)
      } catch {
        return b.decode(data)
      }
    },
    encode: (value) => (isA(value) ? a.encode(value) : b.encode(value)),
    initial: a.initial,
  }
}

/** Any data, as it is. */
export const anyData: Schema<Data> = {
  name: 'CHOICE',
  decode: (data) => data,
  encode: (data) => data,
  initial: { type: 'null' },
}

/** A schema whose values are seen differently: `to` when decoding, `from` when encoding. */
export function mapped<A, B>(schema: Schema<A>, to: (value: A) => B, from: (value: B) => A): Schema<B> {
  return {
    name: schema.name,
    decode: (data) => to(schema.decode(data)),
    encode: (value) => schema.encode(from(value)),
    initial: to(schema.initial),
    ...(schema.describe ? { describe: (value: B) => schema.describe?.(from(value)) as TypeDescription } : {}),
  }
}
