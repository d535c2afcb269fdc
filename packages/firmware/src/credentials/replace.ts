import { type Eui64, eui64Bytes } from '@smets2-sim/bytes'
import { GbcsError } from '@smets2-sim/bytes'
import { type Certificate, type IssuerKey, parseCertificate, validatePath } from '@smets2-sim/crypto'
import { replacementStatus, remotePartyRole } from '@smets2-sim/gbcs'
import type { Device } from '../device.js'
import { type Asn1Cell, cellNameOf } from './cell-codec.js'
import type { ReplacementMode } from './replacement-mode.js'
import { anchorOf, type CellName, type TrustAnchor } from './trust-anchors.js'

/** One certificate for one cell, as CS02b and CS02g carry it. */
export interface Replacement {
  readonly certificate: Uint8Array
  readonly cell: Asn1Cell
}

const NOBODY = new Uint8Array(8)

/**
 * Puts a certificate into its cell, if it may be there: of the role and the usage of the cell, and with a path to
 * the root that the device trusts. Whatever the outcome, says who was there before and who is there now. facts 7.4.
 */
export function replaceCell(
  device: Device,
  mode: ReplacementMode,
  { certificate: der, cell }: Replacement,
  path: readonly Uint8Array[],
  checkTime: boolean,
) {
  const name = cellNameOf(cell)
  const existing = name && device.anchors.get(name.role, name.usage)
  const verdict = judge(device, mode, name, cell, der, path, checkTime)
  let now = existing
  if (typeof verdict !== 'number') {
    if (existing) device.ports.keys.forget(existing.entityId)
    device.anchors.set(name as CellName, (now = verdict))
  }
  return {
    cell,
    statusCode: typeof verdict === 'number' ? verdict : replacementStatus.success,
    existingSubjectUniqueId: idOctets(existing?.entityId),
    existingSubjectKeyIdentifier: existing?.subjectKeyIdentifier ?? NOBODY,
    replacingSubjectUniqueId: idOctets(now?.entityId),
    replacingSubjectKeyIdentifier: now?.subjectKeyIdentifier ?? NOBODY,
  }
}
const idOctets = (id: Eui64 | undefined): Uint8Array => (id ? eui64Bytes(id) : NOBODY)

/** The new content of the cell, or the status that says why not. */
function judge(
  device: Device,
  mode: ReplacementMode,
  name: CellName | undefined,
  cell: Asn1Cell,
  der: Uint8Array,
  path: readonly Uint8Array[],
  checkTime: boolean,
): TrustAnchor | number {
  if (!name || !device.anchors.has(name) || !mode.replaces.includes(name.role))
    return replacementStatus.trustAnchorNotFound
  const certificate = parsed(der)
  const issuers = path.map(parsed)
  if (!certificate || issuers.some((issuer) => !issuer)) return replacementStatus.badCertificate
  if (!mayHold(certificate, name) || !certificate.keyUsage.includes(cell.keyUsage))
    return replacementStatus.badCertificate
  if (name.usage !== 'keyCertSign' && !certificate.entityId) return replacementStatus.badCertificate
  // The time of a device proves nothing and its keys outlive certificates: the path must have been valid when the
  // certificate was issued. Read from the reference messages, which accept certificates before and after their dates.
  const at = checkTime ? certificate.notBefore : undefined
  const valid = validatePath(device.ports.crypto, certificate, issuers as Certificate[], trustedRoots(device), at)
  if (!valid.ok) return replacementStatus.noTrustAnchor
  return anchorOf(certificate)
}

/** A certificate belongs into the cells of its own role; a supplier may be its customer's load controller too (CS02g samples). */
const mayHold = ({ role }: Certificate, cell: CellName): boolean =>
  role === remotePartyRole[cell.role] || (cell.role === 'loadController' && role === remotePartyRole.supplier)

function parsed(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

/** All paths end at the root cell; a new root too must be vouched for by the one that it replaces. facts 7.4. */
function trustedRoots(device: Device): IssuerKey[] {
  const root = device.anchors.get('root', 'keyCertSign')
  return root ? [root] : []
}
