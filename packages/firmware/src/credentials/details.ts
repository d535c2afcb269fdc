import { eui64Bytes, GbcsError } from '@smets2-sim/bytes'
import { type Asn1Value, type detailsCommand, replacementStatus, roleName } from '@smets2-sim/gbcs'
import { type Asn1Executor, asn1FaultKey } from '../asn1/executor.js'
import type { Device } from '../device.js'
import { asn1CellOf, cellNameOf } from './cell-codec.js'

/** CS02a and CS02f, Provide Security Credentials Details: who is in the cells of a role. facts 7.2. */
export const provideDetails: Asn1Executor = {
  execute({ device, useCase, role }, command: Asn1Value<typeof detailsCommand>) {
    const { authorisingRemotePartyTACell: cell, rolesRequired } = command
    if (cellNameOf(cell)?.role !== role)
      throw new GbcsError('invalidValue', 'the authorising cell is not one of the role that sent the command')
    const value = rolesRequired.map((role) => detailsOf(device, role, useCase.name))
    return { value, ok: value.every(({ statusCode }) => statusCode === replacementStatus.success) }
  },
}

function detailsOf(device: Device, role: number, useCase: string) {
  const fault = device.faults.take(asn1FaultKey(useCase))
  if (fault !== undefined) return { role, statusCode: fault }
  const name = roleName(role)
  const cells = device.anchors.cells.filter((cell) => cell.role === name)
  if (!name || cells.length === 0) return { role, statusCode: replacementStatus.trustAnchorNotFound }
  return {
    role,
    statusCode: replacementStatus.success,
    currentSeqNumber: device.counters.current(name),
    cells: cells.flatMap((cell) => {
      const anchor = device.anchors.get(cell.role, cell.usage)
      if (!anchor) return []
      const { keyUsage, cellUsage } = asn1CellOf(cell)
      return {
        keyUsage,
        cellUsage,
        existingSubjectUniqueId: eui64Bytes(anchor.entityId),
        existingSubjectKeyIdentifier: anchor.subjectKeyIdentifier,
      }
    }),
  }
}
