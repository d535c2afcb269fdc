import { Reader, type GbcsError, Writer } from '@smets2-sim/bytes'
import { type Data, nullData, readData, writeData } from './data.js'
import { type LogicalName, readLogicalName, writeLogicalName } from './logical-name.js'

/** One item of an ACCESS request. `index` is an attribute (get, set) or a method (action) of the object. */
export interface AccessItem {
  readonly kind: 'get' | 'set' | 'action' | 'getWithSelection'
  readonly classId: number
  readonly logicalName: LogicalName
  readonly index: number
  /** Parameter of set and action; null-data for gets. */
  readonly data: Data
  readonly selection?: { readonly selector: number; readonly parameters: Data }
}

/** ACCESS request (tag D9) as GBCS uses it: no date-time, as many data as specifications. facts 5.1. */
export interface AccessRequest {
  readonly invokeIdAndPriority: number
  readonly items: readonly AccessItem[]
}

/** Result of one item; `data` is null-data where there is none. */
export interface AccessResult {
  readonly kind: 'get' | 'set' | 'action'
  readonly result: number
  readonly data: Data
}
/** ACCESS response (tag DA), without an echo of the specification. facts 5.2. */
export interface AccessResponse {
  readonly invokeIdAndPriority: number
  readonly results: readonly AccessResult[]
}

const kinds = ['get', 'set', 'action', 'getWithSelection'] as const
/** Most items in one request; the largest published use case has 43. */
const MAX_ITEMS = 255

function wrong(reader: Reader, message: string): GbcsError {
  return reader.error('invalidTag', message)
}

function readKind(reader: Reader, last: number): (typeof kinds)[number] {
  const choice = reader.u8('access choice')
  const kind = choice <= last ? kinds[choice - 1] : undefined
  if (!kind) throw wrong(reader, `access choice ${choice}, expected 1 to ${last}`)
  return kind
}

function readCount(reader: Reader, field: string): number {
  const count = reader.length(field)
  if (count > MAX_ITEMS) throw reader.error('limitExceeded', `${count} in ${field}, at most ${MAX_ITEMS}`)
  return count
}

export function decodeAccessRequest(bytes: Uint8Array, base = 0): AccessRequest {
  const reader = new Reader(bytes, base)
  reader.expect(0xd9, 'access-request tag')
  const invokeIdAndPriority = reader.u32('long-invoke-id-and-priority')
  reader.expect(0, 'date-time length')
  const specs: Omit<AccessItem, 'data'>[] = []
  const count = readCount(reader, 'access-request-specification')
  for (let i = 0; i < count; i++) {
    const kind = readKind(reader, 4)
    const classId = reader.u16('class id')
    const logicalName = readLogicalName(reader)
    const index = reader.i8('attribute or method')
    const target = { kind, classId, logicalName, index }
    specs.push(
      kind === 'getWithSelection'
        ? { ...target, selection: { selector: reader.u8('access selector'), parameters: readData(reader) } }
        : target,
    )
  }
  const dataCount = readCount(reader, 'access-request-list-of-data')
  if (dataCount !== count) throw reader.error('invalidValue', `${dataCount} data for ${count} specifications`)
  const items = specs.map((spec) => ({ ...spec, data: readData(reader) }))
  reader.end('access-request')
  return { invokeIdAndPriority, items }
}

export function encodeAccessRequest(request: AccessRequest): Uint8Array {
  const writer = new Writer().u8(0xd9).u32(request.invokeIdAndPriority).u8(0).ber(request.items.length)
  for (const item of request.items) {
    writer.u8(kinds.indexOf(item.kind) + 1).u16(item.classId)
    writeLogicalName(writer, item.logicalName).i8(item.index)
    if (item.selection) writeData(writer.u8(item.selection.selector), item.selection.parameters)
  }
  writer.ber(request.items.length)
  for (const item of request.items) writeData(writer, item.data)
  return writer.done()
}

export function decodeAccessResponse(bytes: Uint8Array, base = 0): AccessResponse {
  const reader = new Reader(bytes, base)
  reader.expect(0xda, 'access-response tag')
  const invokeIdAndPriority = reader.u32('long-invoke-id-and-priority')
  reader.expect(0, 'date-time length')
  reader.expect(0, 'access-request-specification option')
  const count = readCount(reader, 'access-response-list-of-data')
  const data: Data[] = []
  for (let i = 0; i < count; i++) data.push(readData(reader))
  const resultCount = readCount(reader, 'access-response-specification')
  if (resultCount !== count) throw reader.error('invalidValue', `${resultCount} results for ${count} data`)
  const results = data.map((value): AccessResult => {
    const kind = readKind(reader, 3) as AccessResult['kind']
    return { kind, result: reader.u8('result'), data: value }
  })
  reader.end('access-response')
  return { invokeIdAndPriority, results }
}

export function encodeAccessResponse(response: AccessResponse): Uint8Array {
  const writer = new Writer().u8(0xda).u32(response.invokeIdAndPriority).u8(0).u8(0).ber(response.results.length)
  for (const { data } of response.results) writeData(writer, data)
  writer.ber(response.results.length)
  for (const { kind, result } of response.results) writer.u8(kinds.indexOf(kind) + 1).u8(result)
  return writer.done()
}

/** Names of data-access-result and action-result (IEC 62056-5-3) that GBCS responses use. facts 5.2. */
export const accessResult = {
  success: 0,
  hardwareFault: 1,
  temporaryFailure: 2,
  readWriteDenied: 3,
  objectUndefined: 4,
  objectClassInconsistent: 9,
  objectUnavailable: 11,
  typeUnmatched: 12,
  scopeOfAccessViolated: 13,
  dataBlockUnavailable: 14,
  otherReason: 250,
} as const

export { nullData }
