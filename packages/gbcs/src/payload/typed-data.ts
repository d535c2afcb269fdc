import { equalBytes, GbcsError } from '@smets2-sim/bytes'
import { type Data, encodeData, nullData, type Schema } from '@smets2-sim/cosem'
import {
  decodeProtectedRequest,
  decodeProtectedResponse,
  encodeProtectedRequest,
  encodeProtectedResponse,
  type ProtectedRequest,
  type ProtectedResponse,
} from '../cosem/protected-attributes.js'

/**
 * What an item of a COSEM payload carries: nothing, the typed value of a known attribute or method, one of the two structures of
 * a protected read, or data as they are where no type of ours gives the same octets back.
 */
export type TypedData =
  | { readonly type: 'nothing' }
  | { readonly type: 'value'; readonly schema: Schema<any>; readonly value: unknown }
  | { readonly type: 'protectedRequest'; readonly request: ProtectedRequest }
  | { readonly type: 'protectedResponse'; readonly response: ProtectedResponse }
  | { readonly type: 'data'; readonly data: Data }

const sameData = (a: Data, b: Data): boolean => equalBytes(encodeData(a), encodeData(b))

/** The typed form when it exists and encodes to the same octets, else undefined. */
function attempt<T>(data: Data, decode: (data: Data) => T, encode: (value: T) => Data): T | undefined {
  try {
    const value = decode(data)
    return sameData(encode(value), data) ? value : undefined
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

const plain = (data: Data): TypedData => (data.type === 'null' ? { type: 'nothing' } : { type: 'data', data })

export function typeValue(schema: Schema<any> | undefined, data: Data): TypedData {
  if (!schema) return plain(data)
  const value: unknown = attempt(data, schema.decode, schema.encode)
  return value === undefined ? plain(data) : { type: 'value', schema, value }
}

export function typeProtectedRequest(data: Data): TypedData {
  const request = attempt(data, decodeProtectedRequest, encodeProtectedRequest)
  return request ? { type: 'protectedRequest', request } : plain(data)
}

export function typeProtectedResponse(data: Data): TypedData {
  const response = attempt(data, decodeProtectedResponse, encodeProtectedResponse)
  return response ? { type: 'protectedResponse', response } : plain(data)
}

/** The reverse of the three above. */
export function untype(typed: TypedData): Data {
  switch (typed.type) {
    case 'nothing':
      return nullData
    case 'value':
      return typed.schema.encode(typed.value)
    case 'protectedRequest':
      return encodeProtectedRequest(typed.request)
    case 'protectedResponse':
      return encodeProtectedResponse(typed.response)
    case 'data':
      return typed.data
  }
}
