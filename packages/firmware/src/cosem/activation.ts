import { GbcsError, toHex, Writer } from '@smets2-sim/bytes'
import { accessResult, type Data, decodeDateTime, logicalNameBytes, type UtcSeconds } from '@smets2-sim/cosem'
import type { Attribute, Member } from '@smets2-sim/gbcs'
import { raise } from '../alerts/raise.js'
import type { Device } from '../device.js'
import type { Execution } from '../execution.js'
import { pendingFrom, type PendingCommand } from '../schedule/future-dated.js'
import { AccessError } from './access-error.js'
import { type CosemContext, cosemProfileOf } from './executor.js'
import { itemOf, type View } from './view.js'

/** What happens when the time in a member comes, by member key. Throws an AccessError when it cannot be done. */
export type Activate = (device: Device) => void
export type Activations = ReadonlyMap<string, Activate>
/** Row of a table of activations. */
export const activationOf = (member: Attribute<Uint8Array>, activate: Activate): readonly [string, Activate] => [
  member.key,
  activate,
]

const NOW = '0000000000000000008000ff'
const CANCEL = 'ffffffffffffffffff8000ff'

/** An activation date-time: now, never, or a second. facts 3.2. */
export function activationTime(octets: Uint8Array): 'now' | 'cancel' | UtcSeconds {
  const hex = toHex(octets)
  if (hex === NOW) return 'now'
  return hex === CANCEL ? 'cancel' : decodeDateTime(octets).time
}

/** One command has one activation time: what the first such item of an execution said. facts 3.2. */
const timeOfCommand = new WeakMap<Execution, string>()

/**
 * A member whose value is the time of an activation. A time that has passed already counts as now (our decision).
 * Only a command sets it: primed from outside, it is a value like others.
 */
export function activationView(member: Member, activate: Activate): View {
  const stored = itemOf(member as Attribute<Uint8Array>)
  return {
    get: ({ device }) => member.schema.encode(device.items.read(stored)),
    prime: ({ device }, data) => device.items.write(stored, member.schema.decode(data) as Uint8Array),
    set: (context, data) => setActivation(context, member as Attribute<Uint8Array>, activate, data),
  }
}

function setActivation(
  { device, execution }: CosemContext,
  member: Attribute<Uint8Array>,
  activate: Activate,
  data: Data,
): void {
  const octets = member.schema.decode(data)
  const time = activationTime(octets)
  if (execution) {
    const first = timeOfCommand.get(execution) ?? toHex(octets)
    if (first !== toHex(octets))
      throw new AccessError(accessResult.otherReason, 'the activation times of one command differ')
    timeOfCommand.set(execution, first)
  }
  device.items.write(itemOf(member), octets)
  device.futureDated.cancel(member.key)
  if (time === 'cancel') return
  if (time === 'now' || !execution || time <= device.now) activate(device)
  else device.futureDated.add({ at: time, kind: 'cosem', slot: member.key, ...pendingFrom(execution) })
}

/** Executes an activation whose time has come, and says so to the party that ordered it. facts 3.5. */
export function activatePendingMember(device: Device, command: PendingCommand): void {
  const profile = cosemProfileOf(device)
  const member = profile.members.get(command.slot)
  const activate = profile.activations.get(command.slot)
  if (!member || !activate) return
  raise(device, succeeds(device, member, activate) ? executed : failed, {
    time: command.at,
    about: { id: command.originator, role: command.role },
    dlms: [{ type: 'octetString', bytes: executionDetails(command, member) }],
  })
}
const executed = 'futureDateHanInterfaceCommandSuccessfullyActioned'
const failed = 'futureDateHanInterfaceCommandNotSuccessfullyActioned'

function succeeds(device: Device, member: Member, activate: Activate): boolean {
  if (device.faults.take(`activation ${member.key}`) !== undefined) return false
  try {
    device.transaction(() => activate(device))
    return true
  } catch (error) {
    if (error instanceof AccessError || error instanceof GbcsError) return false
    throw error
  }
}

/** Message code and counter of the command, and the member that held the time: 19 octets. */
const executionDetails = (command: PendingCommand, member: Member): Uint8Array =>
  new Writer(19)
    .u16(command.messageCode)
    .u64(command.originatorCounter)
    .u16(member.classId)
    .bytes(logicalNameBytes(member.logicalName))
    .u8(member.index)
    .done()
