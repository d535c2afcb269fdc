import {
  concat,
  contextTag,
  der,
  derBitString,
  derInteger,
  derOid,
  derTag,
  type Eui64,
  eui64Bytes,
  utf8,
} from '@smets2-sim/bytes'
import { type CertificateKeyUsage, keyIdentifierOf } from './certificate.js'
import { publicKeyInfo } from './key-encoding.js'
import { oid } from './oid.js'
import type { CryptoProvider } from './provider.js'

/** What a certificate says. Organisations have a role and a unique identifier, devices a hardware serial number. facts 7.7. */
export interface CertificateContent {
  readonly serialNumber: Uint8Array
  readonly issuer: { readonly commonName: string; readonly role?: number; readonly publicKey: Uint8Array }
  readonly subject:
    | { readonly kind: 'organisation'; readonly commonName: string; readonly role: number; readonly entityId: Eui64 }
    | { readonly kind: 'device'; readonly entityId: Eui64 }
    | { readonly kind: 'issuer'; readonly commonName: string; readonly role?: number }
  readonly publicKey: Uint8Array
  readonly keyUsage: CertificateKeyUsage
  /** `YYYYMMDDhhmmssZ`. */
  readonly notBefore: string
  readonly notAfter: string
}

const { sequence, set, octetString } = derTag
const usageContent: Readonly<Record<CertificateKeyUsage, Uint8Array>> = {
  digitalSignature: derBitString(Uint8Array.of(0x80), 7),
  keyAgreement: derBitString(Uint8Array.of(0x08), 3),
  keyCertSign: derBitString(Uint8Array.of(0x04), 2),
}
const ORGANISATION_POLICY = '1.2.826.0.1.8641679.1.2.1.4'
const DEVICE_POLICY = '1.2.826.0.1.3897280.1.2.1.2'
/** Type of the hardware module in a device's name. */
const HARDWARE_TYPE = '1.2.826.0.1.8641679.1.2.2.1'

const attribute = (type: string, value: Uint8Array): Uint8Array => der(set, der(sequence, derOid(type), value))
const printable = (text: string): Uint8Array => der(derTag.printableString, utf8(text))
const utf = (text: string): Uint8Array => der(derTag.utf8String, utf8(text))
const roleText = (role: number): string => role.toString(16).padStart(2, '0').toUpperCase()

function issuerName(name: { commonName: string; role?: number }): Uint8Array {
  const role = name.role === undefined ? [] : [attribute(oid.organizationalUnit, printable(roleText(name.role)))]
  return der(sequence, ...role, attribute(oid.commonName, printable(name.commonName)))
}

function subjectName(subject: CertificateContent['subject']): Uint8Array {
  if (subject.kind === 'device') return der(sequence, new Uint8Array(0))
  if (subject.kind === 'issuer') return issuerName(subject)
  return der(
    sequence,
    attribute(oid.commonName, utf(subject.commonName)),
    attribute(oid.organizationalUnit, utf(roleText(subject.role))),
    attribute(oid.uniqueIdentifier, derBitString(eui64Bytes(subject.entityId))),
  )
}

/** Years before 2050 are a UTCTime, later ones a GeneralizedTime (RFC 5280). */
const time = (text: string): Uint8Array =>
  text < '2050' ? der(derTag.utcTime, utf8(text.slice(2))) : der(derTag.generalizedTime, utf8(text))

const critical = der(derTag.boolean, Uint8Array.of(0xff))
const extension = (type: string, isCritical: boolean, value: Uint8Array): Uint8Array =>
  der(sequence, derOid(type), ...(isCritical ? [critical] : []), der(octetString, value))

export const keyUsageExtension = (usage: CertificateKeyUsage): Uint8Array =>
  extension(oid.keyUsage, true, usageContent[usage])

/** Critical alternative name with the EUI-64 of a device as its hardware serial number. */
export function hardwareNameExtension(id: Eui64): Uint8Array {
  const module = der(sequence, derOid(HARDWARE_TYPE), der(octetString, eui64Bytes(id)))
  const other = der(contextTag(0, true), derOid(oid.hardwareModuleName), der(contextTag(0, true), module))
  return extension(oid.subjectAltName, true, der(sequence, other))
}

export const ecdsaSha256 = der(sequence, derOid(oid.ecdsaSha256))

/** r || s as ECDSA-Sig-Value in a bit string. */
export const signatureBits = (signature: Uint8Array): Uint8Array =>
  derBitString(
    der(sequence, ...[signature.subarray(0, 32), signature.subarray(32)].map((part) => derInteger(unsigned(part)))),
  )
const unsigned = (octets: Uint8Array): bigint => octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n)

/** A certificate as DER, signed by `sign` (ECDSA, r || s). The same content gives the same body. */
export function buildCertificate(
  p: CryptoProvider,
  content: CertificateContent,
  sign: (tbs: Uint8Array) => Uint8Array,
): Uint8Array {
  const { subject } = content
  const policy = 'role' in subject && subject.role !== undefined ? ORGANISATION_POLICY : DEVICE_POLICY
  const extensions = [
    keyUsageExtension(content.keyUsage),
    extension(oid.subjectKeyIdentifier, false, der(octetString, keyIdentifierOf(p, content.publicKey))),
    ...(subject.kind === 'device' ? [hardwareNameExtension(subject.entityId)] : []),
    ...(subject.kind === 'issuer' ? [extension(oid.basicConstraints, true, der(sequence, critical))] : []),
    extension(oid.certificatePolicies, true, der(sequence, der(sequence, derOid(policy)))),
    extension(
      oid.authorityKeyIdentifier,
      false,
      der(sequence, der(contextTag(0), keyIdentifierOf(p, content.issuer.publicKey))),
    ),
  ]
  const tbs = der(
    sequence,
    der(contextTag(0, true), derInteger(2)),
    derInteger(unsigned(content.serialNumber)),
    ecdsaSha256,
    issuerName(content.issuer),
    der(sequence, time(content.notBefore), time(content.notAfter)),
    subjectName(subject),
    publicKeyInfo(content.publicKey),
    der(contextTag(3, true), der(sequence, ...extensions)),
  )
  return der(sequence, concat(tbs, ecdsaSha256, signatureBits(sign(tbs))))
}
