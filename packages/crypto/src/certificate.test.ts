import { readdirSync, readFileSync } from 'node:fs'
import { eui64, GbcsError, toHex } from '@smets2-sim/bytes'
import { describe, expect, it } from 'vitest'
import { authority, authorityCertificate, issued, leafKey, validity } from './chain.fixture.js'
import {
  buildCertificationRequest,
  fromPem,
  keyIdentifierOf,
  native,
  parseCertificate,
  parseCertificationRequest,
  parsePrivateKeyInfo,
  privateKeyInfo,
  toPem,
} from './index.js'
import { peer } from './peer.fixture.js'
import { random, referenceCertificates } from './yardsticks.fixture.js'

const root = authority('root', 20, 0)
const ca = authority('issuer', 21, 7)
const leaf = issued(ca)
const device = issued(authority('devices', 23), {
  subject: { kind: 'device', entityId: eui64('00db1234567890a0') },
  notAfter: '99991231235959Z',
  keyUsage: 'keyAgreement',
})
const everyKind = [leaf, device, authorityCertificate(root, ca), authorityCertificate(root, root)]

/** Any octets give a value or a GbcsError. */
function isTotal(octets: Uint8Array, parse: (octets: Uint8Array) => unknown): void {
  for (let at = 0; at < octets.length; at++) {
    const changed = octets.slice()
    changed[at] = (changed[at] as number) ^ 0x15
    for (const input of [changed, octets.subarray(0, at)])
      try {
        parse(input)
      } catch (error) {
        if (!(error instanceof GbcsError)) throw error
      }
  }
}

describe('certificates', () => {
  it.skipIf(!referenceCertificates)('of the reference set say whose and for what they are', () => {
    const files = readdirSync(referenceCertificates as string)
    expect(files.length).toBeGreaterThan(25)
    for (const file of files) {
      const pem = readFileSync(`${referenceCertificates}/${file}`, 'utf8')
      if (!pem.includes('BEGIN CERTIFICATE')) continue
      const certificate = parseCertificate(fromPem('CERTIFICATE', pem))
      // the set files a certificate of the second supplier as that of the WAN provider
      const owner = file === '90b3d51f30000007-ka.pem' ? '90b3d51f30030000' : file.slice(0, 16)
      expect([file, certificate.entityId]).toEqual([file, owner])
      expect(certificate.keyUsage).toEqual([file.endsWith('-ds.pem') ? 'digitalSignature' : 'keyAgreement'])
      expect(toHex(keyIdentifierOf(native, certificate.publicKey))).toBe(toHex(certificate.subjectKeyIdentifier))
      expect(certificate.role === undefined).toBe(file.startsWith('00db'))
    }
  })
  it('say what was put in', () => {
    expect(leaf).toMatchObject({
      entityId: '90b3d51f30010000',
      role: 2,
      issuer: 'OU=07,CN=issuer',
      isCa: false,
      keyUsage: ['digitalSignature'],
      ...validity,
    })
    expect(device).toMatchObject({ entityId: '00db1234567890a0', subject: '', notAfter: '99991231235959Z' })
    expect(device.role).toBeUndefined()
    expect(everyKind.map(({ isCa }) => isCa)).toEqual([false, false, true, true])
  })
  it('say the same to another reader', () => {
    for (const certificate of everyKind) {
      const read = new peer.X509Certificate(certificate.der)
      expect(read.serialNumber).toBe(toHex(certificate.serialNumber))
      const times = [read.notBefore, read.notAfter].map((time) => time.toISOString().replace(/[-:T]|\.000/g, ''))
      expect(times).toEqual([certificate.notBefore, certificate.notAfter])
      expect(toHex(new Uint8Array(read.publicKey.rawData).subarray(-65))).toBe(toHex(certificate.publicKey))
      const keyId = read.getExtension(peer.SubjectKeyIdentifierExtension)?.keyId
      expect(keyId).toBe(toHex(certificate.subjectKeyIdentifier))
      expect(read.getExtension(peer.BasicConstraintsExtension)?.ca ?? false).toBe(certificate.isCa)
      const bit = { digitalSignature: 1, keyAgreement: 16, keyCertSign: 32 }
      expect(certificate.keyUsage.map((usage) => bit[usage])).toEqual([
        read.getExtension(peer.KeyUsagesExtension)?.usages,
      ])
    }
  })
  it('cut or changed anywhere are a GbcsError or another certificate, never a crash', () => {
    for (const { der } of everyKind) isTotal(der, parseCertificate)
  })
})

describe('certification requests', () => {
  const id = eui64('00db1234567890a0')
  const request = (scalar: Uint8Array) =>
    buildCertificationRequest(id, 'keyAgreement', native.publicKeyOf(leafKey), (body) => native.sign(scalar, body))

  it('come with a proof of possession', () => {
    const parsed = parseCertificationRequest(request(leafKey))
    expect(parsed).toMatchObject({ entityId: id, keyUsage: ['keyAgreement'], publicKey: native.publicKeyOf(leafKey) })
    expect(parsed.isPossessed(native)).toBe(true)
    expect(parseCertificationRequest(request(ca.scalar)).isPossessed(native)).toBe(false)
  })
  it('cut or changed anywhere are a GbcsError or another request, never a crash', () => {
    isTotal(request(leafKey), parseCertificationRequest)
  })
})

describe('keys and texts', () => {
  it('go through PKCS#8 and back, with and without their public key', () => {
    const scalar = random(5)(32)
    expect(parsePrivateKeyInfo(privateKeyInfo(scalar))).toEqual(scalar)
    const info = privateKeyInfo(scalar, native.publicKeyOf(scalar))
    expect(parsePrivateKeyInfo(info)).toEqual(scalar)
    isTotal(info, parsePrivateKeyInfo)
    expect(() => parsePrivateKeyInfo(privateKeyInfo(scalar.subarray(1)))).toThrowError(/31 octets, expected 32/)
  })
  it('go through PEM and back', () => {
    const text = toPem('CERTIFICATE', leaf.der)
    expect(text.split('\n').every((line) => line.length <= 64)).toBe(true)
    expect(fromPem('CERTIFICATE', `preface\n${text}`)).toEqual(leaf.der)
    expect(fromPem('CERTIFICATE', text.replace(/\n/g, '\r\n'))).toEqual(leaf.der)
    expect(() => fromPem('PRIVATE KEY', text)).toThrowError(/no block PRIVATE KEY/)
    for (const damage of ['\nM', '\nM=I', '\nMII='])
      expect(() => fromPem('CERTIFICATE', text.replace('\nMI', damage))).toThrowError(GbcsError)
  })
})
