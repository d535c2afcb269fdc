import { readdirSync, readFileSync } from 'node:fs'
import { concat, fromHex } from '@smets2-sim/bytes'
import { describe, expect, it } from 'vitest'
import { anchorOf, authority, authorityCertificate, issued } from './chain.fixture.js'
import { fromPem, native, noble, parseCertificate, validatePath } from './index.js'
import { json, referenceCertificates } from './yardsticks.fixture.js'

const root = authority('root', 20, 0)
const ca = authority('issuer', 21, 7)
const anchors = [anchorOf(root)]
const leaf = issued(ca)
const issuer = authorityCertificate(root, ca)
const at = '20260101000000Z'

type Arguments = Parameters<typeof validatePath> extends [unknown, ...infer R] ? R : never
const reason = (...args: Arguments) => {
  const result = validatePath(native, ...args)
  return result.ok ? 'ok' : result.reason
}
const damaged = (signature: Uint8Array) =>
  concat(signature.subarray(0, 63), Uint8Array.of((signature[63] as number) ^ 1))

describe.each([native, noble])('a path, by $name,', (p) => {
  it('is followed to a trusted key', () => {
    expect(validatePath(p, leaf, [issuer], anchors, at)).toEqual({ ok: true })
    expect(validatePath(p, leaf, [], [anchorOf(ca)], at)).toEqual({ ok: true })
    expect(validatePath(p, issuer, [], anchors, at)).toEqual({ ok: true })
  })
})

describe('a path is refused', () => {
  it('without the certificate of its issuer', () => {
    expect(reason(leaf, [], anchors)).toBe('noIssuer')
    expect(reason(leaf, [issuer], [])).toBe('noIssuer')
    expect(reason(leaf, [issuer], [anchorOf(authority('root', 30, 0))])).toBe('noIssuer')
  })
  it('when its root issued its own certificate and is not trusted', () => {
    const other = authority('other root', 30, 0)
    const own = authorityCertificate(other, other)
    expect(reason(issued(other), [own], anchors)).toBe('noIssuer')
    expect(validatePath(native, issued(other), [own], anchors)).toMatchObject({ detail: /own certificate/ })
    expect(reason(issued(other), [own], [anchorOf(other)])).toBe('ok')
  })
  it('when its issuer has the key but not the name', () => {
    expect(reason(leaf, [authorityCertificate(root, { ...ca, commonName: 'another' })], anchors)).toBe('noIssuer')
  })
  it('for a signature that is not authentic, its own or that of its issuer', () => {
    expect(reason({ ...leaf, signature: damaged(leaf.signature) }, [issuer], anchors)).toBe('badSignature')
    expect(reason(leaf, [{ ...issuer, signature: damaged(issuer.signature) }], anchors)).toBe('badSignature')
    const impostor = issued({ ...ca, scalar: root.scalar })
    expect(reason(impostor, [issuer], anchors)).toBe('badSignature')
  })
  it('before and after its validity and that of its issuer, to the second', () => {
    expect(reason(leaf, [issuer], anchors, '20191231235959Z')).toBe('notYetValid')
    expect(reason(leaf, [issuer], anchors, '20200101000000Z')).toBe('ok')
    expect(reason(leaf, [issuer], anchors, '20400101000000Z')).toBe('ok')
    expect(reason(leaf, [issuer], anchors, '20400101000001Z')).toBe('expired')
    const late = authorityCertificate(root, ca, { notBefore: '20300101000000Z' })
    expect(reason(leaf, [late], anchors, at)).toBe('notYetValid')
    const old = authorityCertificate(root, ca, { notAfter: '20250101000000Z' })
    expect(reason(leaf, [old], anchors, at)).toBe('expired')
    expect(reason(leaf, [old], anchors)).toBe('ok')
  })
  it('through a certificate that may not issue', () => {
    expect(reason(leaf, [authorityCertificate(root, ca, { keyUsage: 'keyAgreement' })], anchors)).toBe('notAnIssuer')
    expect(reason(leaf, [{ ...issuer, isCa: false }], anchors)).toBe('notAnIssuer')
  })
  it('when it is longer than four certificates', () => {
    const chain = [root, ca, ...[31, 32, 33].map((seed) => authority(`issuer ${seed}`, seed, 7))]
    const certificates = chain.slice(1).map((subject, i) => authorityCertificate(chain[i] as typeof ca, subject))
    expect(reason(issued(chain[3] as typeof ca), certificates, anchors)).toBe('ok')
    expect(reason(issued(chain[4] as typeof ca), certificates, anchors)).toBe('tooLong')
  })
  it('never, for a certificate that names no issuing key, before all keys were tried', () => {
    const { authorityKeyIdentifier: _, ...unnamed } = leaf
    expect(reason(unnamed, [issuer], [anchorOf(authority('root', 30, 0)), ...anchors])).toBe('ok')
    expect(reason({ ...unnamed, signature: damaged(leaf.signature) }, [issuer], anchors)).toBe('noIssuer')
  })
})

describe.skipIf(!referenceCertificates)('certificates of the reference messages', () => {
  const rows = referenceCertificates ? json(`${referenceCertificates}/../issuer-keys.json`) : []
  const trusted = (rows as Record<'issuer' | 'subjectKeyIdentifier' | 'publicKey', string>[]).map((row) => ({
    // published with the most specific attribute first
    issuer: row.issuer.split(',').reverse().join(','),
    subjectKeyIdentifier: fromHex(row.subjectKeyIdentifier),
    publicKey: fromHex(row.publicKey),
  }))
  const files = (referenceCertificates ? readdirSync(referenceCertificates) : [])
    .map((name) => ({ name, pem: readFileSync(`${referenceCertificates}/${name}`, 'utf8') }))
    .filter(({ pem }) => pem.includes('BEGIN CERTIFICATE'))

  it('chain to the published key of their issuer, and to no other', () => {
    let chained = 0
    for (const { name, pem } of files) {
      const certificate = parseCertificate(fromPem('CERTIFICATE', pem))
      // the two of the load controller name no issuing key and are by none of the published ones
      const isPublished = !name.startsWith('90b3d51f30010008')
      const own = trusted.filter(({ issuer }) => issuer === certificate.issuer)
      const others = trusted.filter((key) => !own.includes(key))
      const result = validatePath(native, certificate, [], own)
      expect([name, result.ok]).toEqual([name, isPublished])
      expect([name, validatePath(native, certificate, [], others)]).toMatchObject([name, { reason: 'noIssuer' }])
      if (result.ok) chained++
    }
    expect(chained).toBe(files.length - 2)
    expect(chained).toBeGreaterThan(25)
  })
  it('expire when they say', () => {
    const pem = files.find(({ name }) => name === '90b3d51f30010000-ds.pem')?.pem as string
    const certificate = parseCertificate(fromPem('CERTIFICATE', pem))
    expect(certificate.notAfter).toBe('20251029235959Z')
    expect(validatePath(native, certificate, [], trusted, '20250101000000Z')).toEqual({ ok: true })
    expect(validatePath(native, certificate, [], trusted, '20251030000000Z')).toMatchObject({ reason: 'expired' })
  })
})
