import { type Eui64, eui64, GbcsError, Reader } from '@smets2-sim/bytes'
import { type Data, decodeDataNotification, decodeDateTime } from '@smets2-sim/cosem'
import {
  alertOf,
  asn1Payloads,
  type Asn1Value,
  type backupLogAlert,
  billingCalendarLog,
  billingCalendarPrepaymentLog,
  type DecodedMessage,
  decodeAsn1,
  decodeGbzAlert,
  decodeProtectedResponse,
  decodeProtectedValues,
  subGhzConfiguration,
  type transferAlert,
  type versionAlert,
} from '@smets2-sim/gbcs'
import * as hub from '@smets2-sim/chf'
import * as electricity from '@smets2-sim/esme'
import {
  commandNotSupported,
  type Device,
  firmwareVerified,
  firmwareVersion,
  firmwareVersionRead,
  integrityIssue,
  integrityIssues,
  primeAttribute,
  primeAttributeData,
  raise,
  setDeviceLog,
} from '@smets2-sim/firmware'

/** What an alert tells of what happened, and the device on which it is to happen. */
export interface StimulusContext {
  readonly device: Device
  readonly message: DecodedMessage
  /** Elements after code and time in an alert of a COSEM device. */
  readonly elements: readonly Data[]
  /** Octets after code and time in an alert of a ZCL device. */
  readonly octets: Uint8Array
  readonly open: (sealed: Uint8Array) => Uint8Array | undefined
}
type Stimulus = (context: StimulusContext) => void

const octetsOf = (data: Data | undefined): Uint8Array => {
  if (data?.type !== 'octetString')
    throw new GbcsError('invalidValue', `${data?.type ?? 'nothing'} where an octet-string was expected`)
  return data.bytes
}
const itemsOf = (data: Data | undefined): readonly Data[] => {
  if (data?.type !== 'structure' && data?.type !== 'array')
    throw new GbcsError('invalidValue', `${data?.type ?? 'nothing'} where a structure was expected`)
  return data.items
}
const numberOf = (data: Data | undefined): number => (data && 'value' in data ? Number(data.value) : NaN)
const timeOf = (data: Data | undefined): number => decodeDateTime(octetsOf(data)).time
const idOf = (data: Data | undefined): Eui64 => eui64(octetsOf(data))
const asn1Of = ({ content, otherInformation }: DecodedMessage): unknown => {
  const type = asn1Payloads.get(otherInformation.messageCode)?.alert
  return type && decodeAsn1(type, content).value
}

const phases: Readonly<Record<number, electricity.OutagePhase>> = {
  0x8f35: 'all',
  0x8f36: 'all',
  0x8f37: 1,
  0x8f38: 1,
  0x8f39: 2,
  0x8f3a: 2,
  0x8f3b: 3,
  0x8f3c: 3,
}
const outage =
  (code: number): Stimulus =>
  ({ device, elements: [from, to] }) =>
    electricity.outageRestored(device, phases[code] as electricity.OutagePhase, timeOf(from), timeOf(to))

const verified =
  (ok: boolean): Stimulus =>
  ({ device, elements, octets }) =>
    firmwareVerified(device, elements[0] ? octetsOf(elements[0]) : octets.subarray(3), ok)

const lost = ({ elements: [octets] }: StimulusContext): hub.LostMessage => {
  const reader = new Reader(octetsOf(octets))
  return {
    originator: eui64(reader.take(8, 'originator')),
    target: eui64(reader.take(8, 'target')),
    kind: reader.u8('CRA flag'),
    originatorCounter: reader.u64('originator counter'),
  }
}

const transferred: Stimulus = ({ device, message }) => {
  const { deviceId, firmwareVersion: version, code } = asn1Of(message) as Asn1Value<typeof transferAlert>
  const result = Object.entries(hub.transferResult).find(([, value]) => value === code)?.[0]
  hub.firmwareTransferred(device, eui64(deviceId), version, result as keyof typeof hub.transferResult)
}

