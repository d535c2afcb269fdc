import { eui64 } from '@smets2-sim/bytes'
import {
  buildCertificate,
  type Certificate,
  type CertificateContent,
  type IssuerKey,
  keyIdentifierOf,
  native,
  parseCertificate,
} from './index.js'
import { random } from './yardsticks.fixture.js'

/** A key pair with the name under which it issues certificates. */
export interface Authority {
  readonly commonName: string
  readonly role?: number
  readonly scalar: Uint8Array
  readonly publicKey: Uint8Array
}
export function authority(commonName: string, seed: number, role?: number): Authority {
  const scalar = random(seed)(32)
  return { commonName, scalar, publicKey: native.publicKeyOf(scalar), ...(role !== undefined && { role }) }
}
export const validity = { notBefore: '20200101000000Z', notAfter: '20400101000000Z' }
export const leafKey = random(22)(32)

/** A certificate of `issuer`; what is not said is that of a supplier's digital signature key. */
export const issued = (issuer: Authority, content: Partial<CertificateContent> = {}): Certificate =>
  parseCertificate(
    buildCertificate(
      native,
      {
        ...validity,
        serialNumber: Uint8Array.of(1, 2),
        issuer,
        publicKey: native.publicKeyOf(leafKey),
        keyUsage: 'digitalSignature',
        subject: { kind: 'organisation', commonName: 'SUPPLIER', role: 2, entityId: eui64('90b3d51f30010000') },
        ...content,
      },
      (tbs) => native.sign(issuer.scalar, tbs),
    ),
  )
/** The certificate of one authority by another. */
export const authorityCertificate = (
  issuer: Authority,
  subject: Authority,
  content: Partial<CertificateContent> = {},
): Certificate =>
  issued(issuer, {
    subject: { kind: 'issuer', ...subject },
    publicKey: subject.publicKey,
    keyUsage: 'keyCertSign',
    ...content,
  })
export const anchorOf = ({ publicKey }: Authority): IssuerKey => ({
  subjectKeyIdentifier: keyIdentifierOf(native, publicKey),
  publicKey,
})
