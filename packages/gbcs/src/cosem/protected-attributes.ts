import { concat, type Eui64, eui64, eui64Bytes, GbcsError, Writer } from '@smets2-sim/bytes'
import {
  anyData,
  arrayOf,
  type Data,
  decodeData,
  encodeData,
  enumeration,
  i8,
  type LogicalName,
  logicalNameBytes,
  logicalNameOf,
  nullData,
  octets,
  structure,
  u16,
} from '@smets2-sim/cosem'

/**
 * Class 30 method 1, get_protected_attributes: how sensitive items of an ESME are read. facts 5.4.
 * The request names the attributes and who protects what for whom; the response carries one sealed octet-string.
 */
export interface ProtectedRequest {
  readonly attributes: readonly ProtectedAttribute[]
  readonly parameters: ProtectionParameters
}
export interface ProtectedAttribute {
  readonly classId: number
  readonly logicalName: LogicalName
  readonly index: number
  /** 0 none (null-data), 1 a range of date-times. Kept as data, so that the dates stay as they were written. */
  readonly restriction: { readonly type: number; readonly value: Data }
}
export interface ProtectionParameters {
  /** `04` || originator counter. */
  readonly transactionId: Uint8Array
  readonly originator: Eui64
  readonly recipient: Eui64
}
export interface ProtectedResponse {
  readonly parameters: ProtectionParameters
  /** `31 00000000 || ciphertext || 12-octet tag`. */
  readonly sealed: Uint8Array
}

const attributeSchema = structure({
  classId: u16,
  logicalName: octets(6),
  index: i8,
  dataIndex: u16,
  restriction: structure({ type: enumeration, value: anyData }),
})
const parametersSchema = structure({
  protectionType: enumeration,
  options: structure({
    transactionId: octets(9),
    originator: octets(8),
    recipient: octets(8),
    otherInformation: octets(0),
    keyInfo: structure({ type: enumeration, options: structure({ parameters: octets(1), cipheredData: octets(0) }) }),
  }),
})
const requestSchema = structure({
  attributes: arrayOf(attributeSchema, 16, 1),
  parameters: arrayOf(parametersSchema, 1, 1),
})
const responseSchema = structure({ parameters: arrayOf(parametersSchema, 1, 1), sealed: octets() })

/** Authentication and encryption; agreed key; key agreement C(0e,2s ECC CDH). The only ones that GBCS allows. */
const AUTHENTICATED_ENCRYPTED = 2
const AGREED_KEY = 2
const C_0E_2S = Uint8Array.of(2)

function encodeParameters(p: ProtectionParameters): ReturnType<typeof parametersSchema.decode> {
  return {
    protectionType: AUTHENTICATED_ENCRYPTED,
    options: {
      transactionId: p.transactionId,
      originator: eui64Bytes(p.originator),
      recipient: eui64Bytes(p.recipient),
      otherInformation: new Uint8Array(0),
      keyInfo: { type: AGREED_KEY, options: { parameters: C_0E_2S, cipheredData: new Uint8Array(0) } },
    },
  }
}

function decodeParameters(p: ReturnType<typeof parametersSchema.decode> | undefined): ProtectionParameters {
  if (!p) throw new GbcsError('invalidValue', 'no protection parameters')
  const { keyInfo } = p.options
  if (
    p.protectionType !== AUTHENTICATED_ENCRYPTED ||
    keyInfo.type !== AGREED_KEY ||
    keyInfo.options.parameters[0] !== 2
  )
    throw new GbcsError('invalidValue', 'protection other than authentication and encryption with an agreed key')
  return {
    transactionId: p.options.transactionId,
    originator: eui64(p.options.originator),
    recipient: eui64(p.options.recipient),
  }
}

export function decodeProtectedRequest(data: Data): ProtectedRequest {
  const request = requestSchema.decode(data)
  return {
    attributes: request.attributes.map(({ classId, logicalName, index, dataIndex, restriction }) => {
      if (dataIndex !== 0) throw new GbcsError('invalidValue', `data index ${dataIndex}, expected 0`)
      return { classId, logicalName: logicalNameOf(logicalName), index, restriction }
    }),
    parameters: decodeParameters(request.parameters[0]),
  }
}

export const encodeProtectedRequest = (request: ProtectedRequest): Data =>
  requestSchema.encode({
    attributes: request.attributes.map((a) => ({
      classId: a.classId,
      logicalName: logicalNameBytes(a.logicalName),
      index: a.index,
      dataIndex: 0,
      restriction: a.restriction,
    })),
    parameters: [encodeParameters(request.parameters)],
  })

export function decodeProtectedResponse(data: Data): ProtectedResponse {
  const response = responseSchema.decode(data)
  return { parameters: decodeParameters(response.parameters[0]), sealed: response.sealed }
}
export const encodeProtectedResponse = (response: ProtectedResponse): Data =>
  responseSchema.encode({ parameters: [encodeParameters(response.parameters)], sealed: response.sealed })

/** Plaintext of the sealed part: a structure of the attribute values in the order of the request. */
export const encodeProtectedValues = (values: readonly Data[]): Uint8Array =>
  encodeData({ type: 'structure', items: values })
export function decodeProtectedValues(plaintext: Uint8Array): readonly Data[] {
  const data = decodeData(plaintext)
  if (data.type !== 'structure')
    throw new GbcsError('invalidValue', `protected values are ${data.type}, expected a structure`)
  return data.items
}

/** The purpose octet in the transaction identifier under which attributes are encrypted. facts 1.8. */
export const ENCRYPTION_PURPOSE = 4
export const encryptionTransactionId = (counter: bigint): Uint8Array =>
  concat(Uint8Array.of(ENCRYPTION_PURPOSE), new Writer(8).u64(counter).done())
export const unrestricted = { type: 0, value: nullData } as const
