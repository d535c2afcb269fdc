import { eui64, toHex } from '@smets2-sim/bytes'
import {
  buildCertificationRequest,
  type CertificateKeyUsage,
  type IssuerKey,
  type KeyUsage,
  native,
  noble,
  parseCertificate,
  softwareKeyStore,
  validatePath,
} from '@smets2-sim/crypto'
import { remotePartyRole } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { type Identity, identityKeyStore, partyRoles, testSmki, topUpKeyStore, usagesOf } from './index.js'

const id = eui64('0253494d00000010')
const deviceId = eui64('0253494d000000a0')
const at = '20260101000000Z'
const smki = testSmki({ seed: 7 })
const random = (count: number) => Uint8Array.from({ length: count }, (_, i) => i + 1)

/** `ok`, or why the certificate of a usage does not lead to the anchor. */
function path(
  certificate: Uint8Array,
  {
    issuer = smki.issuers.organisationIssuer.certificate,
    anchor = smki.issuers.organisationRoot as IssuerKey,
    time = at,
  } = {},
): string {
  const result = validatePath(native, parseCertificate(certificate), [parseCertificate(issuer)], [anchor], time)
  return result.ok ? 'ok' : result.reason
}
const devicePath = (certificate: Uint8Array) =>
  path(certificate, { issuer: smki.issuers.deviceIssuer.certificate, anchor: smki.issuers.deviceRoot })
const octetsOf = ({ keys, certificates }: Identity) =>
  [...Object.values(keys), ...Object.values(certificates)].map(toHex)

describe('a test SMKI', () => {
  it('gives the same octets for the same seed, by either provider, and others for another', () => {
    const of = (seed: number, crypto = native) => octetsOf(testSmki({ seed, crypto }).organisation('supplier', id))
    expect(of(7)).toEqual(octetsOf(smki.organisation('supplier', id)))
    expect(of(7, noble)).toEqual(of(7))
    expect(of(8).filter((octets) => of(7).includes(octets))).toEqual([])
  })
  it('makes an identity once', () => {
    expect(smki.device(deviceId)).toBe(smki.device(deviceId))
    expect(smki.device(deviceId, { generation: 1 })).not.toBe(smki.device(deviceId))
  })
  it('gives each party, role, usage and generation its own key', () => {
    const all = [
      ...partyRoles.map((role) => smki.organisation(role, id)),
      smki.organisation('supplier', eui64('0253494d00000011')),
      smki.organisation('supplier', id, { generation: 1 }),
      smki.device(id),
    ].flatMap(({ keys }) => Object.values(keys).map(toHex))
    expect(new Set(all).size).toBe(all.length)
  })
  it.each(partyRoles)('certifies a %s for what it does, up to the root', (role) => {
    const party = smki.organisation(role, id)
    for (const usage of usagesOf(role)) {
      const octets = party.certificates[usage] as Uint8Array
      const certificate = parseCertificate(octets)
      expect(certificate).toMatchObject({
        entityId: id,
        role: remotePartyRole[role],
        issuer: 'OU=07,CN=SIM1',
        isCa: false,
      })
      expect(certificate.keyUsage).toEqual([usage === 'digitalSignature' ? usage : 'keyAgreement'])
      expect(certificate.publicKey).toEqual(native.publicKeyOf(party.keys[usage] as Uint8Array))
      expect(path(octets)).toBe('ok')
    }
    expect(party.certificates.prePaymentTopUp !== undefined).toBe(role === 'supplier')
  })
  it('certifies a device up to the root of devices, and not up to that of organisations', () => {
    const { certificates } = smki.device(deviceId)
    expect(parseCertificate(certificates.digitalSignature)).toMatchObject({ entityId: deviceId, subject: '' })
    expect([certificates.digitalSignature, certificates.keyAgreement].map(devicePath)).toEqual(['ok', 'ok'])
    expect(path(certificates.keyAgreement)).toBe('noIssuer')
    expect(path(certificates.keyAgreement, { issuer: smki.issuers.deviceIssuer.certificate })).toBe('noIssuer')
  })
  it('makes credentials that are to be refused, too', () => {
    const untrusted = smki.organisation('supplier', id, { issuer: 'untrustedIssuer' }).certificates.digitalSignature
    expect(path(untrusted)).toBe('noIssuer')
    const { untrustedIssuer, untrustedRoot } = smki.issuers
    expect(path(untrusted, { issuer: untrustedIssuer.certificate })).toBe('noIssuer')
    expect(path(untrusted, { issuer: untrustedIssuer.certificate, anchor: untrustedRoot })).toBe('ok')
    const expired = smki.organisation('supplier', id, { notAfter: '20251231235959Z' })
    expect(path(expired.certificates.keyAgreement)).toBe('expired')
    const early = smki.organisation('supplier', id, { notBefore: '20270101000000Z' })
    expect(path(early.certificates.keyAgreement)).toBe('notYetValid')
    expect(path(early.certificates.keyAgreement, { time: '20270101000000Z' })).toBe('ok')
  })
  it('replaces the keys of a party, or the party', () => {
    const first = smki.organisation('supplier', id)
    const second = smki.replacementFor(first)
    expect(second).toMatchObject({ id, role: 'supplier', generation: 1 })
    expect(octetsOf(second).filter((octets) => octetsOf(first).includes(octets))).toEqual([])
    expect(smki.replacementFor(second).generation).toBe(2)
    const other = eui64('0253494d00000011')
    expect(smki.replacementFor(second, other)).toBe(smki.organisation('supplier', other))
    expect(smki.replacementFor(smki.device(deviceId))).toBe(smki.device(deviceId, { generation: 1 }))
  })
  it('says what a device trusts: the root and every credential of its parties', () => {
    const parties = [smki.organisation('supplier', id), smki.organisation('networkOperator', id), smki.device(deviceId)]
    const anchors = smki.trustAnchorsFor(parties)
    expect(anchors.map(({ role, usage }) => `${role} ${usage}`)).toEqual([
      'root keyCertSign',
      'supplier digitalSignature',
      'supplier keyAgreement',
      'supplier prePaymentTopUp',
      'networkOperator digitalSignature',
      'networkOperator keyAgreement',
    ])
    expect(anchors.every(({ role, certificate }) => parseCertificate(certificate).role === remotePartyRole[role])).toBe(
      true,
    )
    expect(smki.certificationPath.map((octets) => parseCertificate(octets).subject)).toEqual(['OU=07,CN=SIM1'])
  })
})

