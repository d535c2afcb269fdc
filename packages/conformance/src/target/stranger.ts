import { type Eui64, eui64 } from '@smets2-sim/bytes'
import { buildCertificate, type CertificateContent, type CertificateKeyUsage, native } from '@smets2-sim/crypto'
import { remotePartyRole, type RemotePartyRole } from '@smets2-sim/gbcs'

/** A device and an authority that no device under test knows. Our decision. */
export const strangerId = eui64('0253494dffffffff')
const ROOT_KEY = new Uint8Array(32).fill(0x5a)
const HOLDER_KEY = new Uint8Array(32).fill(0x5b)
const authority = { commonName: 'STRANGER', role: 7 }

function certificate(
  subject: CertificateContent['subject'],
  keyUsage: CertificateKeyUsage,
  privateKey = HOLDER_KEY,
): Uint8Array {
  return buildCertificate(
    native,
    {
      serialNumber: Uint8Array.of(1, 2, 3),
      issuer: { ...authority, publicKey: native.publicKeyOf(ROOT_KEY) },
      subject,
      publicKey: native.publicKeyOf(privateKey),
      keyUsage,
      notBefore: '20200101000000Z',
      notAfter: '99991231235959Z',
    },
    (body) => native.sign(ROOT_KEY, body),
  )
}

/** The authority that vouches for all these, and for itself. */
export const strangeAuthority = (): Uint8Array => certificate({ kind: 'issuer', ...authority }, 'keyCertSign', ROOT_KEY)
/** A root of which the device's own root says nothing. */
export const strangeRoot = (): Uint8Array =>
  certificate({ kind: 'issuer', commonName: 'STRANGE ROOT', role: remotePartyRole.root }, 'keyCertSign')
/** A party's certificate, right but for who issued it. */
export const strangeParty = (role: RemotePartyRole, entityId: Eui64, keyUsage: CertificateKeyUsage): Uint8Array =>
  certificate({ kind: 'organisation', commonName: role, role: remotePartyRole[role], entityId }, keyUsage)
/** The certificate of the device that no one knows. */
export const strangeDevice = (): Uint8Array => certificate({ kind: 'device', entityId: strangerId }, 'keyAgreement')
