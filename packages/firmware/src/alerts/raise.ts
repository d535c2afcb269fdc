import { concat, type Eui64 } from '@smets2-sim/bytes'
import { type Data, encodeDataNotification, encodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import {
  type AlertCode,
  alertMessageCode,
  type AlertName,
  type AlertPayload,
  alertRecipientRoles,
  alerts,
  encodeGbzAlert,
  longInvokeId,
  sealSensitive,
  type MessageBody,
  type OtherInformation,
  type RemotePartyRole,
} from '@smets2-sim/gbcs'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { macked, signed } from '../response/respond.js'
import { behaviourAllows } from './behaviour.js'

/** A sealed or plain payload that depends on who gets it and on the counter of the alert. */
export interface AlertContext {
  readonly recipient: Eui64
  readonly counter: bigint
  /** Encrypts for the recipient under the counter of the alert. */
  seal(plaintext: Uint8Array): Uint8Array
}

/** A party that a device knew until now. */
export interface FormerParty {
  readonly id: Eui64
  readonly keyAgreement?: Uint8Array
}

/** What is particular about one alert. */
export interface AlertDetails {
  /** When it happened; now where it is left out. */
  readonly time?: UtcSeconds
  /** What the entry in the event log says besides the code. */
  readonly event?: Uint8Array
  /** What the entry in the power event log says besides the code. */
  readonly powerValue?: number
  /** The party whose command it is about, in its role: it gets the alert. */
  readonly about?: { readonly id: Eui64; readonly role: RemotePartyRole }
  /** Parties that get it too, though their credentials have left the device: with the key for a last message. */
  readonly also?: readonly FormerParty[]
  /** Elements after code and time in an alert of a device that speaks COSEM. */
  readonly dlms?: readonly Data[] | ((context: AlertContext) => readonly Data[])
  /** Octets after code and time in an alert of a device that speaks ZCL. */
  readonly gbz?: Uint8Array | ((context: AlertContext) => Uint8Array)
  /** The whole payload of an alert that is an ASN.1 structure. */
  readonly asn1?: { readonly payload: AlertPayload; readonly content: Uint8Array }
  /** Whom it is about, besides its recipient. */
  readonly supplementary?: Omit<OtherInformation, 'messageCode'>
}

/** Raises an alert or event: into the logs that its row names, and to the parties that are to know of it. facts 4. */
export function raise(device: Device, name: AlertName, details: AlertDetails = {}): void {
  const row = alerts[name]
  const time = details.time ?? device.now
  device.after(() => {
    logAlert(device, row, time, details)
    if (row.wan > 0 && behaviourAllows(device, row, 'wan') && !floods(device, row))
      for (const recipient of recipients(device, row, details)) sendAlert(device, row, time, details, recipient)
    if (row.han && behaviourAllows(device, row, 'han')) device.ports.share?.({ code: row.code, time })
  })
}

/** Alerts of one code that are sent in an hour; the logs keep the others. Our decision: a loose contact must not block the way out. */
const SENT_AN_HOUR = 20
const HOUR_S = 3600
type Sent = Readonly<Record<number, { readonly since: UtcSeconds; readonly count: number } | undefined>>
const sentAlerts: Item<Sent> = item('alerts.sent', {})

/** Whether enough of these were sent in this hour. Those that answer a command are as many as the commands. */
function floods(device: Device, { code, toOriginator }: AlertCode): boolean {
  if (toOriginator) return false
  const sent = device.items.read(sentAlerts)
  const before = sent[code]
  const isNewHour = !before || device.now - before.since >= HOUR_S || device.now < before.since
  const now = isNewHour ? { since: device.now, count: 1 } : { ...before, count: before.count + 1 }
  if (now.count <= SENT_AN_HOUR) device.items.write(sentAlerts, { ...sent, [code]: now })
  return now.count > SENT_AN_HOUR
}

function logAlert(device: Device, row: AlertCode, time: UtcSeconds, details: AlertDetails): void {
  // the log of auxiliary controllers is kept by what controls them
  const { event, security, power } = device.profile.alertLogs
  const mayLog = behaviourAllows(device, row, 'logging')
  if (row.logs.security && security) device.log(security).append({ time, code: row.code })
  if (!mayLog) return
  if (row.logs.event && event)
    device.log(event).append({ time, code: row.code, otherInformation: details.event ?? new Uint8Array(0) })
  if (row.logs.power && power)
    device.log(power).append({ time, code: row.code, otherInformation: details.powerValue ?? 0 })
}

interface Recipient {
  readonly id: Eui64
  readonly key: Uint8Array | undefined
}

function recipients(device: Device, row: AlertCode, { about, also = [] }: AlertDetails): readonly Recipient[] {
  const known = (id: Eui64, role: RemotePartyRole): Recipient => ({
    id,
    key: device.anchors.keyOf(id, role, 'keyAgreement')?.publicKey,
  })
  const former = also.map(({ id, keyAgreement: key }): Recipient => ({ id, key }))
  if (about && row.toOriginator) return [known(about.id, about.role), ...former]
  const usual = alertRecipientRoles(row, device.kind).flatMap((role) => {
    const anchor = device.anchors.get(role, 'keyAgreement') ?? device.anchors.get(role, 'digitalSignature')
    return anchor ? [known(anchor.entityId, role)] : []
  })
  return [...usual, ...former]
}

function sendAlert(
  device: Device,
  row: AlertCode,
  time: UtcSeconds,
  details: AlertDetails,
  { id: recipient, key }: Recipient,
): void {
  const { crypto, keys } = device.ports
  const counter = device.counters.next()
  const context: AlertContext = {
    recipient,
    counter,
    seal(plaintext) {
      const z = keys.agree({ id: recipient, usage: 'keyAgreement', publicKey: key ?? new Uint8Array(0) })
      return sealSensitive(crypto, z, { device: device.id, recipient, counter }, plaintext)
    },
  }
  const payload = details.asn1?.payload ?? device.profile.alertPayload
  const body: MessageBody = {
    kind: 'alert',
    originatorCounter: counter,
    originator: device.id,
    target: recipient,
    otherInformation: { messageCode: alertMessageCode(row, payload), ...details.supplementary },
    content: details.asn1?.content ?? content(device, row, time, details, context),
  }
  if (row.critical) device.send(signed(device, body))
  else if (key) device.send(macked(device, body, recipient, key))
}

function content(
  device: Device,
  row: AlertCode,
  time: UtcSeconds,
  { dlms, gbz }: AlertDetails,
  context: AlertContext,
): Uint8Array {
  if (device.profile.alertPayload === 'gbz') {
    const special = typeof gbz === 'function' ? gbz(context) : gbz
    return encodeGbzAlert({ alertCode: row.code, time, ...(special && { content: special }) })
  }
  const elements = (typeof dlms === 'function' ? dlms(context) : dlms) ?? []
  return encodeDataNotification({
    invokeIdAndPriority: longInvokeId(context.counter),
    body: {
      type: 'structure',
      items: [
        { type: 'longUnsigned', value: row.code },
        { type: 'octetString', bytes: encodeDateTime(time) },
        ...elements,
      ],
    },
  })
}

/** Octets after the number of components of a GBZ alert: one component of plain octets. facts 4.1. */
export const gbzOctets = (octets: Uint8Array): Uint8Array => concat(Uint8Array.of(1, octets.length), octets)
