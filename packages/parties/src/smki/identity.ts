import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { type CryptoProvider, type KeyStore, type KeyVault, softwareKeyStore } from '@smets2-sim/crypto'
import { remotePartyRole, type RemotePartyRole } from '@smets2-sim/gbcs'

/** Roles of organisations that are remote parties. */
export type PartyRole = Exclude<RemotePartyRole, 'root' | 'issuingAuthority'>
export const partyRoles = (Object.keys(remotePartyRole) as RemotePartyRole[]).filter(
  (role): role is PartyRole => role !== 'root' && role !== 'issuingAuthority',
)
/** What a key is for. `prePaymentTopUp` is the supplier's second key agreement key, for top-up tokens. */
export type CredentialUsage = 'digitalSignature' | 'keyAgreement' | 'prePaymentTopUp'
type Credentials = Readonly<Record<'digitalSignature' | 'keyAgreement', Uint8Array>> & {
  /** Only of a supplier. */
  readonly prePaymentTopUp?: Uint8Array
}

/** A remote party or a device with its keys and certificates. */
export interface Identity {
  readonly id: Eui64
  /** Absent for a device. */
  readonly role?: PartyRole
  /** 0 for the first keys of a party, one more with each replacement. */
  readonly generation: number
  /** Private scalars. */
  readonly keys: Credentials
  /** DER. */
  readonly certificates: Credentials
}

export const usagesOf = (role: PartyRole | undefined): readonly CredentialUsage[] =>
  role === 'supplier' ? ['digitalSignature', 'keyAgreement', 'prePaymentTopUp'] : ['digitalSignature', 'keyAgreement']

/** A key store with the signature and the key agreement key of an identity; keys that it makes itself are kept in a vault. */
export const identityKeyStore = (p: CryptoProvider, { keys }: Identity, vault?: KeyVault): KeyStore =>
  softwareKeyStore(p, { digitalSignature: keys.digitalSignature, keyAgreement: keys.keyAgreement }, vault)

/**
 * A key store that agrees with the supplier's top-up key: what makes the MACs of tokens.
 * @throws GbcsError `unknownKey` for another than a supplier
 */
export function topUpKeyStore(p: CryptoProvider, { id, keys }: Identity): KeyStore {
  if (!keys.prePaymentTopUp) throw new GbcsError('unknownKey', `${id} has no prePaymentTopUp key`)
  return softwareKeyStore(p, { keyAgreement: keys.prePaymentTopUp })
}
