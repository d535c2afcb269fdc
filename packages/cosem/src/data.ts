import { GbcsError, Reader, Writer } from '@smets2-sim/bytes'

/**
 * A COSEM Data value as DLMS A-XDR carries it (IEC 62056-5-3). Integers of 64 bits are bigint.
 * `octet` keeps how a true boolean was written (01, FF, ...), so that it is written the same way again.
 */
export type Data =
  | { readonly type: 'null' }
  | { readonly type: 'array' | 'structure'; readonly items: readonly Data[] }
  | { readonly type: 'boolean'; readonly value: boolean; readonly octet?: number }
  | { readonly type: 'bitString'; readonly bits: number; readonly bytes: Uint8Array }
  | { readonly type: IntegerType; readonly value: number }
  | { readonly type: 'long64' | 'long64Unsigned'; readonly value: bigint }
  | { readonly type: OctetsType; readonly bytes: Uint8Array }
  | { readonly type: 'compactArray'; readonly description: TypeDescription; readonly items: readonly Data[] }

export type IntegerType =
  | 'doubleLong'
  | 'doubleLongUnsigned'
  | 'bcd'
  | 'integer'
  | 'long'
  | 'unsigned'
  | 'longUnsigned'
  | 'enum'
/** Octets as they are; the float and date types keep their octets too, since nothing in GBCS computes with them. */
export type OctetsType =
  | 'octetString'
  | 'visibleString'
  | 'utf8String'
  | 'float32'
  | 'float64'
  | 'dateTime'
  | 'date'
  | 'time'
export type DataType = Data['type']

/** What every entry of a compact array looks like; its values then follow without tags. */
export type TypeDescription =
  | { readonly type: 'array'; readonly count: number; readonly element: TypeDescription }
  | { readonly type: 'structure'; readonly elements: readonly TypeDescription[] }
  | { readonly type: Exclude<DataType, 'array' | 'structure' | 'compactArray'> }

const tags: Readonly<Record<DataType, number>> = {
  null: 0,
  array: 1,
  structure: 2,
  boolean: 3,
  bitString: 4,
  doubleLong: 5,
  doubleLongUnsigned: 6,
  octetString: 9,
  visibleString: 10,
  utf8String: 12,
  bcd: 13,
  integer: 15,
  long: 16,
  unsigned: 17,
  longUnsigned: 18,
  compactArray: 19,
  long64: 20,
  long64Unsigned: 21,
  enum: 22,
  float32: 23,
  float64: 24,
  dateTime: 25,
  date: 26,
  time: 27,
}
const types = new Map(Object.entries(tags).map(([type, tag]) => [tag, type as DataType]))
const fixedOctets: Readonly<Partial<Record<DataType, number>>> = {
  float32: 4,
  float64: 8,
  dateTime: 12,
  date: 5,
  time: 4,
}

/** Deepest nesting that is decoded: GBCS needs 6, and a bound keeps hostile input from exhausting the stack. */
const MAX_DEPTH = 16
/** Most values in one compact array: 13 months of half hours and the fields of each. */
const MAX_COMPACT_VALUES = 400_000
/** Most values for each octet of its contents: only null-data and empty structures need none, and few stand together. */
const MAX_VALUES_PER_OCTET = 64

/** Reads one Data value with its tag. */
export function readData(reader: Reader, depth = 0): Data {
  const at = reader.offset
  const tag = reader.u8('data tag')
  const type = types.get(tag)
  if (!type) throw new GbcsError('invalidTag', `data tag ${tag} is none of A-XDR`, at)
  return readValue(reader, type, depth)
}

function readValue(reader: Reader, type: DataType, depth: number): Data {
  if (depth > MAX_DEPTH) throw reader.error('limitExceeded', `data nested deeper than ${MAX_DEPTH}`)
  switch (type) {
    case 'null':
      return { type }
    case 'array':
    case 'structure': {
      const count = reader.length(type)
      const items: Data[] = []
      for (let i = 0; i < count; i++) items.push(readData(reader, depth + 1))
      return { type, items }
    }
    case 'boolean': {
      const octet = reader.u8('boolean')
      return octet === 0 || octet === 0xff ? { type, value: octet !== 0 } : { type, value: true, octet }
    }
    case 'bitString': {
      const bits = reader.length('bit-string')
      return { type, bits, bytes: reader.take(Math.ceil(bits / 8), 'bit-string') }
    }
    case 'doubleLong':
      return { type, value: reader.i32('double-long') }
    case 'doubleLongUnsigned':
      return { type, value: reader.u32('double-long-unsigned') }
    case 'bcd':
    case 'unsigned':
    case 'enum':
      return { type, value: reader.u8(type) }
    case 'integer':
      return { type, value: reader.i8('integer') }
    case 'long':
      return { type, value: reader.i16('long') }
    case 'longUnsigned':
      return { type, value: reader.u16('long-unsigned') }
    case 'long64':
      return { type, value: reader.i64('long64') }
    case 'long64Unsigned':
      return { type, value: reader.u64('long64-unsigned') }
    case 'octetString':
    case 'visibleString':
    case 'utf8String':
      return { type, bytes: reader.take(reader.length(type), type) }
    case 'float32':
    case 'float64':
    case 'dateTime':
    case 'date':
    case 'time':
      return { type, bytes: reader.take(fixedOctets[type] as number, type) }
    case 'compactArray':
      return readCompactArray(reader, depth)
  }
}

