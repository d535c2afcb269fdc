import { GbcsError, utf8 } from '@smets2-sim/bytes'
import {
  type Data,
  decodeAccessRequest,
  decodeAccessResponse,
  decodeDataNotification,
  encodeData,
} from '@smets2-sim/cosem'
import {
  type DecodedMessage,
  decodeGbz,
  decodeMessage,
  decodePayload,
  encodeBlockFrame,
  encodeUtrn,
  type Payload,
  toBlocks,
} from '@smets2-sim/gbcs'
import { encodeFrame } from '@smets2-sim/zcl'

/** A decoded message with its typed payload. */
export interface SeedMessage {
  readonly message: DecodedMessage
  readonly payload: Payload
}
/** Octets of every format that a decoder reads, taken out of whole messages. */
export interface Seeds {
  readonly octets: readonly Uint8Array[]
  readonly messages: readonly SeedMessage[]
  readonly blocks: readonly Uint8Array[]
  /** A-XDR data: arguments, values, bodies of notifications. */
  readonly data: readonly Uint8Array[]
  readonly frames: readonly { readonly clusterId: number; readonly octets: Uint8Array }[]
  /** Certificates and certification requests. */
  readonly elements: readonly Uint8Array[]
  /** Texts of tokens, and of messages as people write them. */
  readonly utrns: readonly Uint8Array[]
  readonly texts: readonly Uint8Array[]
}

/** Takes messages apart; those that are none are left out. */
export function seedsOf(octets: readonly Uint8Array[], elements: readonly Uint8Array[]): Seeds {
  const messages = octets.flatMap((bytes) => {
    try {
      const message = decodeMessage(bytes)
      return [{ message, payload: decodePayload(message) }]
    } catch (error) {
      if (error instanceof GbcsError) return []
      throw error
    }
  })
  return {
    octets,
    messages,
    blocks: octets.flatMap((bytes) => toBlocks(bytes, 200).slice(0, 2).map(encodeBlockFrame)),
    data: messages.flatMap(dataIn).map(encodeData),
    frames: messages.flatMap(framesIn),
    elements: [
      ...elements,
      ...messages.flatMap(({ payload }) => (payload.format === 'asn1' ? elementsIn(payload.value) : [])),
    ],
    utrns: (['pence', 'pounds'] as const).flatMap((valueClass) =>
      [0, 1023].map((truncatedCounter) =>
        utf8(encodeUtrn({ truncatedCounter, valueClass, value: 1250, mac: 0x12345678 })),
      ),
    ),
    texts: octets.slice(0, 200).flatMap(textsOf),
  }
}

function dataIn({ message: { content }, payload }: SeedMessage): readonly Data[] {
  if (payload.format === 'accessRequest') return decodeAccessRequest(content).items.map(({ data }) => data)
  if (payload.format === 'accessResponse') return decodeAccessResponse(content).results.map(({ data }) => data)
  return payload.format === 'notification' ? [decodeDataNotification(content).body] : []
}

const framesIn = ({ message, payload }: SeedMessage): Seeds['frames'] =>
  payload.format === 'gbz'
    ? decodeGbz(message.content).map(({ clusterId, frame }) => ({ clusterId, octets: encodeFrame(frame) }))
    : []

const SEQUENCE = 0x30
function elementsIn(value: unknown): Uint8Array[] {
  if (value instanceof Uint8Array) return value[0] === SEQUENCE && value.length > 100 ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(elementsIn) : []
}

function textsOf(octets: Uint8Array): Uint8Array[] {
  const buffer = Buffer.from(octets)
  const hex = buffer.toString('hex')
  return [hex, buffer.toString('base64'), `GBCS:DATA#0:${octets.length}:${hex.toUpperCase()}`].map(utf8)
}
