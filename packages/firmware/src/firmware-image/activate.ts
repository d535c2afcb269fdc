import { equalBytes } from '@smets2-sim/bytes'
import {
  activateAlert,
  activateCommand,
  activateResult,
  alerts,
  type Asn1Value,
  CANCEL_TIME,
  decodeAsn1,
  type DeviceKind,
  encodeAsn1,
  fromGeneralizedTime,
  toGeneralizedTime,
} from '@smets2-sim/gbcs'
import { GbcsError } from '@smets2-sim/bytes'
import { firmwareVersionRead } from '../alerts/events.js'
import { raise } from '../alerts/raise.js'
import { type Asn1Executor, asn1FaultKey } from '../asn1/executor.js'
import type { Device } from '../device.js'
import type { Execution } from '../execution.js'
import { pendingFrom } from '../schedule/future-dated.js'
import { type FirmwareImage, firmwareImage, firmwareVersion, hashHolds, runningImage } from './image.js'
import { mayHappen } from './image-state.js'

type Command = Asn1Value<typeof activateCommand>
const SLOT = 'CS06'
const PENDING = { value: { kind: 'pending', value: null }, ok: true }

/** CS06, Activate Firmware: now, at a time, or not after all. An order for now overtakes a dated one. facts 7.6. */
export const activateFirmware: Asn1Executor = {
  execute(execution: Execution, command: Command) {
    const { device, message } = execution
    if (command.originatorCounter !== message.originatorCounter)
      throw new GbcsError('invalidValue', 'the counter in the payload is not that of the message')
    device.futureDated.cancel(SLOT)
    const { executionDateTime: time } = command
    if (time === CANCEL_TIME) return PENDING
    const at = time === undefined ? device.now : fromGeneralizedTime(time)
    if (at > device.now) {
      device.futureDated.add({ at, kind: 'asn1', slot: SLOT, octets: message.content, ...pendingFrom(execution) })
      return PENDING
    }
    const outcome = activate(device, command)
    const ok = outcome.activateImageResponseCode === activateResult.success
    return { value: { kind: 'executed', value: outcome }, ok }
  },
  activate(device, pending) {
    const { value } = decodeAsn1(activateCommand, pending.octets ?? new Uint8Array(0))
    const outcome = activate(device, value)
    const ok = outcome.activateImageResponseCode === activateResult.success
    const name = ok
      ? 'futureDateHanInterfaceCommandSuccessfullyActioned'
      : 'futureDateHanInterfaceCommandNotSuccessfullyActioned'
    const content = encodeAsn1(activateAlert, {
      alertCode: alerts[name].code,
      executionDateTime: toGeneralizedTime(pending.at),
      originatorCounter: pending.originatorCounter,
      executionOutcome: outcome,
    })
    raise(device, name, {
      time: pending.at,
      about: { id: pending.originator, role: pending.role },
      asn1: { payload: 'CS06', content },
    })
  },
}

function activate(device: Device, { manufacturerImageHash }: Pick<Command, 'manufacturerImageHash'>) {
  const image = mayHappen(device, 'activated') ? device.items.read(firmwareImage) : undefined
  const code =
    device.faults.take(asn1FaultKey('CS06')) ??
    (!image
      ? activateResult.noImageHeld
      : equalBytes(image.manufacturerImageHash, manufacturerImageHash) && hashHolds(device, image)
        ? activateResult.success
        : activateResult.hashMismatch)
  if (code === activateResult.success && image) takeOver(device, image)
  if (reportsVersion.includes(device.kind)) firmwareVersionRead(device, code === activateResult.success ? 0 : 1)
  return { activateImageResponseCode: code, firmwareVersion: device.items.read(firmwareVersion) }
}

/** Kinds of device that tell their version after an activation: CS09. facts 7.6. */
const reportsVersion: readonly DeviceKind[] = ['ppmid', 'hcalcs']

function takeOver(device: Device, image: FirmwareImage): void {
  device.items.write(firmwareVersion, image.firmwareVersion)
  device.items.write(runningImage, image)
  device.items.reset(firmwareImage)
  raise(device, 'changeInTheExecutingFirmwareVersion')
}

/** A display has no command to activate its image: it does so by itself, and tells (CS09). Our decision. */
export function activateByItself(device: Device): void {
  const image = device.items.read(firmwareImage)
  if (image) activate(device, image)
}

/** CS08, Read PPMID/HCALCS Firmware Version. facts 7.6. */
export const readFirmwareVersion: Asn1Executor = {
  execute({ device }) {
    const fault = device.faults.take(asn1FaultKey('CS08'))
    if (fault !== undefined) return { value: { firmwareVersion: new Uint8Array(4), status: fault }, ok: false }
    return { value: { firmwareVersion: device.items.read(firmwareVersion), status: 0 }, ok: true }
  },
}
