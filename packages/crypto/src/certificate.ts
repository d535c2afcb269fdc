import {
  contextTag,
  derTag,
  type Eui64,
  eui64,
  GbcsError,
  nextIs,
  readBitString,
  readDer,
  readElement,
  readOid,
  Reader,
  readSmall,
  toLatin1,
} from '@smets2-sim/bytes'
import { readPublicKeyInfo } from './key-encoding.js'
import { oid } from './oid.js'
import type { CryptoProvider } from './provider.js'

export type CertificateKeyUsage = 'digitalSignature' | 'keyAgreement' | 'keyCertSign'
/** A certificate of the SMKI, its fields checked for form. facts 7.7. */
export interface Certificate {
  readonly der: Uint8Array
  readonly serialNumber: Uint8Array
  /** `CN=Z1,OU=07`: attributes in the order of the certificate. */
  readonly issuer: string
  readonly subject: string
  readonly publicKey: Uint8Array
  readonly keyUsage: readonly CertificateKeyUsage[]
  readonly subjectKeyIdentifier: Uint8Array
  readonly authorityKeyIdentifier?: Uint8Array
  /** Whose certificate it is: the unique identifier of an organisation, the hardware serial number of a device. */
  readonly entityId?: Eui64
  /** Role number of an organisation, from its OU. */
  readonly role?: number
  readonly isCa: boolean
  /** `YYYYMMDDhhmmssZ`. */
  readonly notBefore: string
  readonly notAfter: string
  readonly tbs: Uint8Array
  /** r || s. */
  readonly signature: Uint8Array
}

interface Name {
  readonly text: string
  readonly entityId?: Eui64
  readonly role?: number
}

function readName(reader: Reader, field: string): Name {
  const name = readDer(reader, derTag.sequence, field)
  const parts: string[] = []
  let entityId: Eui64 | undefined
  let role: number | undefined
  while (name.remaining > 0) {
    const attribute = readDer(readDer(name, derTag.set, field), derTag.sequence, field)
    const type = readOid(attribute, field)
    if (type === oid.uniqueIdentifier) {
      const bits = readBitString(attribute, 'unique identifier')
      entityId = eui64(bits.bytes)
      continue
    }
    const tag = attribute.u8(field)
    if (tag !== derTag.utf8String && tag !== derTag.printableString)
      throw attribute.error('invalidTag', `${field} holds a string of tag ${tag}`)
    const text = toLatin1(attribute.take(attribute.length(field), field))
    if (type === oid.organizationalUnit) {
      if (!/^[0-9a-fA-F]{2}$/.test(text))
        throw attribute.error('invalidValue', `role ${JSON.stringify(text)} is not two hexadecimal digits`)
      role = parseInt(text, 16)
    }
    parts.push(`${type === oid.commonName ? 'CN' : type === oid.organizationalUnit ? 'OU' : type}=${text}`)
  }
  return { text: parts.join(','), ...(entityId && { entityId }), ...(role !== undefined && { role }) }
}

function readTime(reader: Reader, field: string): string {
  const tag = reader.u8(field)
  const text = toLatin1(reader.take(reader.length(field), field))
  if (tag === derTag.generalizedTime && /^\d{14}Z$/.test(text)) return text
  if (tag === derTag.utcTime && /^\d{12}Z$/.test(text)) return `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}`
  throw reader.error('invalidValue', `${field} is not a time of X.509`)
}

/** ECDSA-Sig-Value to r || s. */
export function readSignature(reader: Reader): Uint8Array {
  const algorithm = readDer(reader, derTag.sequence, 'signature algorithm')
  if (readOid(algorithm, 'signature algorithm') !== oid.ecdsaSha256)
    throw reader.error('unsupported', 'a signature is not ECDSA with SHA-256')
  const value = readDer(
    new Reader(readBitString(reader, 'signature').bytes, reader.offset),
    derTag.sequence,
    'signature',
  )
  const signature = new Uint8Array(64)
  for (const end of [32, 64]) {
    const part = readDer(value, derTag.integer, 'signature part').rest()
    const number = part[0] === 0 ? part.subarray(1) : part
    if (number.length > 32) throw value.error('invalidLength', 'a part of a signature is longer than 32 octets')
    signature.set(number, end - number.length)
  }
  value.end('the signature')
  return signature
}

const usageBits: readonly (readonly [number, CertificateKeyUsage])[] = [
  [0x80, 'digitalSignature'],
  [0x08, 'keyAgreement'],
  [0x04, 'keyCertSign'],
]
export function readKeyUsage(reader: Reader): CertificateKeyUsage[] {
  const first = readBitString(reader, 'key usage').bytes[0] ?? 0
  return usageBits.filter(([bit]) => first & bit).map(([, usage]) => usage)
}

