import { GbcsError } from '@smets2-sim/bytes'
import { type Asn1Value, type RemotePartyRole, remotePartyRole, roleName, type updateCommand } from '@smets2-sim/gbcs'
import type { Execution } from '../execution.js'
import { cellNameOf } from './cell-codec.js'
import { CONTINGENCY, type ReplacementMode, replacementModeOf } from './replacement-mode.js'

export type UpdateCommand = Asn1Value<typeof updateCommand>
type Control = UpdateCommand['control']

/** accessControlBrokerByACB: the only mode in which nobody signs, on all but the hub. */
const BROKER_ITSELF = 4
const SYMMETRIC_KEY_OCTETS = 16
/** Usage number of top-up counters. facts 2.2. */
const TOP_UPS = 0

const refuse = (text: string): never => {
  throw new GbcsError('invalidValue', text)
}

/** What must be true of an order to replace credentials; one for which it is not is refused as a whole. facts 7.4. */
export function checkOrder(execution: Execution, command: UpdateCommand): void {
  const mode = replacementModeOf(execution.message.otherInformation.messageCode)
  const { control } = command
  if (control.credentialsReplacementMode !== mode.mode)
    refuse(`replacement mode ${control.credentialsReplacementMode}, expected ${mode.mode}`)
  if (control.authorisingSeqNumber !== execution.message.originatorCounter)
    refuse(`sequence number ${control.authorisingSeqNumber} is not the originator counter`)
  if ((control.applyTimeBasedCPVChecks ?? 0) > 1)
    refuse(`time-based checks ${control.applyTimeBasedCPVChecks}, expected 0 or 1`)
  checkSymmetricKey(control, mode)
  checkAuthorisingCell(execution, control, mode)
  checkReplacements(command)
  checkFloors(command, mode, execution.role as RemotePartyRole)
}

/** The key that unlocks the contingency key comes with every command that is signed with that, and with no other. */
function checkSymmetricKey({ plaintextSymmetricKey: key }: Control, { mode }: ReplacementMode): void {
  if ((key !== undefined) !== (mode === CONTINGENCY)) refuse(`a symmetric key with replacement mode ${mode}`)
  if (key && key.length !== SYMMETRIC_KEY_OCTETS) refuse(`a symmetric key of ${key.length} octets`)
}

/** The cell under whose key the order is given: there, of the sender's role, and held by the sender. */
function checkAuthorisingCell({ device, message, role }: Execution, control: Control, { mode }: ReplacementMode): void {
  if (!control.authorisingCell) {
    if (mode !== BROKER_ITSELF || device.kind === 'chf') refuse('no authorising cell')
    return
  }
  const cell = cellNameOf(control.authorisingCell)
  if (!cell || cell.role !== role) return refuse('the authorising cell is not one of the role that sent the command')
  const signs = cell.usage === 'digitalSignature' || (cell.usage === 'keyAgreement' && mode === BROKER_ITSELF)
  if (!signs) refuse(`nobody signs with a key for ${cell.usage}`)
  if (!device.anchors.keyOf(message.originator, cell.role, cell.usage))
    refuse('the authorising cell does not hold the originator')
}

function checkReplacements({ replacements }: UpdateCommand): void {
  if (replacements.length === 0) refuse('nothing to replace')
  const names = replacements.map(({ cell }) => `${cell.role} ${cell.keyUsage} ${cell.cellUsage}`)
  if (new Set(names).size < names.length) refuse('a cell is named twice')
}

/**
 * Counters may be set for parties whose cells the same order replaces, and for nobody else: else any party could
 * lock out another, the recovery party included. Each role once, the sender's own in its own field.
 */
function checkFloors({ control, replacements }: UpdateCommand, mode: ReplacementMode, sender: RemotePartyRole): void {
  const own = control.newFloorSeqNumber === undefined ? [] : [remotePartyRole[sender]]
  if (control.newSpecialistFloorSeqNumber && own.length === 0) refuse('a floor for top-ups without one for the party')
  const others = control.otherSeqNumberChanges ?? []
  const roles = [...own, ...others.map(({ role }) => role)]
  if (new Set(roles).size < roles.length || others.some(({ role }) => role === remotePartyRole[sender]))
    refuse('a role has two floors')
  for (const role of roles) {
    const name = roleName(role)
    if (!name || !mode.replaces.includes(name) || !replacements.some(({ cell }) => cell.role === role))
      refuse(`a floor for role ${role}, whose cells are not replaced`)
  }
  const specialists = [control.newSpecialistFloorSeqNumber ?? [], ...others.map(({ specialist }) => specialist ?? [])]
  if (specialists.flat().some(({ usage }) => usage !== TOP_UPS) || specialists.some(({ length }) => length > 1))
    refuse('a floor for something other than top-ups')
}
