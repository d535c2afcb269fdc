import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { concat, eui64, fromHex, GbcsError, toHex, utf8 } from '@smets2-sim/bytes'
import { describe, expect, it } from 'vitest'
import {
  buildCertificate,
  buildCertificationRequest,
  type CryptoProvider,
  deriveKey,
  equalConstantTime,
  gmac,
  keyIdentifierOf,
  native,
  noble,
  parseCertificate,
  parseCertificationRequest,
  softwareKeyStore,
  validatePath,
} from './index.js'

const shared = new URL('../../../../shared', import.meta.url).pathname
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const random = (seed: number) => (count: number) =>
  Uint8Array.from({ length: count }, (_, i) => (seed * 31 + i * 7 + 1) & 0xff)

describe.each([native, noble])('provider $name', (p: CryptoProvider) => {
  const other = p === native ? noble : native
  const a = random(1)(32)
  const b = random(2)(32)
  it('signs what the other verifies, and refuses a changed message, signature and length', () => {
    const data = utf8('message')
    const signature = p.sign(a, data)
    const key = other.publicKeyOf(a)
    expect(other.verify(key, data, signature)).toBe(true)
    expect(p.verify(key, utf8('massage'), signature)).toBe(false)
    expect(p.verify(key, data, signature.subarray(0, 63))).toBe(false)
    expect(p.verify(random(3)(65), data, signature)).toBe(false)
    for (let bit = 0; bit < 512; bit += 37) {
      const changed = signature.slice()
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(p.verify(key, data, changed)).toBe(false)
    }
  })
  it('agrees on one secret from both sides and refuses a point off the curve', () => {
    expect(toHex(p.ecdh(a, p.publicKeyOf(b)))).toBe(toHex(other.ecdh(b, other.publicKeyOf(a))))
    const off = p.publicKeyOf(b).slice()
    off[40] = (off[40] as number) ^ 1
    expect(() => p.ecdh(a, off)).toThrowError(GbcsError)
  })
  it('enciphers the block of FIPS-197 and refuses any other length', () => {
    const key = Uint8Array.from({ length: 16 }, (_, i) => i)
    const block = Uint8Array.from({ length: 16 }, (_, i) => 0x11 * i)
    expect(toHex(p.aes128(key, block))).toBe('69c4e0d86a7b0430d8cdb78070b4c55a')
    expect(() => p.aes128(key, block.subarray(1))).toThrowError(GbcsError)
    expect(() => p.aes128(key.subarray(1), block)).toThrowError(GbcsError)
  })
  it('seals what the other opens; a changed octet opens to nothing', () => {
    const [key, iv, aad, text] = [random(4)(16), random(5)(12), utf8('aad'), utf8('thirty-one octets of a plaintext')]
    const sealed = p.seal(key, iv, aad, text)
    for (const tagOctets of [12, 16]) {
      const tag = sealed.subarray(text.length, text.length + tagOctets)
      expect(other.open(key, iv, aad, sealed.subarray(0, text.length), tag)).toEqual(text)
      expect(p.open(key, iv, utf8('aae'), sealed.subarray(0, text.length), tag)).toBeUndefined()
    }
    expect(
      p.open(key, iv, aad, sealed.subarray(0, text.length), sealed.subarray(text.length, text.length + 4)),
    ).toBeUndefined()
  })

  const wycheproof = `${shared}/wycheproof`
  const present = existsSync(wycheproof)
  if (!present) console.warn('Wycheproof vectors not found: their tests are skipped')
  interface Suite<G> {
    testGroups: G[]
  }
  it.skipIf(!present)('gives the verdict of every Wycheproof ECDSA vector', () => {
    const suite = json(`${wycheproof}/ecdsa_secp256r1_sha256_p1363_test.json`) as Suite<{
      publicKey: { uncompressed: string }
      tests: { tcId: number; msg: string; sig: string; result: string }[]
    }>
    for (const { publicKey, tests } of suite.testGroups)
      for (const { tcId, msg, sig, result } of tests)
        expect([tcId, p.verify(fromHex(publicKey.uncompressed), fromHex(msg), fromHex(sig))]).toEqual([
          tcId,
          result === 'valid',
        ])
  })
  it.skipIf(!present)('gives the verdict of every Wycheproof AES-GCM vector that the port can express', () => {
    const suite = json(`${wycheproof}/aes_gcm_test.json`) as Suite<{
      ivSize: number
      keySize: number
      tagSize: number
      tests: {
        tcId: number
        key: string
        iv: string
        aad: string
        msg: string
        ct: string
        tag: string
        result: string
      }[]
    }>
    let count = 0
    for (const group of suite.testGroups.filter(
      ({ ivSize, keySize, tagSize }) => ivSize === 96 && keySize === 128 && tagSize === 128,
    ))
      for (const { tcId, key, iv, aad, msg, ct, tag, result } of group.tests) {
        count++
        const opened = p.open(fromHex(key), fromHex(iv), fromHex(aad), fromHex(ct), fromHex(tag))
        expect([tcId, opened && toHex(opened)]).toEqual([tcId, result === 'valid' ? msg : undefined])
        if (result === 'valid')
          expect(toHex(p.seal(fromHex(key), fromHex(iv), fromHex(aad), fromHex(msg)))).toBe(ct + tag)
      }
    expect(count).toBeGreaterThan(30)
  })
  it.skipIf(!present)('gives the verdict of every Wycheproof ECDH vector that the port can express', () => {
    const suite = json(`${wycheproof}/ecdh_secp256r1_test.json`) as Suite<{
      tests: { tcId: number; public: string; private: string; shared: string; result: string }[]
    }>
    // uncompressed keys of the named curve: SPKI of exactly this head
    const head = '3059301306072a8648ce3d020106082a8648ce3d030107034200'
    let count = 0
    for (const test of suite.testGroups.flatMap(({ tests }) => tests)) {
      if (!test.public.startsWith(head) || test.public.length !== head.length + 130) continue
      count++
      const scalar = fromHex(test.private.padStart(64, '0').slice(-64))
      let found: string | undefined
      try {
        found = toHex(p.ecdh(scalar, fromHex(test.public.slice(head.length))))
      } catch (error) {
        if (!(error instanceof GbcsError)) throw error
      }
      // `acceptable` is a malformed encoding: the secret or a refusal, nothing else
      if (test.result === 'acceptable') expect([test.shared, undefined]).toContain(found)
      else expect([test.tcId, found]).toEqual([test.tcId, test.result === 'invalid' ? undefined : test.shared])
    }
    expect(count).toBeGreaterThan(100)
  })

  const vectors = `${shared}/facts/crypto_vectors.json`
  it.skipIf(!existsSync(vectors))('derives the keys of the published vectors step by step', () => {
    const { vectors: all } = json(vectors) as { vectors: { Z?: string; otherInfo?: string; K?: string }[] }
    let count = 0
    for (const { Z, otherInfo, K } of all) {
      if (!Z || !otherInfo || !K) continue
      count++
      const info = fromHex(otherInfo)
      const key = deriveKey(p, fromHex(Z), {
        originator: eui64(info.subarray(7, 15)),
        transaction: info.subarray(16, 25),
        recipient: eui64(info.subarray(25, 33)),
      })
      expect(toHex(key)).toBe(K)
    }
    expect(count).toBeGreaterThan(5)
  })
})

