import { toLatin1, utf8 } from '@smets2-sim/bytes'
import { decodeAccessRequest, decodeData, decodeDateTime, encodeData } from '@smets2-sim/cosem'
import { parseCertificate, parseCertificationRequest } from '@smets2-sim/crypto'
import {
  asn1Payloads,
  decodeAsn1,
  decodeBlockFrame,
  decodeGbz,
  decodeMessage,
  decodePayload,
  decodeUtrn,
  encodeAsn1,
  encodeBlockFrame,
  encodeMessage,
  encodePayload,
  encodeProtectedValues,
  encodeUtrn,
  explainMessage,
  parseMessageText,
  sealedParts,
  useCaseByCode,
} from '@smets2-sim/gbcs'
import { clusters, decodeCommand, decodeFrame, encodeFields, encodeFrame } from '@smets2-sim/zcl'
import { carrierTargets } from './carrier-targets.js'
import { partTargets } from './part-targets.js'
import type { Seeds } from './seeds.js'
import { type FuzzCase, type FuzzTarget, target } from './target.js'

/** Every decoder of octets or text from outside: of messages, and of all that carries, signs or describes them. */
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
    { name: 'useCase', cases: seeds.messages.flatMap(useCaseCase) },
    { name: 'plaintext', cases: seeds.messages.flatMap(plaintextCases) },
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
    ...partTargets,
    ...carrierTargets(seeds.octets),
  ].filter(({ cases }) => cases.length > 0)

/** What a device does with the payload of a command: which items are allowed, and what are their values. */
function useCaseCase({ message: { kind, otherInformation, content } }: Seeds['messages'][number]): FuzzCase[] {
  const useCase = kind === 'command' ? useCaseByCode(otherInformation.messageCode) : undefined
  if (!useCase) return []
  const allowed = (octets: Uint8Array): readonly boolean[] => {
    if (useCase.payload === 'cosem') return decodeAccessRequest(octets).items.map(useCase.opens)
    return useCase.payload === 'gbz' ? decodeGbz(octets).map(useCase.opens) : []
  }
  return [{ octets: content, decode: (octets) => ({ allowed: allowed(octets), values: useCase.parse(octets) }) }]
}

/** What a party does with the plaintext of an encrypted part. */
function plaintextCases({ payload }: Seeds['messages'][number]): FuzzCase[] {
  const members =
    payload.format === 'accessResponse'
      ? payload.results.flatMap(({ item }) =>
          item?.declared.kind === 'protectedGet' ? [Object.values(item.declared.members)] : [],
        )
      : []
  return sealedParts(payload).flatMap(({ retype }, i) => {
    const octets = members[i] && encodeProtectedValues(members[i].map(({ schema }) => schema.encode(schema.initial)))
    return octets ? [{ octets, decode: (plaintext: Uint8Array) => ({ again: retype(plaintext) }) }] : []
  })
}

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
