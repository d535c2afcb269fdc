import { type Eui64, eui64Bytes, Writer } from '@smets2-sim/bytes'
import { type Data, encodeDateTime } from '@smets2-sim/cosem'
import { alerts, encodeAsn1, subGhzConfiguration, toGeneralizedTime, transferAlert } from '@smets2-sim/gbcs'
import { type Device, itemOf, raise } from '@smets2-sim/firmware'
import { panBackup } from './device-log/hub-log.js'

// Events of a communications hub with something to say besides their code. facts 4.2.

const octets = (bytes: Uint8Array): Data => ({ type: 'octetString', bytes })

/** The device log has changed: CS14, 8F12, with all that a new hub would need. facts 8. */
export function deviceLogChanged(device: Device): void {
  const { extendedPanId, devices } = panBackup(device)
  raise(device, 'chfDeviceLogChanged', {
    dlms: [
      {
        type: 'structure',
        items: [
          octets(encodeDateTime(device.now)),
          octets(extendedPanId),
          {
            type: 'array',
            items: devices.map(({ deviceId, hashedLinkKey }) => ({
              type: 'structure',
              items: [octets(eui64Bytes(deviceId)), octets(hashedLinkKey)],
            })),
          },
        ],
      },
    ],
  })
}

/** A sub-GHz device must hold its peace for a while: DBCH06, 8F20. */
export const limitedDutyCycle = (device: Device, other: Eui64): void =>
  raise(device, 'limitedDutyCycleActionTaken', { dlms: [octets(eui64Bytes(other))] })
/** No room for another sub-GHz device: DBCH11, 8F2D. */
export const noSubGhzCapacity = (device: Device, other: Eui64): void =>
  raise(device, 'noMoreSubGHzDeviceCapacity', { dlms: [octets(eui64Bytes(other))] })

/** The sub-GHz channel has changed: DBCH07, 8F26. `channel` is its page mask of 32 bits. */
export const subGhzChannelChanged = (device: Device, channel: string, reason: number): void =>
  raise(device, 'subGHzChannelChanged', {
    dlms: [
      {
        type: 'structure',
        items: [{ type: 'bitString', bits: 32, bytes: bitOctets(channel) }, octets(Uint8Array.of(reason))],
      },
    ],
  })
const bitOctets = (bits: string): Uint8Array => new Writer(4).u32(parseInt(bits, 2)).done()

/** A channel scan that was asked for has been assessed: DBCH08, 8F28. */
export const channelScanAssessed = (device: Device, request: number, outcome: number): void =>
  raise(device, 'subGHzChannelScanRequestAssessmentOutcome', {
    dlms: [{ type: 'structure', items: [octets(Uint8Array.of(request)), octets(Uint8Array.of(outcome))] }],
  })

/** The sub-GHz configuration has been set: 8F2A, with all of it. */
export const subGhzConfigurationChanged = (device: Device): void =>
  raise(device, 'subGHzConfigurationChanged', {
    dlms: [subGhzConfiguration.value.schema.encode(device.items.read(itemOf(subGhzConfiguration.value)))],
  })

/** The message that was not delivered: 25 octets. facts 4.2. */
export interface LostMessage {
  readonly originator: Eui64
  readonly target: Eui64
  /** CRA flag. */
  readonly kind: number
  readonly originatorCounter: bigint
}
const lostOctets = (message: LostMessage): Uint8Array =>
  new Writer(25)
    .bytes(eui64Bytes(message.originator))
    .bytes(eui64Bytes(message.target))
    .u8(message.kind)
    .u64(message.originatorCounter)
    .done()

/** A message was dropped because the air time is used up: DBCH10, 8F2C. */
export const messageDiscarded = (device: Device, message: LostMessage): void =>
  raise(device, 'messageDiscardedDueToDutyCycleManagement', { dlms: [octets(lostOctets(message))] })
/** A message did not reach the electricity meter: 8F84. */
export const deliveryFailed = (device: Device, message: LostMessage): void =>
  raise(device, 'failureToDeliverRemotePartyMessageToEsme', { dlms: [octets(lostOctets(message))] })

/** Outcome of the transfer of an image to a device: CCS08, 8F8A and 8F89. facts 7.6. */
export const transferResult = {
  success: 0,
  imageDiscarded: 1,
  hardwareVersionMismatch: 2,
  fileTransferFailure: 3,
} as const
export function firmwareTransferred(
  device: Device,
  other: Eui64,
  firmwareVersion: Uint8Array,
  result: keyof typeof transferResult,
): void {
  const name = result === 'success' ? 'firmwareTransferSucceeded' : 'firmwareTransferFailed'
  const content = encodeAsn1(transferAlert, {
    alertCode: alerts[name].code,
    time: toGeneralizedTime(device.now),
    deviceId: eui64Bytes(other),
    firmwareVersion,
    code: transferResult[result],
  })
  raise(device, name, { asn1: { payload: 'CCS08', content } })
}
