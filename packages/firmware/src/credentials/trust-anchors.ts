import type { Eui64 } from '@smets2-sim/bytes'
import type { Certificate, KeyUsage } from '@smets2-sim/crypto'
import { parseCertificate } from '@smets2-sim/crypto'
import { remotePartyRole, type RemotePartyRole } from '@smets2-sim/gbcs'
import { type Item, item, type ItemStore } from '../state/item-store.js'

/** Which key a trust anchor cell holds. `prePaymentTopUp` is the supplier's key agreement key for top-up tokens. */
export type CellUsage = KeyUsage | 'prePaymentTopUp' | 'keyCertSign'
export interface CellName {
  readonly role: RemotePartyRole
  readonly usage: CellUsage
}

/** What a cell holds: who the party is and its public key. Kept as taken from the certificate, which is kept too. */
export interface TrustAnchor {
  readonly entityId: Eui64
  readonly publicKey: Uint8Array
  readonly subjectKeyIdentifier: Uint8Array
  /** DER; empty when the credential was set as a bare key. */
  readonly certificate: Uint8Array
}

/** Roles in the order in which they are looked up. */
export const roles = Object.keys(remotePartyRole) as RemotePartyRole[]

type CellItem = Item<TrustAnchor | undefined>
const usages: readonly CellUsage[] = ['digitalSignature', 'keyAgreement', 'prePaymentTopUp', 'keyCertSign']
/** The item of every cell, made once: every message that arrives has several of them looked at. */
const cellItems = Object.fromEntries(
  roles.map((role) => [
    role,
    Object.fromEntries(
      usages.map((usage): [string, CellItem] => [usage, item(`trustAnchor.${role}.${usage}`, undefined)]),
    ),
  ]),
) as Readonly<Record<RemotePartyRole, Readonly<Record<CellUsage, CellItem>>>>
const cellItem = ({ role, usage }: CellName): CellItem => cellItems[role][usage]

/** The trust anchor cells of a device: who may speak to it, by role and key usage. facts 7.3. */
export class TrustAnchors {
  readonly #store: ItemStore
  /** Names of the cells that this kind of device has. */
  readonly cells: readonly CellName[]

  constructor(store: ItemStore, cells: readonly CellName[]) {
    this.#store = store
    this.cells = cells
  }

  has(cell: CellName): boolean {
    return this.cells.some(({ role, usage }) => role === cell.role && usage === cell.usage)
  }

  get(role: RemotePartyRole, usage: CellUsage): TrustAnchor | undefined {
    return this.#store.read(cellItems[role][usage])
  }

  set(cell: CellName, anchor: TrustAnchor): void {
    this.#store.write(cellItem(cell), anchor)
  }

  clear(cell: CellName): void {
    this.#store.reset(cellItem(cell))
  }

  /** Roles in which this entity is known. */
  rolesOf(entity: Eui64): RemotePartyRole[] {
    return roles.filter((role) =>
      this.cells.some((cell) => cell.role === role && this.get(role, cell.usage)?.entityId === entity),
    )
  }

  /** The key of an entity in a role, if it is that entity that holds the cell. */
  keyOf(entity: Eui64, role: RemotePartyRole, usage: CellUsage): TrustAnchor | undefined {
    const anchor = this.get(role, usage)
    return anchor?.entityId === entity ? anchor : undefined
  }
}

/** A trust anchor from a certificate of an organisation. */
export function anchorOf(certificate: Certificate): TrustAnchor {
  return {
    entityId: certificate.entityId as Eui64,
    publicKey: certificate.publicKey,
    subjectKeyIdentifier: certificate.subjectKeyIdentifier,
    certificate: certificate.der,
  }
}
export const anchorFromDer = (der: Uint8Array): TrustAnchor => anchorOf(parseCertificate(der))

/** Cells by kind of device. facts 7.3; which device holds which role is inferred from the samples. */
export const standardCells: readonly CellName[] = [
  { role: 'root', usage: 'keyCertSign' },
  { role: 'recovery', usage: 'digitalSignature' },
  { role: 'supplier', usage: 'digitalSignature' },
  { role: 'supplier', usage: 'keyAgreement' },
  { role: 'networkOperator', usage: 'digitalSignature' },
  { role: 'networkOperator', usage: 'keyAgreement' },
  { role: 'accessControlBroker', usage: 'digitalSignature' },
  { role: 'accessControlBroker', usage: 'keyAgreement' },
  { role: 'transitionalCoS', usage: 'digitalSignature' },
]
export const topUpCell: CellName = { role: 'supplier', usage: 'prePaymentTopUp' }
export const loadControllerCells: readonly CellName[] = [
  { role: 'loadController', usage: 'digitalSignature' },
  { role: 'loadController', usage: 'keyAgreement' },
]
export const wanProviderCells: readonly CellName[] = [
  { role: 'wanProvider', usage: 'digitalSignature' },
  { role: 'wanProvider', usage: 'keyAgreement' },
]
