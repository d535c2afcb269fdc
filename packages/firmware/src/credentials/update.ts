import { equalBytes, GbcsError } from '@smets2-sim/bytes'
import {
  type Asn1Value,
  CANCEL_TIME,
  decodeAsn1,
  encodeAsn1,
  fromGeneralizedTime,
  remotePartyRole,
  replacementStatus,
  roleName,
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
import { setTopUpFloor } from './top-up-floor.js'
import { cellNameOf } from './cell-codec.js'
import { replaceCell } from './replace.js'
import { replacementModeOf } from './replacement-mode.js'

type Command = Asn1Value<typeof updateCommand>
type Outcome = Asn1Value<typeof updateOutcome>

/** Slot of a pending replacement: one for each message code. A later command of that code takes its place. */
const slotOf = (messageCode: number): string => `CS02b ${messageCode.toString(16)}`

/** CS02b and CS02g, Update Security Credentials. facts 7.4, 7.5. */
export const updateCredentials: Asn1Executor = {
  execute(execution, command: Command) {
    const { device, message } = execution
    const { messageCode } = message.otherInformation
    check(execution, command)
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
    const outcome = apply(device, pending.messageCode, value, pending.role)
    raiseExecuted(device, pending, outcome)
  },
}

function immediate({ device, message, role }: Execution, command: Command) {
  const outcome = apply(device, message.otherInformation.messageCode, command, role as PendingCommand['role'])
  return { value: { commandAccepted: null, executionOutcome: outcome }, ok: succeeded(outcome) }
}
const succeeded = ({ replacements }: Outcome): boolean =>
  replacements.every(({ statusCode }) => statusCode === replacementStatus.success)

/** What must be true of the control fields; a command for which it is not is refused as a whole. */
function check({ device, message, role }: Execution, { control }: Command): void {
  const { mode } = replacementModeOf(message.otherInformation.messageCode)
  if (control.credentialsReplacementMode !== mode)
    throw new GbcsError('invalidValue', `replacement mode ${control.credentialsReplacementMode}, expected ${mode}`)
  if (control.authorisingSeqNumber !== message.originatorCounter)
    throw new GbcsError('invalidValue', `sequence number ${control.authorisingSeqNumber} is not the originator counter`)
  const authorising = control.authorisingCell && cellNameOf(control.authorisingCell)
  if (control.authorisingCell && authorising?.role !== role)
    throw new GbcsError('invalidValue', 'the authorising cell is not one of the role that sent the command')
  if (authorising && device.anchors.get(authorising.role, authorising.usage)?.entityId !== message.originator)
    throw new GbcsError('invalidValue', 'the authorising cell does not hold the originator')
}

/** Replaces cell by cell, then sets the counters of every role that got a floor, if all of its cells were replaced. */
function apply(device: Device, messageCode: number, command: Command, role: PendingCommand['role']): Outcome {
  const { control, replacements, certificationPath } = command
  const mode = replacementModeOf(messageCode)
  const checkTime = control.applyTimeBasedCPVChecks === 0
  const outcomes = replacements.map((one) => replaceCell(device, mode, one, certificationPath, checkTime))
  const changes = counterChanges(command, role)
  for (const { role: number, floorSeqNumber, specialist } of changes) {
    const name = roleName(number)
    const ofRole = outcomes.filter(({ cell }) => cell.role === number)
    if (!name || ofRole.some(({ statusCode }) => statusCode !== replacementStatus.success)) continue
    if (ofRole.length > 0 && ofRole.every(hasNewKey)) device.counters.setFloor(name, floorSeqNumber)
    else device.counters.accept(name, floorSeqNumber)
    for (const { seqNumber } of specialist ?? []) setTopUpFloor(device, seqNumber)
  }
  const outcome: Outcome = {
    authorisingSeqNumber: control.authorisingSeqNumber,
    credentialsReplacementMode: control.credentialsReplacementMode,
    seqNumberChanges: changes,
    replacements: outcomes,
  }
  raise(device, 'updateSecurityCredentials')
  device.profile.credentialsReplaced?.(
    device,
    outcomes
      .filter((one) => one.statusCode === replacementStatus.success)
      .flatMap(({ cell }) => cellNameOf(cell) ?? []),
  )
  return outcome
}

/**
 * A counter may start lower only under a new key: under the old one, every message since would work once more. Our
 * decision; the reference messages set floors of 0 for parties that keep their keys.
 */
const hasNewKey = (one: Outcome['replacements'][number]): boolean =>
  !equalBytes(one.existingSubjectKeyIdentifier, one.replacingSubjectKeyIdentifier)

/** The floors that a command sets: of the authorising party's successor first, then of others. */
function counterChanges({ control }: Command, role: PendingCommand['role']): Outcome['seqNumberChanges'] {
  const { newFloorSeqNumber, newSpecialistFloorSeqNumber, otherSeqNumberChanges } = control
  const own =
    newFloorSeqNumber === undefined
      ? []
      : [
          {
            role: remotePartyRole[role],
            floorSeqNumber: newFloorSeqNumber,
            ...(newSpecialistFloorSeqNumber && { specialist: newSpecialistFloorSeqNumber }),
          },
        ]
  return [...own, ...(otherSeqNumberChanges ?? [])]
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
