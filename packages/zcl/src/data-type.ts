import { GbcsError, type Reader, type Writer } from '@smets2-sim/bytes'
import * as f from './fields.js'

/** ZCL data types by their identifier, as attributes carry them. */
export const dataTypes: ReadonlyMap<number, f.Field<any>> = new Map<number, f.Field<any>>([
  [0x10, f.uint8], // boolean: any octet is kept
  [0x18, f.bitmap8],
  [0x19, f.bitmap16],
  [0x1a, f.bitmap24],
  [0x1b, f.bitmap32],
  [0x20, f.uint8],
  [0x21, f.uint16],
  [0x22, f.uint24],
  [0x23, f.uint32],
  [0x24, f.fixed(5)],
  [0x25, f.uint48],
  [0x26, f.fixed(7)],
  [0x27, f.uint64],
  [0x28, f.int8],
  [0x29, f.int16],
  [0x2a, f.int24],
  [0x2b, f.int32],
  [0x2d, f.int48],
  [0x30, f.enum8],
  [0x31, f.enum16],
  [0x41, f.octetString],
  [0x42, f.octetString],
  [0xe2, f.utcTime],
  [0xe8, f.uint16],
  [0xe9, f.uint16],
  [0xf0, f.ieeeAddress],
  [0xf1, f.fixed(16)],
])

/** An attribute value with its type: number, bigint, text of an address, or octets. */
export interface TypedValue {
  readonly type: number
  readonly value: number | bigint | string | Uint8Array
}

function fieldOf(type: number): f.Field<any> {
  const field = dataTypes.get(type)
  if (!field)
    throw new GbcsError(
      'unsupported',
      `ZCL data type ${type.toString(16).padStart(2, '0')} is none that Smart Energy attributes use`,
    )
  return field
}

export function readTyped(reader: Reader): TypedValue {
  const type = reader.u8('data type')
  return { type, value: fieldOf(type).read(reader) as TypedValue['value'] }
}
export function writeTyped(writer: Writer, { type, value }: TypedValue): void {
  writer.u8(type)
  fieldOf(type).write(writer, value)
}
export const dataTypeId = {
  bool: 0x10,
  bitmap8: 0x18,
  bitmap16: 0x19,
  bitmap24: 0x1a,
  bitmap32: 0x1b,
  uint8: 0x20,
  uint16: 0x21,
  uint24: 0x22,
  uint32: 0x23,
  uint48: 0x25,
  uint64: 0x27,
  int8: 0x28,
  int16: 0x29,
  int24: 0x2a,
  int32: 0x2b,
  int48: 0x2d,
  enum8: 0x30,
  enum16: 0x31,
  octetString: 0x41,
  charString: 0x42,
  utcTime: 0xe2,
  ieeeAddress: 0xf0,
} as const