function readCompactArray(reader: Reader, depth: number): Data {
  const description = readDescription(reader, depth + 1)
  const length = reader.length('compact array')
  const contents = reader.nested(length, 'compact array')
  const items: Data[] = []
  const most = Math.min(MAX_COMPACT_VALUES, MAX_VALUES_PER_OCTET * length)
  const budget = { most, left: most }
  while (contents.remaining > 0) {
    const before = contents.remaining
    items.push(readDescribed(contents, description, depth + 1, budget))
    if (contents.remaining === before) throw contents.error('invalidValue', 'compact array has entries without octets')
  }
  return { type: 'compactArray', description, items }
}

function readDescription(reader: Reader, depth: number): TypeDescription {
  if (depth > MAX_DEPTH) throw reader.error('limitExceeded', `type description nested deeper than ${MAX_DEPTH}`)
  const at = reader.offset
  const tag = reader.u8('type description')
  const type = types.get(tag)
  if (type === 'array') {
    const count = reader.u16('array count')
    return { type, count, element: readDescription(reader, depth + 1) }
  }
  if (type === 'structure') {
    const count = reader.length('structure description')
    const elements: TypeDescription[] = []
    for (let i = 0; i < count; i++) elements.push(readDescription(reader, depth + 1))
    return { type, elements }
  }
  if (!type || type === 'compactArray')
    throw new GbcsError('invalidTag', `type description tag ${tag} is not allowed in a compact array`, at)
  return { type }
}

/** How many values a compact array may still have: what keeps a few octets from standing for millions. */
interface Budget {
  readonly most: number
  left: number
}

function readDescribed(reader: Reader, description: TypeDescription, depth: number, budget: Budget): Data {
  if (--budget.left < 0)
    throw reader.error('limitExceeded', `compact array with over ${budget.most} values for its octets`)
  if (description.type === 'structure')
    return {
      type: 'structure',
      items: description.elements.map((element) => readDescribed(reader, element, depth + 1, budget)),
    }
  if (description.type === 'array') {
    const items: Data[] = []
    for (let i = 0; i < description.count; i++)
      items.push(readDescribed(reader, description.element, depth + 1, budget))
    return { type: 'array', items }
  }
  return readValue(reader, description.type, depth)
}

/** Writes one Data value with its tag. */
export function writeData(writer: Writer, data: Data): Writer {
  writer.u8(tags[data.type])
  return writeValue(writer, data)
}

function writeValue(writer: Writer, data: Data): Writer {
  switch (data.type) {
    case 'null':
      return writer
    case 'array':
    case 'structure':
      writer.ber(data.items.length)
      for (const item of data.items) writeData(writer, item)
      return writer
    case 'boolean':
      return writer.u8(data.value ? (data.octet ?? 0xff) : 0)
    case 'bitString':
      return writer.ber(data.bits).bytes(data.bytes)
    case 'doubleLong':
      return writer.i32(data.value)
    case 'doubleLongUnsigned':
      return writer.u32(data.value)
    case 'bcd':
    case 'unsigned':
    case 'enum':
      return writer.u8(data.value)
    case 'integer':
      return writer.i8(data.value)
    case 'long':
      return writer.i16(data.value)
    case 'longUnsigned':
      return writer.u16(data.value)
    case 'long64':
      return writer.i64(data.value)
    case 'long64Unsigned':
      return writer.u64(data.value)
    case 'octetString':
    case 'visibleString':
    case 'utf8String':
      return writer.prefixed(data.bytes)
    case 'float32':
    case 'float64':
    case 'dateTime':
    case 'date':
    case 'time':
      return writer.bytes(data.bytes)
    case 'compactArray': {
      writeDescription(writer, data.description)
      const contents = new Writer()
      for (const item of data.items) writeDescribed(contents, data.description, item)
      return writer.prefixed(contents.done())
    }
  }
}

function writeDescription(writer: Writer, description: TypeDescription): void {
  writer.u8(tags[description.type])
  if (description.type === 'array') {
    writer.u16(description.count)
    writeDescription(writer, description.element)
  } else if (description.type === 'structure') {
    writer.ber(description.elements.length)
    for (const element of description.elements) writeDescription(writer, element)
  }
}

function writeDescribed(writer: Writer, description: TypeDescription, data: Data): void {
  if (data.type !== description.type)
    throw new GbcsError('misuse', `compact array of ${description.type} cannot hold a value of type ${data.type}`)
  if (description.type === 'structure' && data.type === 'structure') {
    if (data.items.length !== description.elements.length)
      throw new GbcsError('misuse', `entry of ${data.items.length} values, expected ${description.elements.length}`)
    description.elements.forEach((element, i) => writeDescribed(writer, element, data.items[i] as Data))
  } else if (description.type === 'array' && data.type === 'array') {
    if (data.items.length !== description.count)
      throw new GbcsError('misuse', `array of ${data.items.length} values, expected ${description.count}`)
    for (const item of data.items) writeDescribed(writer, description.element, item)
  } else writeValue(writer, data)
}

/** One Data value that fills the octets. */
export function decodeData(bytes: Uint8Array, base = 0): Data {
  const reader = new Reader(bytes, base)
  const data = readData(reader)
  reader.end('data')
  return data
}

export const encodeData = (data: Data): Uint8Array => writeData(new Writer(), data).done()

export const nullData: Data = { type: 'null' }