describe('the key store', () => {
  it('agrees once per peer until it is told to forget, and promotes a waiting key', () => {
    let agreed = 0
    const counting: CryptoProvider = { ...native, ecdh: (...args) => (agreed++, native.ecdh(...args)) }
    const store = softwareKeyStore(counting, { digitalSignature: random(1)(32), keyAgreement: random(2)(32) })
    const peer = {
      id: eui64('90b3d51f30010000'),
      usage: 'keyAgreement' as const,
      publicKey: native.publicKeyOf(random(3)(32)),
    }
    const z = store.agree(peer)
    expect(store.agree(peer)).toBe(z)
    expect(agreed).toBe(1)
    store.forget(peer.id)
    store.agree(peer)
    expect(agreed).toBe(2)
    const waiting = store.generate('keyAgreement', random(9))
    expect(store.publicKey('keyAgreement')).not.toEqual(waiting)
    store.promote('keyAgreement')
    expect(store.publicKey('keyAgreement')).toEqual(waiting)
    expect(store.agree(peer)).not.toEqual(z)
    expect(() => store.promote('keyAgreement')).toThrowError(/no keyAgreement key/)
  })
})

describe('certificates', () => {
  const rtds = process.env['RTDS_DIR'] ?? `${shared}/rtds`
  it.skipIf(!existsSync(`${rtds}/certificates`))(
    'of the reference set are read, and chain to the published issuer keys',
    () => {
      const anchors = (json(`${rtds}/issuer-keys.json`) as { subjectKeyIdentifier: string; publicKey: string }[]).map(
        (row) => ({
          subjectKeyIdentifier: fromHex(row.subjectKeyIdentifier),
          publicKey: fromHex(row.publicKey),
        }),
      )
      for (const file of readdirSync(`${rtds}/certificates`)) {
        const pem = readFileSync(`${rtds}/certificates/${file}`, 'utf8')
        if (!pem.includes('BEGIN CERTIFICATE')) continue
        const certificate = parseCertificate(new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64')))
        expect(certificate.entityId).toMatch(file.startsWith('90b3d51f') ? /^90b3d51f/ : new RegExp(file.slice(0, 16)))
        if (!file.startsWith('90b3d51f30010008'))
          expect(certificate.keyUsage).toEqual([file.endsWith('-ds.pem') ? 'digitalSignature' : 'keyAgreement'])
        expect(toHex(keyIdentifierOf(native, certificate.publicKey))).toBe(toHex(certificate.subjectKeyIdentifier))
        if (certificate.authorityKeyIdentifier)
          expect([file, validatePath(native, certificate, [], anchors)]).toEqual([file, { ok: true }])
      }
    },
  )

  const rootKey = random(20)(32)
  const caKey = random(21)(32)
  const key = random(22)(32)
  const root = { commonName: 'root', role: 0, publicKey: native.publicKeyOf(rootKey) }
  const ca = { commonName: 'issuer', role: 7, publicKey: native.publicKeyOf(caKey) }
  const validity = { notBefore: '20200101000000Z', notAfter: '20400101000000Z' }
  const issuer = (usage: 'keyCertSign' | 'keyAgreement') =>
    parseCertificate(
      buildCertificate(
        native,
        {
          ...validity,
          serialNumber: Uint8Array.of(2),
          issuer: root,
          subject: { kind: 'issuer', ...ca },
          publicKey: ca.publicKey,
          keyUsage: usage,
        },
        (tbs) => native.sign(rootKey, tbs),
      ),
    )
  const leaf = parseCertificate(
    buildCertificate(
      native,
      {
        ...validity,
        serialNumber: Uint8Array.of(1, 2),
        issuer: ca,
        publicKey: native.publicKeyOf(key),
        keyUsage: 'digitalSignature',
        subject: { kind: 'organisation', commonName: 'SUPPLIER', role: 2, entityId: eui64('90b3d51f30010000') },
      },
      (tbs) => native.sign(caKey, tbs),
    ),
  )
  const anchor = { subjectKeyIdentifier: keyIdentifierOf(native, root.publicKey), publicKey: root.publicKey }

  it('say what was put in', () => {
    expect(leaf).toMatchObject({
      entityId: '90b3d51f30010000',
      role: 2,
      issuer: 'OU=07,CN=issuer',
      isCa: false,
      keyUsage: ['digitalSignature'],
      ...validity,
    })
    expect(issuer('keyCertSign').isCa).toBe(true)
  })
  it('are validated along their path, and refused for the right reason', () => {
    const good = issuer('keyCertSign')
    expect(validatePath(native, leaf, [good], [anchor], '20260101000000Z')).toEqual({ ok: true })
    const reason = (...args: Parameters<typeof validatePath> extends [unknown, ...infer R] ? R : never) => {
      const result = validatePath(native, ...args)
      return result.ok ? 'ok' : result.reason
    }
    expect(reason(leaf, [], [anchor])).toBe('noIssuer')
    expect(reason(leaf, [issuer('keyAgreement')], [anchor])).toBe('notAnIssuer')
    expect(reason(leaf, [good], [anchor], '20190101000000Z')).toBe('notYetValid')
    expect(reason(leaf, [good], [anchor], '20500101000000Z')).toBe('expired')
    const damaged = {
      ...leaf,
      signature: concat(leaf.signature.subarray(0, 63), Uint8Array.of((leaf.signature[63] as number) ^ 1)),
    }
    expect(reason(damaged, [good], [anchor])).toBe('badSignature')
    expect(reason(leaf, [{ ...good, signature: leaf.signature }], [anchor])).toBe('badSignature')
  })
  it('cut or changed anywhere are a GbcsError or another certificate, never a crash', () => {
    for (let at = 0; at < leaf.der.length; at++) {
      const changed = leaf.der.slice()
      changed[at] = (changed[at] as number) ^ 0x15
      for (const octets of [changed, leaf.der.subarray(0, at)])
        try {
          parseCertificate(octets)
        } catch (error) {
          if (!(error instanceof GbcsError)) throw error
        }
    }
  })
  it('are asked for with a proof of possession', () => {
    const request = buildCertificationRequest(
      eui64('00db1234567890a0'),
      'keyAgreement',
      native.publicKeyOf(key),
      (body) => native.sign(key, body),
    )
    const parsed = parseCertificationRequest(request)
    expect(parsed).toMatchObject({ entityId: '00db1234567890a0', keyUsage: ['keyAgreement'] })
    expect(parsed.isPossessed(native)).toBe(true)
    const foreign = buildCertificationRequest(
      eui64('00db1234567890a0'),
      'keyAgreement',
      native.publicKeyOf(key),
      (body) => native.sign(caKey, body),
    )
    expect(parseCertificationRequest(foreign).isPossessed(native)).toBe(false)
  })
})

it('compares MACs without a branch on their content, but to the octet', () => {
  expect(equalConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
  expect(equalConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
  expect(equalConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false)
  expect(gmac(native, random(1)(16), eui64('00db1234567890a0'), utf8('x'))).toEqual(
    gmac(noble, random(1)(16), eui64('00db1234567890a0'), utf8('x')),
  )
})
