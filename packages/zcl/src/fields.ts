import { fromHex, GbcsError, type Reader, toHex, type Writer } from '@smets2-sim/bytes'

/** How one field of a command payload stands for a value, both ways. Integers are little-endian. */
export interface Field<T> {
  readonly name: string
  read(reader: Reader): T
  write(writer: Writer, value: T): void
}
export type FieldValue<F> = F extends Field<infer T> ? T : never

const unsigned = (octets: number, name: string): Field<number> => ({
  name,
  read: (reader) => reader.uintLe(octets, name),
  write: (writer, value) => void writer.uintLe(octets, value),
})
const signed = (octets: number, name: string): Field<number> => ({
  name,
  read: (reader) => reader.intLe(octets, name),
  write: (writer, value) => void writer.intLe(octets, value),
})

export const uint8 = unsigned(1, 'UINT8')
export const uint16 = unsigned(2, 'UINT16')
export const uint24 = unsigned(3, 'UINT24')
export const uint32 = unsigned(4, 'UINT32')
export const uint48 = unsigned(6, 'UINT48')
export const int8 = signed(1, 'INT8')
export const int16 = signed(2, 'INT16')
export const int24 = signed(3, 'INT24')
export const int32 = signed(4, 'INT32')
export const int48 = signed(6, 'INT48')
export const enum8 = unsigned(1, 'ENUM8')
export const enum16 = unsigned(2, 'ENUM16')
export const bitmap8 = unsigned(1, 'BITMAP8')
export const bitmap16 = unsigned(2, 'BITMAP16')
export const bitmap24 = unsigned(3, 'BITMAP24')
export const bitmap32 = unsigned(4, 'BITMAP32')
/** Seconds since 2000-01-01 00:00:00 UTC; 00000000 now, FFFFFFFF never or cancel. */
export const utcTime = unsigned(4, 'UTCTime')
/** EUI-64, least significant octet first, as 16 hexadecimal digits. */
export const ieeeAddress: Field<string> = {
  name: 'IEEE address',
  read: (reader) => toHex(reader.take(8, 'IEEE address').slice().reverse()),
  write: (writer, value) => void writer.bytes(fromHex(value).reverse()),
}
export const uint64: Field<bigint> = {
  name: 'UINT64',
  read: (reader) => reader.u64le('UINT64'),
  write: (writer, value) => void writer.u64le(value),
}

/** Octets after a length of one octet; FF is the invalid string, which has none. */
export const octetString: Field<Uint8Array> = {
  name: 'OCTETSTRING',
  read(reader) {
    const length = reader.u8('string length')
    if (length === 0xff) throw reader.error('unsupported', 'an invalid string (length FF) has no value')
    return reader.take(length, 'OCTETSTRING')
  },
  write(writer, value) {
    if (value.length > 0xfe) throw new GbcsError('limitExceeded', `a string of ${value.length} octets, at most 254`)
    writer.u8(value.length).bytes(value)
  },
}

/** Exactly so many octets. */
export const fixed = (octets: number): Field<Uint8Array> => ({
  name: `OCTETS(${octets})`,
  read: (reader) => reader.take(octets, 'octets'),
  write(writer, value) {
    if (value.length !== octets) throw new GbcsError('invalidLength', `${value.length} octets, expected ${octets}`)
    writer.bytes(value)
  },
})

/** Everything up to the end of the payload, as octets. */
export const remainder: Field<Uint8Array> = {
  name: 'octets',
  read: (reader) => reader.rest(),
  write: (writer, value) => void writer.bytes(value),
}

/** Entries of one shape up to the end of the payload. */
export const repeated = <T>(entry: Field<T>): Field<readonly T[]> => ({
  name: `${entry.name}*`,
  read(reader) {
    const entries: T[] = []
    while (reader.remaining > 0) entries.push(entry.read(reader))
    return entries
  },
  write(writer, entries) {
    for (const value of entries) entry.write(writer, value)
  },
})

/** Entries after their count of one octet. */
export const counted = <T>(entry: Field<T>): Field<readonly T[]> => ({
  name: `${entry.name}[n]`,
  read(reader) {
    const count = reader.u8('count')
    return Array.from({ length: count }, () => entry.read(reader))
  },
  write(writer, entries) {
    writer.u8(entries.length)
    for (const value of entries) entry.write(writer, value)
  },
})

/** A field that may be missing at the end of a payload. */
export const atEnd = <T>(field: Field<T>): Field<T | undefined> => ({
  name: `[${field.name}]`,
  read: (reader) => (reader.remaining > 0 ? field.read(reader) : undefined),
  write(writer, value) {
    if (value !== undefined) field.write(writer, value)
  },
})

export type FieldsValue<F> = { readonly [K in keyof F]: FieldValue<F[K]> }

/** Named fields one after the other. */
export const group = <F extends Record<string, Field<any>>>(fields: F): Field<FieldsValue<F>> => ({
  name: `{${Object.keys(fields).join(',')}}`,
  read: (reader) =>
    Object.fromEntries(
      Object.entries(fields).map(([key, field]) => [key, field.read(reader) as unknown]),
    ) as FieldsValue<F>,
  write(writer, value) {
    for (const [key, field] of Object.entries(fields)) {
      const part: unknown = (value as Record<string, unknown>)[key]
      field.write(writer, part)
    }
  },
})
