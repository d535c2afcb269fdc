import { type Eui64, GbcsError, toHex } from '@smets2-sim/bytes'
import { type CertificateContent, type CryptoProvider, native, parseCertificationRequest } from '@smets2-sim/crypto'
import { remotePartyRole, type RemotePartyRole } from '@smets2-sim/gbcs'
import { type CredentialUsage, type Identity, type PartyRole, usagesOf } from './identity.js'
import {
  deviceValidity,
  issue,
  type IssuerName,
  type Issuers,
  makeIssuers,
  organisationValidity,
  type Validity,
} from './issuer.js'
import { seeded } from './seeded.js'

/** How an identity differs from the usual one. */
export interface IdentityOptions extends Partial<Validity> {
  readonly generation?: number
  readonly issuer?: IssuerName
}

/** What a device is given to trust: a certificate for the trust anchor cell of a role and usage. */
export interface TrustedCredential {
  readonly role: RemotePartyRole
  readonly usage: CredentialUsage | 'keyCertSign'
  /** DER. */
  readonly certificate: Uint8Array
}

/**
 * The key for the day on which the root itself is lost: it signs an order (CS02b anyByContingency) that puts another root
 * in its place. Devices have its public half, encrypted under the symmetric key, which nobody publishes before. facts 7.4.
 */
export interface ContingencyKey {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
  /** 16 octets. */
  readonly symmetricKey: Uint8Array
  /** 12 octets, for the one encryption under the symmetric key. */
  readonly nonce: Uint8Array
}

/** A smart metering key infrastructure for tests. The same seed gives the same octets, on any machine. */
export interface TestSmki {
  readonly seed: number
  readonly issuers: Issuers
  /** The certificates that lead from an organisation's certificate to the root: what CS02b carries. DER. */
  readonly certificationPath: readonly Uint8Array[]
  /** The same for the root that comes when the contingency key has been used. DER. */
  readonly contingencyPath: readonly Uint8Array[]
  readonly contingency: ContingencyKey
  organisation(role: PartyRole, id: Eui64, options?: IdentityOptions): Identity
  device(id: Eui64, options?: IdentityOptions): Identity
  /** The same party with new keys, or the party `by` that takes its place. */
  replacementFor(party: Identity, by?: Eui64): Identity
  /** The root and all credentials of these parties, for a device to be provisioned with: it takes those it has cells for. */
  trustAnchorsFor(parties: readonly Identity[]): TrustedCredential[]
  /**
   * Answers the request (PKCS#10) that a device made for CS02c with the certificate for CS02d, both DER.
   * @throws GbcsError `cryptoFailure` without proof of possession, `invalidValue` without an identity or with another
   *   than exactly one usage of a device
   */
  issueDeviceCertificate(request: Uint8Array): Uint8Array
  /** Any certificate by any of the authorities, wrong ones included. DER. */
  issue(by: IssuerName, content: Omit<CertificateContent, 'issuer' | 'serialNumber'>): Uint8Array
}

/** `crypto` only makes it faster or more portable: what it makes is the same with both providers. */
export function testSmki({ seed, crypto = native }: { seed: number; crypto?: CryptoProvider }): TestSmki {
  const source = seeded(crypto, seed)
  const issuers = makeIssuers(crypto, source)
  const identities = new Map<string, Identity>()

  const certify = (by: IssuerName, content: Omit<CertificateContent, 'issuer' | 'serialNumber'>): Uint8Array => {
    const { publicKey, keyUsage, notBefore, notAfter } = content
    const label = [by, toHex(publicKey), keyUsage, notBefore, notAfter, JSON.stringify(content.subject)].join(' ')
    return issue(crypto, issuers[by], { ...content, serialNumber: source.serialNumber(label) })
  }

  function make(role: PartyRole | undefined, id: Eui64, options: IdentityOptions): Identity {
    const { generation = 0, issuer = role ? 'organisationIssuer' : 'deviceIssuer', ...validity } = options
    const owner = `${role ?? 'device'} ${id} ${generation}`
    const subject: CertificateContent['subject'] = role
      ? { kind: 'organisation', commonName: role, role: remotePartyRole[role], entityId: id }
      : { kind: 'device', entityId: id }
    const keys: Partial<Record<CredentialUsage, Uint8Array>> = {}
    const certificates: Partial<Record<CredentialUsage, Uint8Array>> = {}
    for (const usage of usagesOf(role)) {
      const key = (keys[usage] = source.scalar(`${owner} ${usage}`))
      certificates[usage] = certify(issuer, {
        ...(role ? organisationValidity : deviceValidity),
        ...validity,
        subject,
        publicKey: crypto.publicKeyOf(key),
        keyUsage: usage === 'digitalSignature' ? usage : 'keyAgreement',
      })
    }
    return { id, ...(role && { role }), generation, keys, certificates } as Identity
  }
  function identity(role: PartyRole | undefined, id: Eui64, options: IdentityOptions = {}): Identity {
    const { generation, issuer, notBefore, notAfter } = options
    const name = [role, id, generation ?? 0, issuer, notBefore, notAfter].join(' ')
    const known = identities.get(name) ?? make(role, id, options)
    identities.set(name, known)
    return known
  }

  const contingencyPrivateKey = source.scalar('contingency')
  return {
    seed,
    issuers,
    contingency: {
      privateKey: contingencyPrivateKey,
      publicKey: crypto.publicKeyOf(contingencyPrivateKey),
      symmetricKey: source.octets('contingency').subarray(0, 16),
      nonce: source.octets('contingency').subarray(16, 28),
    },
    get certificationPath() {
      return [issuers.organisationIssuer.certificate]
    },
    get contingencyPath() {
      return [issuers.contingencyIssuer.certificate]
    },
    organisation: identity,
    device: (id, options) => identity(undefined, id, options),
    replacementFor: ({ role, id, generation }, by = id) =>
      identity(role, by, by === id ? { generation: generation + 1 } : {}),
    trustAnchorsFor: (parties) => [
      { role: 'root', usage: 'keyCertSign', certificate: issuers.organisationRoot.certificate },
      ...parties.flatMap(({ role, certificates }) =>
        role ? usagesOf(role).map((usage) => ({ role, usage, certificate: certificates[usage] as Uint8Array })) : [],
      ),
    ],
    issueDeviceCertificate(octets) {
      const request = parseCertificationRequest(octets)
      const [keyUsage, ...more] = request.keyUsage
      if (!request.isPossessed(crypto))
        throw new GbcsError('cryptoFailure', 'a certification request is not signed by the key that it is for')
      if (!request.entityId) throw new GbcsError('invalidValue', 'a certification request names no device')
      if (more.length > 0 || (keyUsage !== 'digitalSignature' && keyUsage !== 'keyAgreement'))
        throw new GbcsError(
          'invalidValue',
          `a certification request is for usage ${request.keyUsage.join(', ') || 'none'}`,
        )
      return certify('deviceIssuer', {
        ...deviceValidity,
        subject: { kind: 'device', entityId: request.entityId },
        publicKey: request.publicKey,
        keyUsage,
      })
    },
    issue: certify,
  }
}
