import { type Eui64 } from '@smets2-sim/bytes'
import { encodeAsn1, toGeneralizedTime, versionAlert, alerts } from '@smets2-sim/gbcs'
import { Writer } from '@smets2-sim/bytes'
import type { Device } from '../device.js'
import { firmwareVersion } from '../firmware-image/image.js'
import { raise } from './raise.js'

// Events with something to say besides their code, of more than one kind of device. facts 4.2.

/** An image has been verified after its transfer, or found wrong: 8F72, 8F1C. */
export function firmwareVerified(device: Device, manufacturerImageHash: Uint8Array, ok: boolean): void {
  raise(device, ok ? 'firmwareVerificationSuccessful' : 'firmwareVerificationFailed', {
    dlms: [{ type: 'octetString', bytes: manufacturerImageHash }],
    // a COSEM octet-string in a GBZ alert: as in the reference message
    gbz: new Writer(40).u8(1).u8(0x09).prefixed(manufacturerImageHash).done(),
  })
}

/** Reasons of 81A0 in the order of their numbers. */
export const integrityIssues = [
  'other',
  'nonVolatileMemory',
  'programExecution',
  'programStorage',
  'ram',
  'unexpectedHardwareReset',
  'watchdog',
  'metrologyFirmwareVerification',
  'measurementFault',
  'unspecified',
] as const
export type IntegrityIssue = (typeof integrityIssues)[number]

/** The meter doubts itself: 81A0. */
export function integrityIssue(device: Device, issue: IntegrityIssue): void {
  const reason = new Writer(2).u16(integrityIssues.indexOf(issue)).done()
  raise(device, 'smartMeterIntegrityIssueWarning', {
    dlms: [{ type: 'octetString', bytes: reason }],
    gbz: new Writer(3).u8(1).bytes(reason).done(),
  })
}

/** A display or a load switch tells the version that it has after an activation, 1 for one that failed: CS09, 8F8B. */
export function firmwareVersionRead(device: Device, status = 0): void {
  const content = encodeAsn1(versionAlert, {
    alertCode: alerts.firmwareVersionRead.code,
    time: toGeneralizedTime(device.now),
    firmwareVersion: device.items.read(firmwareVersion),
    status,
  })
  raise(device, 'firmwareVersionRead', { asn1: { payload: 'CS09', content } })
}

/** A party asked for something that this device does not do: ECS100, 8F85. Told to the broker, in the name of that party. */
export function commandNotSupported(
  device: Device,
  command: { readonly messageCode: number; readonly originatorCounter: bigint },
  party: { readonly id: Eui64; readonly counter: bigint },
): void {
  const broker = device.anchors.get('accessControlBroker', 'keyAgreement')
  raise(device, 'commandNotSupportedByDevice', {
    ...(broker && { about: { id: broker.entityId, role: 'accessControlBroker' } }),
    dlms: [
      { type: 'octetString', bytes: new Writer(10).u16(command.messageCode).u64(command.originatorCounter).done() },
    ],
    supplementary: { supplementaryRemotePartyId: party.id, supplementaryRemotePartyCounter: party.counter },
  })
}
