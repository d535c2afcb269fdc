import { GbcsError } from '@smets2-sim/bytes'
import { type Data, decodeDataNotification, encodeDataNotification } from '@smets2-sim/cosem'
import { notificationContentOf } from '../alerts/notification-content.js'
import { typeProtectedResponse, typeValue, type TypedData, untype } from './typed-data.js'

/** An alert of a device that speaks COSEM. facts 4.1. */
export interface NotificationPayload {
  readonly format: 'notification'
  readonly invokeIdAndPriority: number
  readonly alertCode: number
  /** 12-octet date-time. */
  readonly dateTime: Uint8Array
  /** The elements after it as one structure: typed by the message code, a sealed log (0x0061), or as they are. */
  readonly content: TypedData
}

/** Message code of the alert that carries an encrypted billing log. facts 5.4. */
const SEALED_LOG = 0x0061

export function decodeNotification(messageCode: number, octets: Uint8Array): NotificationPayload {
  const { invokeIdAndPriority, body } = decodeDataNotification(octets)
  if (body.type !== 'structure')
    throw new GbcsError('invalidValue', `the alert is ${body.type}, expected a structure of code, time and content`)
  const [code, time, ...rest] = body.items
  if (code?.type !== 'longUnsigned' || time?.type !== 'octetString' || time.bytes.length !== 12)
    throw new GbcsError('invalidValue', 'the alert does not start with a long-unsigned and an octet-string(12)')
  return {
    format: 'notification',
    invokeIdAndPriority,
    alertCode: code.value,
    dateTime: time.bytes,
    content: rest.length === 0 ? { type: 'nothing' } : typeContent(messageCode, { type: 'structure', items: rest }),
  }
}

const typeContent = (messageCode: number, data: Data): TypedData =>
  messageCode === SEALED_LOG ? typeProtectedResponse(data) : typeValue(notificationContentOf(messageCode), data)

export function encodeNotification(payload: NotificationPayload): Uint8Array {
  const content = untype(payload.content)
  const items: Data[] = [
    { type: 'longUnsigned', value: payload.alertCode },
    { type: 'octetString', bytes: payload.dateTime },
  ]
  if (content.type === 'structure') items.push(...content.items)
  else if (content.type !== 'null') throw new GbcsError('misuse', `the content of an alert is ${content.type}`)
  return encodeDataNotification({
    invokeIdAndPriority: payload.invokeIdAndPriority,
    body: { type: 'structure', items },
  })
}
