import { type Eui64, eui64 } from '@smets2-sim/bytes'
import { buildCertificate, type CertificateContent, native, parseCertificate } from '@smets2-sim/crypto'
import { remotePartyRole, type RemotePartyRole } from '@smets2-sim/gbcs'
import { anchorOf, type CellName, type CellUsage } from '../credentials/trust-anchors.js'
import type { Device } from '../device.js'
import type { Party } from './bench.fixture.js'

/** Who issues certificates in tests: two roots, of which a device trusts the first, and what they vouch for. */
export interface Authority {
  readonly commonName: string
  readonly role: number
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}
const scalar = (label: string): Uint8Array => native.sha256(new TextEncoder().encode(label))
const authority = (commonName: string, role: number): Authority => {
  const privateKey = scalar(commonName)
  return { commonName, role, privateKey, publicKey: native.publicKeyOf(privateKey) }
}
export const root = authority('R0', 0)
export const issuer = authority('I0', 7)
export const newRoot = authority('R1', 0)
export const newIssuer = authority('I1', 7)

const validity = { notBefore: '20200101000000Z', notAfter: '20400101000000Z' }
let serial = 0
/** Any certificate, DER. */
export const issued = (
  by: Authority,
  content: Omit<CertificateContent, 'issuer' | 'serialNumber' | 'notBefore' | 'notAfter'> & Partial<typeof validity>,
): Uint8Array =>
  buildCertificate(
    native,
    { ...validity, ...content, serialNumber: Uint8Array.of(1, serial++ >> 8, serial & 0xff), issuer: by },
    (body) => native.sign(by.privateKey, body),
  )
/** What one authority says of another, or of itself. */
export const authorityCertificate = (by: Authority, of: Authority): Uint8Array =>
  issued(by, { subject: { kind: 'issuer', ...of }, publicKey: of.publicKey, keyUsage: 'keyCertSign' })
/** The path from certificates of the first issuer to the root of the device. */
export const path: readonly Uint8Array[] = [authorityCertificate(root, issuer)]

/** A party with keys and what it takes to certify them. */
export interface CertifiedParty extends Party {
  readonly role: RemotePartyRole
  readonly topUp: Uint8Array
}
/** The same id, role and generation always give the same keys. */
export function certified(role: RemotePartyRole, id: string | Eui64, generation = 0): CertifiedParty {
  const key = (usage: string): Uint8Array => scalar(`${role} ${id} ${generation} ${usage}`)
  return { role, id: eui64(id), sign: key('sign'), agree: key('agree'), topUp: key('topUp') }
}
/** Private key of a party for a usage. */
export const keyOf = (party: CertifiedParty, usage: CellUsage): Uint8Array =>
  usage === 'digitalSignature' ? party.sign : usage === 'keyAgreement' ? party.agree : party.topUp

/** The certificate of a party for a cell. */
export const certificateOf = (
  party: CertifiedParty,
  usage: CellUsage,
  by = issuer,
  change: Partial<CertificateContent> = {},
): Uint8Array =>
  issued(by, {
    subject: {
      kind: 'organisation',
      commonName: party.role,
      role: remotePartyRole[party.role],
      entityId: party.id,
    },
    publicKey: native.publicKeyOf(keyOf(party, usage)),
    keyUsage: usage === 'digitalSignature' ? usage : 'keyAgreement',
    ...change,
  })

/** Gives a device the root and these parties to trust, each in all the cells that it has for their role. */
export function provision(device: Device, parties: readonly CertifiedParty[]): void {
  const set = (cell: CellName, der: Uint8Array): void => device.anchors.set(cell, anchorOf(parseCertificate(der)))
  set({ role: 'root', usage: 'keyCertSign' }, authorityCertificate(root, root))
  for (const party of parties)
    for (const cell of device.anchors.cells) if (cell.role === party.role) set(cell, certificateOf(party, cell.usage))
}
