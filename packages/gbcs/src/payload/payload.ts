import { GbcsError } from '@smets2-sim/bytes'
import { asn1Payloads, decodeAsn1, encodeAsn1, type LengthForm } from '../asn1/index.js'
import type { MessageBody, MessageKind } from '../envelope/index.js'
import { useCaseByCode } from '../use-cases/index.js'
import { type AccessRequestPayload, decodeAccessRequestPayload, encodeAccessRequestPayload } from './access-request.js'
import {
  type AccessResponsePayload,
  decodeAccessResponsePayload,
  encodeAccessResponsePayload,
} from './access-response.js'
import { decodeGbzAlertPayload, encodeGbzAlertPayload, type GbzAlertPayload } from './gbz-alert.js'
import { decodeGbzPayload, encodeGbzPayload, type GbzPayload } from './gbz-parts.js'
import { decodeNotification, encodeNotification, type NotificationPayload } from './notification.js'

/** A structure of the ASN.1 use cases, with the form in which its lengths were written. facts 7. */
export interface Asn1Payload {
  readonly format: 'asn1'
  readonly messageCode: number
  readonly kind: MessageKind
  readonly value: unknown
  readonly form: LengthForm
}
/** The payload of a message code that is none of ours, in none of the known formats. */
export interface OpaquePayload {
  readonly format: 'opaque'
  readonly octets: Uint8Array
}

/** The typed payload of any message. */
export type Payload =
  | AccessRequestPayload
  | AccessResponsePayload
  | NotificationPayload
  | GbzPayload
  | GbzAlertPayload
  | Asn1Payload
  | OpaquePayload

type Headed = Pick<MessageBody, 'kind' | 'content' | 'otherInformation'>

/** First octet of the COSEM services, by the kind of message that carries them. */
const cosemTag: Readonly<Record<MessageKind, number>> = { command: 0xd9, response: 0xda, alert: 0x0f }

/**
 * The typed payload of a message. `encodePayload` gives the same octets back.
 * @throws GbcsError when the octets do not fit the format of the message code
 */
export function decodePayload({ kind, content, otherInformation: { messageCode } }: Headed): Payload {
  const useCase = useCaseByCode(messageCode)
  if (content[0] === cosemTag[kind]) {
    if (kind === 'command') return decodeAccessRequestPayload(content)
    if (kind === 'alert') return decodeNotification(messageCode, content)
    return decodeAccessResponsePayload(useCase?.payload === 'cosem' ? useCase : undefined, content)
  }
  if (content[0] === 0x01 && content[1] === 0x09)
    return kind === 'alert' ? decodeGbzAlertPayload(messageCode, content) : decodeGbzPayload(content)
  const type = asn1Payloads.get(messageCode)?.[kind]
  if (type)
    return { format: 'asn1', messageCode, kind, ...(decodeAsn1(type, content) as Pick<Asn1Payload, 'value' | 'form'>) }
  if (useCase)
    throw new GbcsError(
      'invalidTag',
      `the ${kind} of ${useCase.name} starts with octet ${content[0]}, expected ${useCase.payload}`,
    )
  return { format: 'opaque', octets: content }
}

/** Octets of a typed payload; the reverse of `decodePayload`. */
export function encodePayload(payload: Payload): Uint8Array {
  switch (payload.format) {
    case 'accessRequest':
      return encodeAccessRequestPayload(payload)
    case 'accessResponse':
      return encodeAccessResponsePayload(payload)
    case 'notification':
      return encodeNotification(payload)
    case 'gbz':
      return encodeGbzPayload(payload)
    case 'gbzAlert':
      return encodeGbzAlertPayload(payload)
    case 'asn1': {
      const type = asn1Payloads.get(payload.messageCode)?.[payload.kind]
      if (!type) throw new GbcsError('misuse', `message code ${payload.messageCode} has no ASN.1 ${payload.kind}`)
      return encodeAsn1(type, payload.value, payload.form)
    }
    case 'opaque':
      return payload.octets
  }
}
