import type { Field } from './fields.js'
import { enum8, group, repeated, uint16, uint8 } from './fields.js'
import { readTyped, type TypedValue, writeTyped } from './data-type.js'

/** Status codes of the ZCL that GBCS responses use. facts 6.4. */
export const zclStatus = {
  success: 0x00,
  failure: 0x01,
  notAuthorised: 0x7e,
  malformedCommand: 0x80,
  unsupportedClusterCommand: 0x81,
  invalidField: 0x85,
  unsupportedAttribute: 0x86,
  invalidValue: 0x87,
  readOnly: 0x88,
  insufficientSpace: 0x89,
  notFound: 0x8b,
  invalidDataType: 0x8d,
  hardwareFailure: 0xc0,
} as const

const typed: Field<TypedValue> = { name: 'typed value', read: readTyped, write: writeTyped }

/** One row of a Read Attributes Response: a value when it could be read. */
export interface AttributeResult {
  readonly id: number
  readonly status: number
  readonly data?: TypedValue
}
const attributeResult: Field<AttributeResult> = {
  name: 'attribute result',
  read(reader) {
    const id = reader.uintLe(2, 'attribute identifier')
    const status = reader.u8('status')
    return status === zclStatus.success ? { id, status, data: readTyped(reader) } : { id, status }
  },
  write(writer, { id, status, data }) {
    writer.uintLe(2, id).u8(status)
    if (data) writeTyped(writer, data)
  },
}

/** One row of a Write Attributes Response. A lone success stands for all attributes and names none. */
export interface WriteResult {
  readonly status: number
  readonly id?: number
}
const writeResult: Field<WriteResult> = {
  name: 'write result',
  read(reader) {
    const status = reader.u8('status')
    return status === zclStatus.success && reader.remaining === 0
      ? { status }
      : { status, id: reader.uintLe(2, 'attribute identifier') }
  },
  write(writer, { status, id }) {
    writer.u8(status)
    if (id !== undefined) writer.uintLe(2, id)
  },
}

/** Commands that every cluster has. */
export const foundation = {
  readAttributes: { id: 0x00, fields: { attributes: repeated(uint16) } },
  readAttributesResponse: { id: 0x01, fields: { results: repeated(attributeResult) } },
  writeAttributes: { id: 0x02, fields: { records: repeated(group({ id: uint16, data: typed })) } },
  writeAttributesResponse: { id: 0x04, fields: { results: repeated(writeResult) } },
  reportAttributes: { id: 0x0a, fields: { records: repeated(group({ id: uint16, data: typed })) } },
  defaultResponse: { id: 0x0b, fields: { commandId: uint8, status: enum8 } },
} as const
