import { remotePartyRole, roleName } from '@smets2-sim/gbcs'
import type { CellName, CellUsage } from './trust-anchors.js'

/** A trust anchor cell as ASN.1 payloads name it. facts 7.1. */
export interface Asn1Cell {
  readonly role: number
  readonly keyUsage: 'digitalSignature' | 'keyAgreement' | 'keyCertSign'
  /** 1 for the supplier's top-up key. */
  readonly cellUsage?: number
}

const TOP_UP = 1
/** The cell of a name in a payload, or undefined when no device can have it. */
export function cellNameOf({ role, keyUsage, cellUsage = 0 }: Asn1Cell): CellName | undefined {
  const name = roleName(role)
  if (!name || (cellUsage !== 0 && (cellUsage !== TOP_UP || keyUsage !== 'keyAgreement'))) return undefined
  return { role: name, usage: cellUsage === TOP_UP ? 'prePaymentTopUp' : keyUsage }
}
export const keyUsageOf = (usage: CellUsage): Asn1Cell['keyUsage'] =>
  usage === 'prePaymentTopUp' ? 'keyAgreement' : usage
export const asn1CellOf = ({ role, usage }: CellName): Required<Asn1Cell> => ({
  role: remotePartyRole[role],
  keyUsage: keyUsageOf(usage),
  cellUsage: usage === 'prePaymentTopUp' ? TOP_UP : 0,
})
