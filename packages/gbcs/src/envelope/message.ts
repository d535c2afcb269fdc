import { concat, type Eui64, eui64, eui64Bytes, GbcsError, Reader, Writer } from '@smets2-sim/bytes'

export type MessageKind = 'command' | 'response' | 'alert'
const craFlags: Readonly<Record<MessageKind, number>> = { command: 1, response: 2, alert: 3 }
const kinds = new Map(Object.entries(craFlags).map(([kind, flag]) => [flag, kind as MessageKind]))
export const craFlag = (kind: MessageKind): number => craFlags[kind]

/** Message code and what may follow it in other-information. facts 1.4. */
export interface OtherInformation {
  readonly messageCode: number
  /** The party on whose behalf the access control broker speaks, or which an alert is about. */
  readonly supplementaryRemotePartyId?: Eui64
  readonly supplementaryRemotePartyCounter?: bigint
  /** The device's own counter, under which it encrypted for a supplementary remote party. */
  readonly supplementaryOriginatorCounter?: bigint
  /** Key agreement certificate (DER) of the supplementary remote party. */
  readonly supplementaryCertificate?: Uint8Array
}

/** A GBCS message without its protection: the grouping header and the payload. facts 1.2. */
export interface MessageBody {
  readonly kind: MessageKind
  /** A response carries the counter of its command; an alert the device's own. */
  readonly originatorCounter: bigint
  readonly originator: Eui64
  readonly target: Eui64
  /** 12-octet DLMS date-time; only in the responses of facts 1.3. */
  readonly dateTime?: Uint8Array
  readonly otherInformation: OtherInformation
  readonly content: Uint8Array
}

/** A whole message as it travels. */
export interface GbcsMessage extends MessageBody {
  /** r || s, 64 octets. */
  readonly signature?: Uint8Array
  /** 12 octets. */
  readonly mac?: Uint8Array
  /**
   * A pre-command is what a party gets to sign: it ends after the content, in some forms with the octet 00.
   * Undefined for a message that is complete.
   */
  readonly preCommand?: 'bare' | 'withSignatureLength'
}

/** A decoded message with the octets that its signature and its MAC cover. */
export interface DecodedMessage extends GbcsMessage {
  /** From the transaction-id length to the last octet of the content. facts 1.6. */
  readonly signedOctets: Uint8Array
  /** From the tag DF to the last octet before the MAC. facts 1.7. */
  readonly groupedOctets: Uint8Array
}

const MAC_OCTETS = 12
const SIGNATURE_OCTETS = 64
/** Security header of the MAC: authentication only, suite 1, invocation counter 0. */
const SECURITY_HEADER = Uint8Array.of(0x11, 0, 0, 0, 0)
/** Longest message that is accepted: 63 blocks of 1,149 octets. facts 10.6. */
export const MAX_MESSAGE_OCTETS = 63 * 1149

/** Decodes any message that is not cut into blocks; whatever is wrong is a GbcsError. */
export function decodeMessage(bytes: Uint8Array): DecodedMessage {
  if (bytes.length > MAX_MESSAGE_OCTETS)
    throw new GbcsError('limitExceeded', `a message of ${bytes.length} octets, at most ${MAX_MESSAGE_OCTETS}`)
  const reader = new Reader(bytes)
  if (reader.peek() !== 0xdd) return decodeGrouped(reader, undefined)
  readMacHeader(reader)
  const inner = reader.nested(reader.remaining - MAC_OCTETS, 'grouped message')
  return decodeGrouped(inner, reader.take(MAC_OCTETS, 'MAC'))
}

function readMacHeader(reader: Reader): void {
  reader.expect(0xdd, 'MAC header tag')
  for (const field of ['transaction-id', 'originator', 'recipient', 'date-time', 'other-information', 'key-info'])
    reader.expect(0, `MAC header ${field}`)
  const length = reader.length('ciphered service')
  if (length !== reader.remaining)
    throw reader.error('invalidLength', `ciphered service of ${length} octets, found ${reader.remaining}`)
  if (length < SECURITY_HEADER.length + MAC_OCTETS)
    throw reader.error('truncated', `ciphered service of ${length} octets is too short for a MAC`)
  for (const octet of SECURITY_HEADER) reader.expect(octet, 'security header')
}