/** EUI-64 of a hardwareModuleName in a subjectAltName. */
export function readHardwareModule(reader: Reader): Eui64 {
  const other = readDer(readDer(reader, derTag.sequence, 'alternative name'), contextTag(0, true), 'other name')
  if (readOid(other, 'other name') !== oid.hardwareModuleName)
    throw other.error('unsupported', 'an alternative name is no hardware module')
  const module = readDer(readDer(other, contextTag(0, true), 'hardware module'), derTag.sequence, 'hardware module')
  readOid(module, 'hardware type')
  return eui64(readDer(module, derTag.octetString, 'hardware serial number').rest())
}

type Extensions = {
  -readonly [K in 'keyUsage' | 'subjectKeyIdentifier' | 'authorityKeyIdentifier' | 'isCa' | 'entityId']?: Certificate[K]
}

function readExtensions(reader: Reader): Extensions {
  const list = readDer(readDer(reader, contextTag(3, true), 'extensions'), derTag.sequence, 'extensions')
  const found: Extensions = {}
  while (list.remaining > 0) {
    const extension = readDer(list, derTag.sequence, 'extension')
    const type = readOid(extension, 'extension')
    if (nextIs(extension, derTag.boolean)) readDer(extension, derTag.boolean, 'critical').u8('critical')
    const value = readDer(extension, derTag.octetString, 'extension value')
    if (type === oid.keyUsage) found.keyUsage = readKeyUsage(value)
    else if (type === oid.subjectKeyIdentifier)
      found.subjectKeyIdentifier = readDer(value, derTag.octetString, 'subject key identifier').rest()
    else if (type === oid.authorityKeyIdentifier)
      found.authorityKeyIdentifier = readDer(
        readDer(value, derTag.sequence, 'authority key identifier'),
        contextTag(0),
        'authority key identifier',
      ).rest()
    else if (type === oid.subjectAltName) found.entityId = readHardwareModule(value)
    else if (type === oid.basicConstraints) {
      const constraints = readDer(value, derTag.sequence, 'basic constraints')
      found.isCa = nextIs(constraints, derTag.boolean) && readDer(constraints, derTag.boolean, 'CA').u8('CA') !== 0
    }
  }
  return found
}

/** Decodes a certificate of the SMKI; any other octets are a GbcsError. */
export function parseCertificate(octets: Uint8Array): Certificate {
  const outer = new Reader(octets)
  const reader = readDer(outer, derTag.sequence, 'certificate')
  outer.end('the certificate')
  const tbs = readElement(reader, 'certificate body')
  const signature = readSignature(reader)
  reader.end('the certificate')

  const body = readDer(new Reader(tbs), derTag.sequence, 'certificate body')
  readSmall(readDer(body, contextTag(0, true), 'version'), 'version', 2, 2)
  const serialNumber = readDer(body, derTag.integer, 'serial number').rest()
  readDer(body, derTag.sequence, 'signature algorithm')
  const issuer = readName(body, 'issuer')
  const validity = readDer(body, derTag.sequence, 'validity')
  const notBefore = readTime(validity, 'not before')
  const notAfter = readTime(validity, 'not after')
  const subject = readName(body, 'subject')
  const publicKey = readPublicKeyInfo(body)
  const extensions = readExtensions(body)
  if (!extensions.subjectKeyIdentifier)
    throw new GbcsError('invalidValue', 'the certificate has no subject key identifier')
  if (!extensions.keyUsage) throw new GbcsError('invalidValue', 'the certificate has no key usage')
  const entityId = subject.entityId ?? extensions.entityId
  return {
    der: octets,
    serialNumber,
    issuer: issuer.text,
    subject: subject.text,
    publicKey,
    keyUsage: extensions.keyUsage,
    subjectKeyIdentifier: extensions.subjectKeyIdentifier,
    ...(extensions.authorityKeyIdentifier && { authorityKeyIdentifier: extensions.authorityKeyIdentifier }),
    ...(entityId && { entityId }),
    ...(subject.role !== undefined && { role: subject.role }),
    isCa: extensions.isCa ?? false,
    notBefore,
    notAfter,
    tbs,
    signature,
  }
}

/** The 8-octet key identifier: the 4 bits 0100 and the last 60 bits of the SHA-1 of the point. */
export function keyIdentifierOf(p: CryptoProvider, publicKey: Uint8Array): Uint8Array {
  const id = p.sha1(publicKey).slice(12)
  id[0] = 0x40 | ((id[0] as number) & 0x0f)
  return id
}
