import { toLatin1, utf8 } from '@smets2-sim/bytes'
import { decodeData, decodeDateTime, encodeData } from '@smets2-sim/cosem'
import { parseCertificate, parseCertificationRequest } from '@smets2-sim/crypto'
import {
  asn1Payloads,
  decodeAsn1,
  decodeBlockFrame,
  decodeMessage,
  decodePayload,
  decodeUtrn,
  encodeAsn1,
  encodeBlockFrame,
  encodeMessage,
  encodePayload,
  encodeUtrn,
  explainMessage,
  parseMessageText,
} from '@smets2-sim/gbcs'
import { clusters, decodeCommand, decodeFrame, encodeFields, encodeFrame } from '@smets2-sim/zcl'
import type { Seeds } from './seeds.js'

/**
 * One decoder with octets that it reads. `decode` gives a value; where the format is one to one, `encode` gives the
 * octets back.
 */
export interface FuzzCase {
  readonly octets: Uint8Array
  decode(octets: Uint8Array): unknown
  encode?(value: unknown): Uint8Array
}
export interface FuzzTarget {
  readonly name: string
  readonly cases: readonly FuzzCase[]
}

function target<T>(
  name: string,
  seeds: readonly Uint8Array[],
  decode: (octets: Uint8Array) => T,
  encode?: (value: T) => Uint8Array,
): FuzzTarget {
  const both = { decode, ...(encode && { encode: (value: unknown) => encode(value as T) }) }
  return { name, cases: seeds.map((octets) => ({ octets, ...both })) }
}

/** Every decoder of the codec. */
export const fuzzTargets = (seeds: Seeds): readonly FuzzTarget[] =>
  [
    target('message', seeds.octets, decodeMessage, encodeMessage),
    target('explain', [...seeds.octets, ...seeds.blocks], explainMessage),
    target('block', seeds.blocks, decodeBlockFrame, encodeBlockFrame),
    {
      name: 'payload',
      cases: seeds.messages.map(({ message: { kind, otherInformation, content } }) => ({
        octets: content,
        decode: (octets: Uint8Array) => decodePayload({ kind, otherInformation, content: octets }),
        encode: encodePayload as (value: unknown) => Uint8Array,
      })),
    },
    { name: 'asn1', cases: seeds.messages.flatMap(asn1Case) },
    target('data', seeds.data, decodeData, encodeData),
    target(
      'dateTime',
      seeds.messages.flatMap(({ message }) => message.dateTime ?? []),
      decodeDateTime,
    ),
    target(
      'zclFrame',
      seeds.frames.map(({ octets }) => octets),
      decodeFrame,
      encodeFrame,
    ),
    {
      name: 'zclCommand',
      cases: seeds.frames.map(({ clusterId, octets }) => ({
        octets,
        decode: (bytes: Uint8Array) => decodeCommandOf(clusterId, bytes),
        encode: (value: unknown) => (value as ReturnType<typeof decodeCommandOf>).encode(),
      })),
    },
    target('certificate', seeds.elements, parseCertificate),
    target('certificationRequest', seeds.elements, parseCertificationRequest),
    target(
      'utrn',
      seeds.utrns,
      (octets) => decodeUtrn(toLatin1(octets)),
      (ptut) => utf8(encodeUtrn(ptut)),
    ),
    target('messageText', seeds.texts, (octets) => parseMessageText(toLatin1(octets))),
  ].filter(({ cases }) => cases.length > 0)

function asn1Case({ payload, message: { content } }: Seeds['messages'][number]): FuzzCase[] {
  const type = payload.format === 'asn1' ? asn1Payloads.get(payload.messageCode)?.[payload.kind] : undefined
  if (!type) return []
  return [
    {
      octets: content,
      decode: (octets) => decodeAsn1(type, octets),
      encode(value) {
        const decoded = value as ReturnType<typeof decodeAsn1>
        return encodeAsn1(type, decoded.value, decoded.form)
      },
    },
  ]
}

/** A frame with the fields of its command, and how both are written again. */
function decodeCommandOf(clusterId: number, octets: Uint8Array) {
  const frame = decodeFrame(octets)
  const { definition, fields } = decodeCommand(clusters.get(clusterId), frame)
  const payload = (): Uint8Array => (definition ? encodeFields(definition, fields as never) : frame.payload)
  return { encode: () => encodeFrame({ ...frame, payload: payload() }) }
}
