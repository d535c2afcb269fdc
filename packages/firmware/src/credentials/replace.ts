import { equalBytes, type Eui64, eui64Bytes, GbcsError } from '@smets2-sim/bytes'
import { type Certificate, type IssuerKey, parseCertificate, validatePath } from '@smets2-sim/crypto'
import { replacementStatus, remotePartyRole } from '@smets2-sim/gbcs'
import { asn1FaultKey } from '../asn1/executor.js'
import type { Device } from '../device.js'
import { type Asn1Cell, cellNameOf } from './cell-codec.js'
import type { CellChange } from './cell-change.js'
import type { ReplacementMode } from './replacement-mode.js'
import { anchorOf, type CellName, type TrustAnchor } from './trust-anchors.js'

/** One certificate for one cell, as CS02b and CS02g carry it. */
export interface Replacement {
  readonly certificate: Uint8Array
  readonly cell: Asn1Cell
}

const NOBODY = new Uint8Array(8)

/**
 * Puts certificates into their cells, each if it may be there: of the role and the usage of the cell, and with a path
 * to the root that the device trusts. A new root comes first, whatever its place, so that the others may lead to it.
 * Whatever the outcome of one, says who was there before and who is there now. facts 7.4.
 */
export function replaceCells(
  device: Device,
  mode: ReplacementMode,
  replacements: readonly Replacement[],
  path: readonly Uint8Array[],
  checkTime: boolean,
) {
  const order = [...replacements.keys()].sort((a, b) => rank(replacements[a]) - rank(replacements[b]))
  const outcomes: ReturnType<typeof replaceCell>[] = []
  for (const i of order) outcomes[i] = replaceCell(device, mode, replacements[i] as Replacement, path, checkTime)
  return { outcomes: outcomes.map(({ outcome }) => outcome), changes: outcomes.flatMap(({ change }) => change ?? []) }
}
const rank = (one: Replacement | undefined): number => (one?.cell.role === remotePartyRole.root ? 0 : 1)

function replaceCell(
  device: Device,
  mode: ReplacementMode,
  { certificate: der, cell }: Replacement,
  path: readonly Uint8Array[],
  checkTime: boolean,
) {
  const name = cellNameOf(cell)
  const existing = name && device.anchors.get(name.role, name.usage)
  const verdict = device.faults.take(FAULT) ?? judge(device, mode, name, cell, der, path, checkTime)
  let now = existing
  let change: CellChange | undefined
  if (typeof verdict !== 'number' && name) {
    if (existing) device.ports.keys.forget(existing.entityId)
    device.anchors.set(name, (now = verdict))
    change = { cell: name, ...(existing && { before: existing }), after: verdict }
  }
  const outcome = {
    cell,
    statusCode: typeof verdict === 'number' ? verdict : replacementStatus.success,
    existingSubjectUniqueId: idOctets(existing?.entityId),
    existingSubjectKeyIdentifier: existing?.subjectKeyIdentifier ?? NOBODY,
    replacingSubjectUniqueId: idOctets(now?.entityId),
    replacingSubjectKeyIdentifier: now?.subjectKeyIdentifier ?? NOBODY,
  }
  return { outcome, change }
}
/** Fault of a single cell: no memory, for instance. */
const FAULT = asn1FaultKey('CS02b')
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
  const issuers = path.flatMap((one) => parsed(one) ?? [])
  if (!certificate || issuers.length < path.length) return replacementStatus.badCertificate
  if (!mayHold(certificate, name) || !isOnlyFor(certificate, cell.keyUsage)) return replacementStatus.badCertificate
  if (name.usage !== 'keyCertSign' && !certificate.entityId) return replacementStatus.badCertificate
  if (name.usage === 'keyCertSign' && !certificate.isCa) return replacementStatus.badCertificate
  const known = name.usage === 'keyCertSign' ? vouchersFor(certificate, issuers) : [certificate]
  const trusted = trustedRoots(device, mode, name, certificate)
  return known.some((one) => leadsTo(device, one, issuers, trusted, checkTime))
    ? anchorOf(certificate)
    : replacementStatus.noTrustAnchor
}

/**
 * The time of a device proves nothing and its keys outlive certificates: the path must have been valid when the
 * certificate was issued. Read from the reference messages, which accept certificates before and after their dates.
 */
function leadsTo(
  { ports }: Device,
  certificate: Certificate,
  issuers: readonly Certificate[],
  roots: readonly IssuerKey[],
  checkTime: boolean,
): boolean {
  const at = checkTime ? certificate.notBefore : undefined
  return validatePath(ports.crypto, certificate, issuers, roots, at).ok
}

/** A new root issued itself; what the old one says of it stands in a certificate of the path for the same key. */
const vouchersFor = (root: Certificate, path: readonly Certificate[]): Certificate[] => [
  root,
  ...path.filter(({ publicKey, isCa }) => isCa && equalBytes(publicKey, root.publicKey)),
]

const isOnlyFor = ({ keyUsage }: Certificate, usage: Asn1Cell['keyUsage']): boolean =>
  keyUsage.length === 1 && keyUsage[0] === usage

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

/**
 * All paths end at the root cell. A new root is vouched for by the one that it replaces, or, by the contingency key
 * alone, only has to be its own issuer. facts 7.4.
 */
function trustedRoots(device: Device, mode: ReplacementMode, name: CellName, certificate: Certificate): IssuerKey[] {
  const root = device.anchors.get('root', 'keyCertSign')
  return [...(root ? [root] : []), ...(name.role === 'root' && mode.abnormalRoot ? [certificate] : [])]
}
