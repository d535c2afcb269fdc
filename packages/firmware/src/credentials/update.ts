import {
  type Asn1Value,
  CANCEL_TIME,
  decodeAsn1,
  encodeAsn1,
  fromGeneralizedTime,
  remotePartyRole,
  type RemotePartyRole,
  replacementStatus,
  toGeneralizedTime,
  updateAlert,
  updateCommand,
  type updateOutcome,
  type AlertPayload,
  alerts,
} from '@smets2-sim/gbcs'
import { raise } from '../alerts/raise.js'
import type { Asn1Executor } from '../asn1/executor.js'
import type { Device } from '../device.js'
import type { Execution } from '../execution.js'
import { pendingFrom, type PendingCommand } from '../schedule/future-dated.js'
import { type Handover, handoversOf } from './cell-change.js'
import { checkOrder, type UpdateCommand } from './control.js'
import { type FloorChange, retire, setFloors } from './floors.js'
import { replaceCells } from './replace.js'
import { replacementModeOf } from './replacement-mode.js'

type Outcome = Asn1Value<typeof updateOutcome>

/** Slot of a pending replacement: one for each message code. A later command of that code takes its place. */
const slotOf = (messageCode: number): string => `CS02b ${messageCode.toString(16)}`

/** CS02b and CS02g, Update Security Credentials. facts 7.4, 7.5. */
export const updateCredentials: Asn1Executor = {
  execute(execution, command: UpdateCommand) {
    const { device, message } = execution
    const { messageCode } = message.otherInformation
    checkOrder(execution, command)
    const slot = slotOf(messageCode)
    if (command.executionDateTime === undefined) return immediate(execution, command)
    device.futureDated.cancel(slot)
    if (command.executionDateTime === CANCEL_TIME) return { value: { commandAccepted: null }, ok: true }
    const at = fromGeneralizedTime(command.executionDateTime)
    if (at <= device.now) return immediate(execution, command)
    device.futureDated.add({ at, kind: 'asn1', slot, octets: message.content, ...pendingFrom(execution) })
    return { value: { commandAccepted: null }, ok: true }
  },
  activate(device, pending) {
    const { value } = decodeAsn1(updateCommand, pending.octets ?? new Uint8Array(0))
    const { outcome, follow } = apply(device, pending.messageCode, value, pending.role)
    raiseExecuted(device, pending, outcome)
    follow()
  },
}

function immediate({ device, message, role, afterwards }: Execution, command: UpdateCommand) {
  const { messageCode } = message.otherInformation
  const { outcome, follow } = apply(device, messageCode, command, role as RemotePartyRole)
  afterwards(follow)
  return { value: { commandAccepted: null, executionOutcome: outcome }, ok: succeeded(outcome) }
}
const succeeded = ({ replacements }: Outcome): boolean => replacements.every(isDone)

/**
 * Replaces cell by cell, then sets the counters of every role all of whose named cells were replaced. `follow` is what
 * the device does about it once the outcome has been told.
 */
function apply(
  device: Device,
  messageCode: number,
  command: UpdateCommand,
  role: RemotePartyRole,
): { outcome: Outcome; follow: () => void } {
  const { control, replacements, certificationPath } = command
  const checkTime = control.applyTimeBasedCPVChecks === 0
  const mode = replacementModeOf(messageCode)
  const { outcomes, changes } = replaceCells(device, mode, replacements, certificationPath, checkTime)
  const handovers = handoversOf(device, changes)
  retire(device, handovers)
  const floors = orderedFloors(command, role)
  for (const floor of floors) {
    const ofRole = outcomes.filter(({ cell }) => cell.role === floor.role)
    if (ofRole.every(isDone)) setFloors(device, floor, changes, handovers)
  }
  dropOrdersOf(device, handovers)
  if (changes.length > 0) raise(device, 'updateSecurityCredentials')
  const outcome = {
    authorisingSeqNumber: control.authorisingSeqNumber,
    credentialsReplacementMode: control.credentialsReplacementMode,
    seqNumberChanges: floors,
    replacements: outcomes,
  }
  const follow = (): void => {
    if (changes.length > 0) device.profile.credentialsReplaced?.(device, changes, handovers)
  }
  return { outcome, follow }
}
const isDone = ({ statusCode }: Outcome['replacements'][number]): boolean => statusCode === replacementStatus.success

/** What a party ordered for later is not done when it is no longer known by then. Our decision. */
function dropOrdersOf(device: Device, handovers: readonly Handover[]): void {
  for (const { role, losing } of handovers)
    for (const pending of device.futureDated.all())
      if (pending.role === role && pending.originator === losing.id) device.futureDated.cancel(pending.slot)
}

/** The floors that a command sets: of the authorising party's successor first, then of others. */
function orderedFloors({ control }: UpdateCommand, role: RemotePartyRole): FloorChange[] {
  const { newFloorSeqNumber, newSpecialistFloorSeqNumber: specialist, otherSeqNumberChanges } = control
  const own = newFloorSeqNumber !== undefined && {
    role: remotePartyRole[role],
    floorSeqNumber: newFloorSeqNumber,
    ...(specialist && { specialist }),
  }
  return [...(own ? [own] : []), ...(otherSeqNumberChanges ?? [])]
}

/** The alert about a replacement that was executed at its time. */
function raiseExecuted(device: Device, pending: PendingCommand, outcome: Outcome): void {
  const name = succeeded(outcome)
    ? 'futureDateHanInterfaceCommandSuccessfullyActioned'
    : 'futureDateHanInterfaceCommandNotSuccessfullyActioned'
  const payload: AlertPayload = pending.messageCode >= 0x0120 ? 'CS02g' : 'CS02b'
  raise(device, name, {
    time: pending.at,
    about: { id: pending.originator, role: pending.role },
    asn1: {
      payload,
      content: encodeAsn1(updateAlert, {
        alertCode: alerts[name].code,
        executionDateTime: toGeneralizedTime(pending.at),
        executionOutcome: outcome,
      }),
    },
  })
}
