import { type Eui64, toHex } from '@smets2-sim/bytes'
import {
  BlockAssembly,
  type BlockFrame,
  decodeBlockFrame,
  type DecodedMessage,
  decodeMessage,
} from '../envelope/index.js'
import { decodePayload } from '../payload/index.js'
import { useCaseNamed } from '../use-cases/index.js'
import type { OpenSealed } from '../use-cases/use-case.js'
import { dateTimeText } from './date-time-text.js'
import { describeElement } from './describe-certificate.js'
import { explainPayload } from './explain-payload.js'
import { codeText, type Json, type JsonObject } from './json.js'
import { useCaseOf } from './use-case-of.js'

/** A message in words and numbers, ready for JSON. What a message does not have is null. */
export interface MessageDescription {
  readonly kind: 'command' | 'response' | 'alert' | 'precommand' | 'block'
  /** Name of the use case: `ECS17b`. */
  readonly useCase: string | null
  readonly title: string | null
  /** `0x0027`. */
  readonly messageCode: string | null
  readonly originator: Eui64 | null
  readonly target: Eui64 | null
  /** Decimal. */
  readonly originatorCounter: string | null
  /** Time of the device in the grouping header of a response. */
  readonly dateTime: string | null
  /** Octet 12 of that time: 0 is reliable, 255 not specified. */
  readonly clockStatus: number | null
  readonly supplementaryRemotePartyId: Eui64 | null
  readonly supplementaryRemotePartyCounter: string | null
  readonly supplementaryOriginatorCounter: string | null
  readonly supplementaryCertificate: Json
  readonly payload: JsonObject
  /** r || s in hexadecimal digits. */
  readonly signature: string | null
  readonly mac: string | null
}

/** How to look into what is encrypted. */
export interface ExplainOptions {
  /** Gives the plaintext of a protected part; without it such parts stay sealed. */
  readonly open?: OpenSealed
}

const BLOCK_TAG = 0xe0

/**
 * Describes any GBCS message, with or without MAC, a pre-command, or a frame of block transfer.
 * @throws GbcsError for whatever is none of these
 */
export function explainMessage(bytes: Uint8Array, options: ExplainOptions = {}): MessageDescription {
  if (bytes[0] === BLOCK_TAG) return explainBlock(decodeBlockFrame(bytes), options)
  return explainDecoded(decodeMessage(bytes), options)
}

/** The same for a message that is decoded already. */
export function explainDecoded(
  message: DecodedMessage,
  { open = () => undefined }: ExplainOptions = {},
): MessageDescription {
  const payload = decodePayload(message)
  const useCase = useCaseOf(message, payload)
  const { dateTime, otherInformation: info } = message
  return {
    kind: message.preCommand ? 'precommand' : message.kind,
    useCase: useCase ?? null,
    title: (useCase === undefined ? undefined : useCaseNamed(useCase)?.title) ?? null,
    messageCode: codeText(info.messageCode),
    originator: message.originator,
    target: message.target,
    originatorCounter: message.originatorCounter.toString(),
    dateTime: dateTime ? dateTimeText(dateTime) : null,
    clockStatus: dateTime?.[11] ?? null,
    supplementaryRemotePartyId: info.supplementaryRemotePartyId ?? null,
    supplementaryRemotePartyCounter: info.supplementaryRemotePartyCounter?.toString() ?? null,
    supplementaryOriginatorCounter: info.supplementaryOriginatorCounter?.toString() ?? null,
    supplementaryCertificate: info.supplementaryCertificate ? explainCertificate(info.supplementaryCertificate) : null,
    payload: explainPayload(payload, open),
    signature: message.signature ? toHex(message.signature) : null,
    mac: message.mac ? toHex(message.mac) : null,
  }
}

const explainCertificate = (der: Uint8Array): Json => describeElement(der) ?? toHex(der)

const nothing = {
  useCase: null,
  title: null,
  messageCode: null,
  originator: null,
  target: null,
  originatorCounter: null,
  dateTime: null,
  clockStatus: null,
  supplementaryRemotePartyId: null,
  supplementaryRemotePartyCounter: null,
  supplementaryOriginatorCounter: null,
  supplementaryCertificate: null,
  signature: null,
  mac: null,
} as const

/** A frame of block transfer; when it holds a whole message, that message too. */
function explainBlock({ data, ...frame }: BlockFrame, options: ExplainOptions): MessageDescription {
  const whole = frame.last && frame.blockNumber === 1 ? new BlockAssembly().add({ data, ...frame }) : undefined
  const content =
    whole && whole[0] !== BLOCK_TAG ? { message: { ...explainMessage(whole, options) } } : { data: toHex(data) }
  return { kind: 'block', ...nothing, payload: { format: 'block', ...frame, ...content } }
}
