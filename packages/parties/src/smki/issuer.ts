import {
  buildCertificate,
  type CertificateContent,
  type CryptoProvider,
  type IssuerKey,
  keyIdentifierOf,
} from '@smets2-sim/crypto'
import { remotePartyRole } from '@smets2-sim/gbcs'
import { signDeterministically } from './deterministic-signature.js'
import type { Seeded } from './seeded.js'

/**
 * The authorities of the test SMKI. Devices trust the organisation root, and the contingency root once the contingency
 * key has put that in its place; nothing trusts the last two.
 */
export type IssuerName =
  | 'organisationRoot'
  | 'organisationIssuer'
  | 'deviceRoot'
  | 'deviceIssuer'
  | 'contingencyRoot'
  | 'contingencyIssuer'
  | 'untrustedRoot'
  | 'untrustedIssuer'

/** An authority that issues certificates. Its key and identifier make it an anchor of a path. */
export interface Issuer extends IssuerKey {
  readonly name: IssuerName
  readonly commonName: string
  /** Role number in its name, for authorities of organisations. */
  readonly role?: number
  readonly privateKey: Uint8Array
  /** DER. */
  readonly certificate: Uint8Array
}
export type Issuers = Readonly<Record<IssuerName, Issuer>>

/** Validity of certificates, `YYYYMMDDhhmmssZ`. */
export interface Validity {
  readonly notBefore: string
  readonly notAfter: string
}
const START = '20160101000000Z'
/** Of organisations and their authorities. Our decision: longer than the ten years in use, so that no run outlives them. */
export const organisationValidity: Validity = { notBefore: START, notAfter: '20991231235959Z' }
/** Of devices and their authorities: for ever. facts 7.7. */
export const deviceValidity: Validity = { notBefore: START, notAfter: '99991231235959Z' }

const { root, issuingAuthority } = remotePartyRole
const declared: Readonly<Record<IssuerName, { commonName: string; role?: number; by: IssuerName }>> = {
  organisationRoot: { commonName: 'SIM0', role: root, by: 'organisationRoot' },
  organisationIssuer: { commonName: 'SIM1', role: issuingAuthority, by: 'organisationRoot' },
  deviceRoot: { commonName: 'SIMD0', by: 'deviceRoot' },
  deviceIssuer: { commonName: 'SIMD1', by: 'deviceRoot' },
  contingencyRoot: { commonName: 'SIM2', role: root, by: 'contingencyRoot' },
  contingencyIssuer: { commonName: 'SIM3', role: issuingAuthority, by: 'contingencyRoot' },
  untrustedRoot: { commonName: 'SIM8', role: root, by: 'untrustedRoot' },
  untrustedIssuer: { commonName: 'SIM9', role: issuingAuthority, by: 'untrustedRoot' },
}

/** A certificate by an authority. Its signature has no random part, so that the same content gives the same octets. */
export const issue = (
  p: CryptoProvider,
  issuer: Pick<Issuer, 'commonName' | 'role' | 'publicKey' | 'privateKey'>,
  content: Omit<CertificateContent, 'issuer'>,
): Uint8Array => buildCertificate(p, { ...content, issuer }, (tbs) => signDeterministically(p, issuer.privateKey, tbs))

/** All authorities of a seed. */
export function makeIssuers(p: CryptoProvider, seed: Seeded): Issuers {
  const keys = (name: IssuerName) => {
    const { by: _, ...naming } = declared[name]
    const privateKey = seed.scalar(name)
    return { ...naming, privateKey, publicKey: p.publicKeyOf(privateKey) }
  }
  const make = (name: IssuerName): Issuer => {
    const own = keys(name)
    let certificate: Uint8Array | undefined
    return {
      ...own,
      name,
      subjectKeyIdentifier: keyIdentifierOf(p, own.publicKey),
      // when it is asked for: most runs need one of them
      get certificate() {
        return (certificate ??= issue(p, keys(declared[name].by), {
          ...(own.role === undefined ? deviceValidity : organisationValidity),
          serialNumber: seed.serialNumber(name),
          subject: { kind: 'issuer', ...own },
          publicKey: own.publicKey,
          keyUsage: 'keyCertSign',
        }))
      },
    }
  }
  return Object.fromEntries((Object.keys(declared) as IssuerName[]).map((name) => [name, make(name)])) as Issuers
}
