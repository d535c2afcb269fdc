import type { Eui64 } from '@smets2-sim/bytes'
import { type CryptoProvider, keyIdentifierOf, type KeyUsage } from '@smets2-sim/crypto'
import { type CellName, type Device, ownCertificate, type TrustAnchor } from '@smets2-sim/firmware'
import { partyOf, type TargetKey, type TargetKeys } from './keys.js'

const NOBODY = '0000000000000000' as Eui64

/** Gives a simulated device what one under test has: its own certificates, and the parties in its trust anchor cells. */
export function provision(device: Device, keys: TargetKeys, p: CryptoProvider): void {
  for (const [usage, { certificate }] of Object.entries(keys.device.keys) as [KeyUsage, TargetKey][])
    if (certificate) device.items.write(ownCertificate(usage), certificate)
  for (const cell of device.anchors.cells) {
    const anchor = anchorFor(cell, keys, p)
    if (anchor) device.anchors.set(cell, anchor)
  }
}

function anchorFor({ role, usage }: CellName, keys: TargetKeys, p: CryptoProvider): TrustAnchor | undefined {
  const party = partyOf(keys, role)
  const key = usage === 'keyCertSign' ? keys.root : party?.keys[usage]
  if (!key) return undefined
  return {
    entityId: party?.id ?? NOBODY,
    publicKey: key.publicKey,
    subjectKeyIdentifier: keyIdentifierOf(p, key.publicKey),
    certificate: key.certificate ?? new Uint8Array(0),
  }
}