describe('key stores of identities', () => {
  const supplier = smki.organisation('supplier', id)
  const device = smki.device(deviceId)
  const publicOf = (key: Uint8Array) => native.publicKeyOf(key)
  const deviceKeys = identityKeyStore(native, device)
  const asPeer = { id: deviceId, usage: 'keyAgreement', publicKey: publicOf(device.keys.keyAgreement) } as const

  it('agree on both sides, for messages and for tokens', () => {
    const usages = { keyAgreement: identityKeyStore, prePaymentTopUp: topUpKeyStore } as const
    const secrets = (['keyAgreement', 'prePaymentTopUp'] as const).map((usage) => {
      const z = usages[usage](native, supplier).agree(asPeer)
      expect(deviceKeys.agree({ id, usage, publicKey: publicOf(supplier.keys[usage] as Uint8Array) })).toEqual(z)
      return toHex(z)
    })
    expect(secrets[0]).not.toBe(secrets[1])
  })
  it('make no tokens for another than a supplier', () => {
    expect(() => topUpKeyStore(native, smki.organisation('networkOperator', id))).toThrowError(/no prePaymentTopUp key/)
  })
})

describe('a certification request of a device', () => {
  const store = softwareKeyStore(native, {})
  const request = (usage: KeyUsage, signWith: KeyUsage = usage) => {
    const publicKey = store.generate(usage, random)
    if (signWith !== usage) store.generate(signWith, (count) => random(count).reverse())
    return buildCertificationRequest(deviceId, usage, publicKey, (body) => store.signPending(signWith, body))
  }

  it.each(['digitalSignature', 'keyAgreement'] as const)(
    'for %s becomes a certificate that the device can use',
    (usage) => {
      const octets = smki.issueDeviceCertificate(request(usage))
      const certificate = parseCertificate(octets)
      expect(certificate).toMatchObject({ entityId: deviceId, keyUsage: [usage], notAfter: '99991231235959Z' })
      expect(certificate.publicKey).toEqual(store.pendingKey(usage))
      expect(devicePath(octets)).toBe('ok')
    },
  )
  it('is answered with the same certificate when it comes again', () => {
    const octets = request('keyAgreement')
    expect(smki.issueDeviceCertificate(octets)).toEqual(smki.issueDeviceCertificate(octets))
  })
  it('is refused without proof of possession', () => {
    expect(() => smki.issueDeviceCertificate(request('keyAgreement', 'digitalSignature'))).toThrow(
      expect.objectContaining({ code: 'cryptoFailure' }),
    )
  })
  it('is refused for a usage that no device has', () => {
    const usage = 'keyCertSign' as CertificateKeyUsage as KeyUsage
    expect(() => smki.issueDeviceCertificate(request(usage))).toThrow(expect.objectContaining({ code: 'invalidValue' }))
  })
  it('is refused when it is none', () => {
    expect(() => smki.issueDeviceCertificate(Uint8Array.of(0x30, 0))).toThrow(
      expect.objectContaining({ name: 'GbcsError' }),
    )
  })
})

it('issues whatever certificate is asked for: one for another device, for CS02d to refuse', () => {
  const wrong = smki.issue('deviceIssuer', {
    subject: { kind: 'device', entityId: eui64('0253494d000000a1') },
    publicKey: native.publicKeyOf(smki.device(deviceId).keys.keyAgreement),
    keyUsage: 'keyAgreement',
    notBefore: '20200101000000Z',
    notAfter: '99991231235959Z',
  })
  expect(parseCertificate(wrong).entityId).toBe('0253494d000000a1')
  expect(devicePath(wrong)).toBe('ok')
})

describe('the contingency key', () => {
  const { contingency, contingencyPath, issuers } = smki
  it('is the same for the same seed, and its own for every seed', () => {
    const [again, other] = [testSmki({ seed: 7 }).contingency, testSmki({ seed: 8 }).contingency]
    expect(again).toEqual(contingency)
    for (const part of ['privateKey', 'symmetricKey', 'nonce'] as const)
      expect(toHex(other[part])).not.toBe(toHex(contingency[part]))
    expect([contingency.symmetricKey.length, contingency.nonce.length]).toEqual([16, 12])
    expect(contingency.publicKey).toEqual(native.publicKeyOf(contingency.privateKey))
  })
  it('brings a root that vouches for parties of its own, and for no others', () => {
    const [issuer] = contingencyPath as [Uint8Array]
    const under = smki.organisation('supplier', id, { generation: 1, issuer: 'contingencyIssuer' })
    const leadsTo = (certificate: Uint8Array, anchor: IssuerKey) => path(certificate, { issuer, anchor })
    expect(leadsTo(under.certificates.keyAgreement, issuers.contingencyRoot)).toBe('ok')
    expect(leadsTo(under.certificates.keyAgreement, issuers.organisationRoot)).not.toBe('ok')
    expect(leadsTo(smki.organisation('supplier', id).certificates.keyAgreement, issuers.contingencyRoot)).not.toBe('ok')
  })
})