/** What makes a device raise each alert that says more than its code; all others are events of their own. */
const stimuli: Readonly<Record<number, Stimulus>> = {
  ...Object.fromEntries(Object.keys(phases).map((code) => [code, outage(Number(code))])),
  0x8071: ({ device, message }) => {
    const { entries } = asn1Of(message) as Asn1Value<typeof backupLogAlert>
    setDeviceLog(
      device,
      entries.map(({ deviceId, deviceType }) => ({ deviceId: eui64(deviceId), deviceType })),
    )
    device.profile.deviceLogChanged?.(device)
  },
  0x81a0: ({ device, elements, octets }) => {
    const reason = new Reader(elements[0] ? octetsOf(elements[0]) : octets.subarray(1)).u16('reason')
    integrityIssue(device, integrityIssues[reason] ?? 'other')
  },
  0x8f0a: ({ device, elements, octets, open }) => {
    if (device.kind !== 'esme') return device.profile.zcl?.billingDataUpdated?.(device, octets, open)
    const plaintext = open(decodeProtectedResponse({ type: 'structure', items: elements }).sealed)
    const values = plaintext ? decodeProtectedValues(plaintext) : []
    const logs = [billingCalendarLog.buffer, billingCalendarPrepaymentLog.buffer]
    values.forEach((value, i) => primeAttributeData(device, logs[i]?.key ?? '', value))
    electricity.billingDataLogUpdated(device, values.length > 1)
  },
  0x8f12: ({ device, elements: [backup] }) => {
    const [, panId, devices] = itemsOf(backup)
    device.items.write(hub.extendedPanId, octetsOf(panId))
    device.items.write(
      hub.hubLog,
      itemsOf(devices).map((entry) => {
        const [deviceId, hashedLinkKey] = itemsOf(entry)
        return {
          deviceId: idOf(deviceId),
          deviceType: 0,
          installCode: new Uint8Array(0),
          hashedLinkKey: octetsOf(hashedLinkKey),
        }
      }),
    )
    hub.deviceLogChanged(device)
  },
  0x8f1c: verified(false),
  0x8f72: verified(true),
  0x8f20: ({ device, elements: [other] }) => hub.limitedDutyCycle(device, idOf(other)),
  0x8f26: ({ device, elements: [change] }) => {
    const [channel, reason] = itemsOf(change)
    const mask =
      channel?.type === 'bitString'
        ? [...channel.bytes].map((octet) => octet.toString(2).padStart(8, '0')).join('')
        : ''
    hub.subGhzChannelChanged(device, mask, octetsOf(reason)[0] ?? 0)
  },
  0x8f28: ({ device, elements: [assessment] }) => {
    const [request, outcome] = itemsOf(assessment)
    hub.channelScanAssessed(device, octetsOf(request)[0] ?? 0, octetsOf(outcome)[0] ?? 0)
  },
  0x8f2a: ({ device, elements: [settings] }) => {
    primeAttribute(device, subGhzConfiguration.value, subGhzConfiguration.value.schema.decode(settings as Data))
    hub.subGhzConfigurationChanged(device)
  },
  0x8f2c: (context) => hub.messageDiscarded(context.device, lost(context)),
  0x8f84: (context) => hub.deliveryFailed(context.device, lost(context)),
  0x8f2d: ({ device, elements: [other] }) => hub.noSubGhzCapacity(device, idOf(other)),
  0x8f85: ({ device, elements: [command], message: { otherInformation: about } }) => {
    const reader = new Reader(octetsOf(command))
    commandNotSupported(
      device,
      { messageCode: reader.u16('message code'), originatorCounter: reader.u64('counter') },
      { id: about.supplementaryRemotePartyId as Eui64, counter: about.supplementaryRemotePartyCounter ?? 0n },
    )
  },
  0x8f86: ({ device, elements: [which, start, end, level] }) =>
    electricity.controllerLimitProcessed(device, {
      directionAndNumber: numberOf(which),
      start: timeOf(start),
      end: timeOf(end),
      level: numberOf(level),
    }),
  0x8f87: ({ device, elements: [which, level] }) =>
    electricity.controllerLimitEnded(device, { directionAndNumber: numberOf(which), level: numberOf(level) }),
  0x8f88: ({ device, elements: [state], message }) =>
    electricity.operationalUpdate(
      device,
      message.otherInformation.supplementaryRemotePartyId as Eui64,
      state?.type === 'utf8String' ? new TextDecoder().decode(state.bytes) : '',
    ),
  0x8f89: transferred,
  0x8f8a: transferred,
  0x8f8b: ({ device, message }) => {
    device.items.write(firmwareVersion, (asn1Of(message) as Asn1Value<typeof versionAlert>).firmwareVersion)
    firmwareVersionRead(device)
  },
}

/** Lets happen on the device what the alert tells of. */
export function stimulate(code: number, context: StimulusContext): void {
  const row = alertOf(code)
  if (!row) throw new GbcsError('unsupported', `alert ${code.toString(16)} is not in the table`)
  const stimulus = stimuli[code]
  if (stimulus) stimulus(context)
  else raise(context.device, row.name)
}

/** Parts of an alert after code and time. */
export function partsOf(
  message: DecodedMessage,
): Pick<StimulusContext, 'elements' | 'octets'> & { readonly time?: number } {
  const empty = { elements: [], octets: new Uint8Array(0) }
  if (asn1Payloads.get(message.otherInformation.messageCode)?.alert) return empty
  if (message.content[0] === 0x0f) {
    const [, time, ...elements] = itemsOf(decodeDataNotification(message.content).body)
    return { ...empty, elements, time: timeOf(time) }
  }
  const { time, content } = decodeGbzAlert(message.content)
  return { ...empty, time, octets: content ?? empty.octets }
}
