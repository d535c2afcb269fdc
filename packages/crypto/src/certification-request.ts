import {
  concat,
  contextTag,
  der,
  derInteger,
  derOid,
  derTag,
  type Eui64,
  nextIs,
  readDer,
  readElement,
  Reader,
  readOid,
  readSmall,
} from '@smets2-sim/bytes'
import { ecdsaSha256, hardwareNameExtension, keyUsageExtension, signatureBits } from './build-certificate.js'
import { type CertificateKeyUsage, readHardwareModule, readKeyUsage, readSignature } from './certificate.js'
import { publicKeyInfo, readPublicKeyInfo } from './key-encoding.js'
import { oid } from './oid.js'
import type { CryptoProvider } from './provider.js'

/** A PKCS#10 request of a device for a certificate of a new key. facts 7.6, CS02c. */
export interface CertificationRequest {
  /** What is signed: all but the proof of possession. */
  readonly body: Uint8Array
  readonly publicKey: Uint8Array
  readonly keyUsage: readonly CertificateKeyUsage[]
  readonly entityId?: Eui64
  /** Signed by the requested key itself: the proof of possession. */
  readonly isPossessed: (p: CryptoProvider) => boolean
}

const { sequence, set } = derTag

/** The request as DER; `sign` signs with the private key of `publicKey`. */
export function buildCertificationRequest(
  id: Eui64,
  usage: Exclude<CertificateKeyUsage, 'keyCertSign'>,
  publicKey: Uint8Array,
  sign: (body: Uint8Array) => Uint8Array,
): Uint8Array {
  const extensions = der(sequence, keyUsageExtension(usage), hardwareNameExtension(id))
  const attribute = der(sequence, derOid(oid.extensionRequest), der(set, extensions))
  const body = der(
    sequence,
    derInteger(0),
    der(sequence, new Uint8Array(0)),
    publicKeyInfo(publicKey),
    der(contextTag(0, true), attribute),
  )
  return der(sequence, concat(body, ecdsaSha256, signatureBits(sign(body))))
}

export function parseCertificationRequest(octets: Uint8Array): CertificationRequest {
  const outer = new Reader(octets)
  const reader = readDer(outer, sequence, 'certification request')
  outer.end('the certification request')
  const bodyOctets = readElement(reader, 'request body')
  const signature = readSignature(reader)
  const body = readDer(new Reader(bodyOctets), sequence, 'request body')
  readSmall(body, 'version', 0, 0)
  readElement(body, 'subject')
  const publicKey = readPublicKeyInfo(body)
  let keyUsage: CertificateKeyUsage[] = []
  let entityId: Eui64 | undefined
  const attributes = readDer(body, contextTag(0, true), 'attributes')
  while (attributes.remaining > 0) {
    const attribute = readDer(attributes, sequence, 'attribute')
    if (readOid(attribute, 'attribute') !== oid.extensionRequest) continue
    const extensions = readDer(readDer(attribute, set, 'extensions'), sequence, 'extensions')
    while (extensions.remaining > 0) {
      const extension = readDer(extensions, sequence, 'extension')
      const type = readOid(extension, 'extension')
      if (nextIs(extension, derTag.boolean)) readDer(extension, derTag.boolean, 'critical')
      const value = readDer(extension, derTag.octetString, 'extension value')
      if (type === oid.keyUsage) keyUsage = readKeyUsage(value)
      else if (type === oid.subjectAltName) entityId = readHardwareModule(value)
    }
  }
  return {
    body: bodyOctets,
    publicKey,
    keyUsage,
    ...(entityId && { entityId }),
    isPossessed: (p) => p.verify(publicKey, bodyOctets, signature),
  }
}
