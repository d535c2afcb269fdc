import { GbcsError, latin1 } from '@smets2-sim/bytes'
import { type Device, deviceLog, type DeviceLogEntry, inDeviceLog, macked } from '@smets2-sim/firmware'
import {
  decodeMessage,
  type DecodedMessage,
  deviceType,
  macIsValid,
  type MessageBody,
  PCS01,
  PCS02,
} from '@smets2-sim/gbcs'
import { zclStatus } from '@smets2-sim/zcl'
import { type CommandResult, topUpResult, type UserCommand } from './commands.js'

type GasCommand = Exclude<UserCommand, 'enableSupply'>
type Request = ReturnType<(typeof PCS01)['command']>

const FROM_PPMID = 0x02

/** Commands to a gas meter: messages that the two protect end to end. facts 9.11. Gas is never enabled from afar. */
const requests: Readonly<Record<GasCommand, (to: DeviceLogEntry, digits: string) => Request>> = {
  topUp: ({ deviceId }, digits) =>
    PCS01.command({
      to: deviceId,
      parts: [{ item: 'consumerTopUp', fields: { originatingDevice: FROM_PPMID, topUpCode: latin1(digits) } }],
    }),
  activateEmergencyCredit: ({ deviceId }) =>
    PCS02.command({
      to: deviceId,
      parts: [
        {
          item: 'selectAvailableEmergencyCredit',
          fields: { commandIssueDateTime: 0, originatingDevice: FROM_PPMID },
        },
      ],
    }),
}
const codes = { [PCS01.code]: 'topUp', [PCS02.code]: 'activateEmergencyCredit' } as const

/** The gas meter to which the display is joined by method C: it has its certificate, and so its key. facts 8. */
export const gasMeterOf = (device: Device): (DeviceLogEntry & { readonly publicKey: Uint8Array }) | undefined => {
  const entry = deviceLog(device).find(({ deviceType: type, publicKey }) => type === deviceType.gsme && publicKey)
  return entry?.publicKey && { ...entry, publicKey: entry.publicKey }
}

/** A command that waits for its response. */
export interface SentCommand {
  readonly command: GasCommand
  readonly originatorCounter: bigint
}

/** The message of a command under one of the display's own counters. */
export function gasCommandMessage(
  device: Device,
  meter: DeviceLogEntry & { readonly publicKey: Uint8Array },
  { command, originatorCounter }: SentCommand,
  digits: string,
): Uint8Array {
  const request = requests[command](meter, digits)
  const header = { originatorCounter, originator: device.id, target: meter.deviceId }
  const body: MessageBody = {
    kind: 'command',
    ...header,
    otherInformation: { messageCode: request.useCase.code },
    content: request.payload(header),
  }
  return macked(device, body, meter.deviceId, meter.publicKey)
}

/** What arrived is an authentic response of the gas meter to this device: what it answers, or undefined when it is not. */
export function readGasResponse(
  device: Device,
  octets: Uint8Array,
): (SentCommand & { readonly result: CommandResult }) | undefined {
  try {
    const message = decodeMessage(octets)
    const command = codes[message.otherInformation.messageCode]
    if (message.kind !== 'response' || message.target !== device.id || !command) return undefined
    const meter = inDeviceLog(device, message.originator)
    if (!meter?.publicKey || !isAuthentic(device, message, meter.publicKey)) return undefined
    return { command, originatorCounter: message.originatorCounter, result: resultOf(command, meter, message) }
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

function isAuthentic(device: Device, message: DecodedMessage, publicKey: Uint8Array): boolean {
  const { crypto, keys } = device.ports
  const z = keys.agree({ id: message.originator, usage: 'keyAgreement', publicKey })
  return macIsValid(crypto, z, message)
}

function resultOf(command: GasCommand, meter: DeviceLogEntry, message: DecodedMessage): CommandResult {
  const { originatorCounter, originator, target, content } = message
  const reading = requests[command](meter, '').read(content, { originatorCounter, originator, target }, () => undefined)
  const answer = reading.value.commands.find(({ name }) => name === 'consumerTopUpResponse')
  if (command === 'topUp')
    return answer ? topUpResult(answer.fields) : { state: 'refused', text: 'Rejected by the meter' }
  const isAccepted = reading.items.every(({ result }) => result === zclStatus.success)
  // the meter answers with success even when there is nothing to lend: what it lends stands in its next report
  return isAccepted
    ? { state: 'done', text: 'Accepted by the meter' }
    : { state: 'refused', text: 'Rejected by the meter' }
}