function decodeGrouped(reader: Reader, mac: Uint8Array | undefined): DecodedMessage {
  const start = reader.position
  reader.expect(0xdf, 'grouping header tag')
  const signedFrom = reader.position
  reader.expect(9, 'transaction-id length')
  const flag = reader.u8('CRA flag')
  const kind = kinds.get(flag)
  if (!kind) throw reader.error('invalidTag', `CRA flag ${flag}, expected 1 to 3`)
  const originatorCounter = reader.u64('originator counter')
  reader.expect(8, 'originator-system-title length')
  const originator = eui64(reader.take(8, 'originator-system-title'))
  reader.expect(8, 'recipient-system-title length')
  const target = eui64(reader.take(8, 'recipient-system-title'))
  const dateTimeLength = reader.u8('date-time length')
  if (dateTimeLength !== 0 && dateTimeLength !== 12)
    throw reader.error('invalidLength', `date-time of ${dateTimeLength} octets, expected 0 or 12`)
  const dateTime = dateTimeLength ? reader.take(12, 'date-time') : undefined
  const otherInformation = decodeOtherInformation(
    reader.nested(reader.length('other-information'), 'other-information'),
  )
  const content = reader.take(reader.length('content'), 'content')
  const signedOctets = reader.bytes.subarray(signedFrom, reader.position)
  const body = { kind, originatorCounter, originator, target, ...(dateTime && { dateTime }), otherInformation, content }
  const tail = readSignature(reader, kind, mac !== undefined)
  reader.end('the message')
  const groupedOctets = reader.bytes.subarray(start, reader.position)
  return { ...body, ...tail, ...(mac && { mac }), signedOctets, groupedOctets }
}

function readSignature(
  reader: Reader,
  kind: MessageKind,
  hasMac: boolean,
): Pick<GbcsMessage, 'signature' | 'preCommand'> {
  const mayBePreCommand = kind === 'command' && !hasMac
  if (mayBePreCommand && reader.remaining === 0) return { preCommand: 'bare' }
  const length = reader.u8('signature length')
  if (length === SIGNATURE_OCTETS) return { signature: reader.take(SIGNATURE_OCTETS, 'signature') }
  if (length !== 0) throw reader.error('invalidLength', `signature of ${length} octets, expected 0 or 64`)
  return mayBePreCommand ? { preCommand: 'withSignatureLength' } : {}
}

function decodeOtherInformation(reader: Reader): OtherInformation {
  const length = reader.remaining
  if (![2, 10, 18, 26].includes(length) && length < 26 + 64)
    throw reader.error(
      'invalidLength',
      `other-information of ${length} octets, expected 2, 10, 18, 26 or 18 and a certificate`,
    )
  const messageCode = reader.u16('message code')
  if (length === 2) return { messageCode }
  const supplementaryRemotePartyId = eui64(reader.take(8, 'supplementary remote party id'))
  if (length === 10) return { messageCode, supplementaryRemotePartyId }
  const supplementaryRemotePartyCounter = reader.u64('supplementary remote party counter')
  const base = { messageCode, supplementaryRemotePartyId, supplementaryRemotePartyCounter }
  if (length === 18) return base
  if (length === 26) return { ...base, supplementaryOriginatorCounter: reader.u64('supplementary originator counter') }
  return { ...base, supplementaryCertificate: reader.rest() }
}

function encodeOtherInformation(info: OtherInformation): Uint8Array {
  const writer = new Writer(32).u16(info.messageCode)
  if (info.supplementaryRemotePartyId !== undefined) writer.bytes(eui64Bytes(info.supplementaryRemotePartyId))
  if (info.supplementaryRemotePartyCounter !== undefined) writer.u64(info.supplementaryRemotePartyCounter)
  if (info.supplementaryOriginatorCounter !== undefined) writer.u64(info.supplementaryOriginatorCounter)
  if (info.supplementaryCertificate) writer.bytes(info.supplementaryCertificate)
  return writer.done()
}

/** The octets that a signature covers: the grouping header from its transaction-id on, and the content. */
export function signedOctetsOf(body: MessageBody): Uint8Array {
  return new Writer(body.content.length + 96)
    .u8(9)
    .u8(craFlags[body.kind])
    .u64(body.originatorCounter)
    .prefixed(eui64Bytes(body.originator))
    .prefixed(eui64Bytes(body.target))
    .prefixed(body.dateTime ?? new Uint8Array(0))
    .prefixed(encodeOtherInformation(body.otherInformation))
    .prefixed(body.content)
    .done()
}

const TAG = Uint8Array.of(0xdf)

/** The octets that a MAC covers: the tag, what a signature covers, and the signature with its length. */
export const groupedOctetsOf = (signedOctets: Uint8Array, signature?: Uint8Array): Uint8Array =>
  concat(TAG, signedOctets, Uint8Array.of(signature?.length ?? 0), signature ?? new Uint8Array(0))

/** Puts the MAC header before the grouped octets and the MAC after them. */
export function withMac(groupedOctets: Uint8Array, mac: Uint8Array): Uint8Array {
  return new Writer(groupedOctets.length + 32)
    .u8(0xdd)
    .u32(0)
    .u16(0)
    .ber(SECURITY_HEADER.length + groupedOctets.length + mac.length)
    .bytes(SECURITY_HEADER)
    .bytes(groupedOctets)
    .bytes(mac)
    .done()
}

/** Encodes a message from its parts; the reverse of `decodeMessage`. */
export function encodeMessage(message: GbcsMessage): Uint8Array {
  const signed = signedOctetsOf(message)
  if (message.preCommand === 'bare') return concat(TAG, signed)
  const grouped = groupedOctetsOf(signed, message.signature)
  return message.mac ? withMac(grouped, message.mac) : grouped
}
