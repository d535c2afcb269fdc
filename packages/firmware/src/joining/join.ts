import { eui64, GbcsError } from '@smets2-sim/bytes'
import { parseCertificate } from '@smets2-sim/crypto'
import {
  type Asn1Value,
  type DeviceKind,
  deviceType,
  joinCommand,
  joinMethod,
  joinResult,
  unjoinResult,
} from '@smets2-sim/gbcs'
import { raise } from '../alerts/raise.js'
import { type Asn1Executor, asn1FaultKey } from '../asn1/executor.js'
import {
  DEVICE_LOG_CAPACITY,
  deviceLog,
  type DeviceLogEntry,
  inDeviceLog,
  setDeviceLog,
} from '../credentials/device-log.js'
import type { Device } from '../device.js'

type Command = Asn1Value<typeof joinCommand>

const { gsme, esme, gpf, hcalcs, ppmid, type2 } = deviceType
/**
 * What each device may join by which method. The specification's table (13.7.4.1) is not public: this one is our
 * decision, after the reference messages and facts 8.
 */
const partners: Readonly<Partial<Record<DeviceKind, Readonly<Partial<Record<number, readonly number[]>>>>>> = {
  esme: { [joinMethod.methodAInitiator]: [hcalcs, ppmid], [joinMethod.methodB]: [type2] },
  gsme: { [joinMethod.methodB]: [gpf], [joinMethod.methodC]: [ppmid] },
  gpf: { [joinMethod.methodAResponder]: [ppmid, gsme], [joinMethod.methodB]: [gsme, type2, ppmid] },
  ppmid: { [joinMethod.methodAResponder]: [esme, gpf], [joinMethod.methodC]: [gsme] },
  hcalcs: { [joinMethod.methodAResponder]: [esme] },
}
const messageCodes: Readonly<Record<number, number>> = {
  [joinMethod.methodAInitiator]: 0x000d,
  [joinMethod.methodAResponder]: 0x00ab,
  [joinMethod.methodB]: 0x000e,
  [joinMethod.methodC]: 0x00af,
}

/** CS03A1, CS03A2, CS03B, CS03C: takes another device into the device log. facts 8. */
export const join: Asn1Executor = {
  execute({ device, message, useCase, afterwards }, command: Command) {
    const value =
      device.faults.take(asn1FaultKey(useCase.name)) ??
      (messageCodes[command.joinMethodAndRole] === message.otherInformation.messageCode
        ? addToLog(device, command)
        : joinResult.invalidMessageCodeForJoinMethodAndRole)
    const ok = value === joinResult.success
    raise(device, ok ? 'deviceJoiningSucceeded' : 'deviceJoiningFailed')
    if (ok) afterwards(() => device.profile.deviceLogChanged?.(device))
    return { value, ok }
  },
}

/** Takes a device into the log by the rules of its join method; the result is a join response code. */
export function addToLog(device: Device, command: Command): number {
  const { joinMethodAndRole, otherDeviceType } = command
  if (!partners[device.kind]?.[joinMethodAndRole]?.includes(otherDeviceType)) return joinResult.invalidJoinMethodAndRole
  const deviceId = eui64(command.otherDeviceEntityIdentifier)
  const existing = inDeviceLog(device, deviceId)
  if (existing && existing.deviceType !== otherDeviceType) return joinResult.incompatibleWithExistingEntry
  const log = deviceLog(device).filter((entry) => entry !== existing)
  if (log.length >= DEVICE_LOG_CAPACITY) return joinResult.deviceLogFull
  const entry = entryOf(deviceId, command)
  if (!entry) return joinResult.invalidOrMissingCertificate
  setDeviceLog(device, [...log, entry])
  return joinResult.success
}

/** Gas meter and prepayment display speak end to end: they need each other's certificate, no other join has one. */
function entryOf(deviceId: DeviceLogEntry['deviceId'], command: Command): DeviceLogEntry | undefined {
  const { otherDeviceCertificate: certificate, otherDeviceType } = command
  const needed = command.joinMethodAndRole === joinMethod.methodC
  if (needed !== (certificate !== undefined)) return undefined
  if (!certificate) return { deviceId, deviceType: otherDeviceType }
  try {
    const { entityId, keyUsage, publicKey } = parseCertificate(certificate)
    if (entityId !== deviceId || !keyUsage.includes('keyAgreement')) return undefined
    return { deviceId, deviceType: otherDeviceType, publicKey, certificate }
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

/** CS04AC, CS04B: the other device leaves the log, with all that is known of it. facts 8. */
export const unjoin: Asn1Executor = {
  execute({ device, useCase, afterwards }, octets: Uint8Array) {
    const value = device.faults.take(asn1FaultKey(useCase.name)) ?? removeFromLog(device, octets)
    const ok = value === unjoinResult.success
    raise(device, ok ? 'deviceUnjoiningSucceeded' : 'deviceUnjoiningFailed')
    if (ok) afterwards(() => device.profile.deviceLogChanged?.(device))
    return { value, ok }
  },
}

function removeFromLog(device: Device, octets: Uint8Array): number {
  const entry = inDeviceLog(device, eui64(octets))
  if (!entry) return unjoinResult.otherDeviceNotInDeviceLog
  device.ports.keys.forget(entry.deviceId)
  setDeviceLog(
    device,
    deviceLog(device).filter((one) => one !== entry),
  )
  return unjoinResult.success
}
