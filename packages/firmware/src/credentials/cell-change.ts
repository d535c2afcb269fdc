import type { Eui64 } from '@smets2-sim/bytes'
import type { RemotePartyRole } from '@smets2-sim/gbcs'
import type { Device } from '../device.js'
import type { CellName, TrustAnchor } from './trust-anchors.js'

/** A cell that got new content. */
export interface CellChange {
  readonly cell: CellName
  readonly before?: TrustAnchor
  readonly after: TrustAnchor
}

/** A role in which one party followed another. */
export interface Handover {
  readonly role: RemotePartyRole
  /** The party that is no longer known in this role, with the key for a last message to it. */
  readonly losing: { readonly id: Eui64; readonly keyAgreement?: Uint8Array }
  readonly gaining: Eui64
}

/** Who lost and who gained a role. A party that renewed its own keys did neither. */
export function handoversOf(device: Device, changes: readonly CellChange[]): Handover[] {
  const found = new Map<string, Handover>()
  for (const { cell, before, after } of changes) {
    const id = before?.entityId
    if (!id || id === after.entityId || device.anchors.rolesOf(id).includes(cell.role)) continue
    const key = changes.find(
      (one) => one.cell.role === cell.role && one.cell.usage === 'keyAgreement' && one.before?.entityId === id,
    )?.before?.publicKey
    found.set(`${cell.role} ${id}`, {
      role: cell.role,
      losing: { id, ...(key && { keyAgreement: key }) },
      gaining: after.entityId,
    })
  }
  return [...found.values()]
}
