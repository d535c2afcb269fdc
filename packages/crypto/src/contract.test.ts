import { eui64, fromHex, GbcsError, toHex, utf8 } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CryptoProvider, deriveKey, equalConstantTime, gmac, native, noble, randomScalar } from './index.js'
import { nobleVerifier } from './noble-verify.js'
import { cryptoVectors, json, random } from './yardsticks.fixture.js'

const octets = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
const tabled: CryptoProvider = { ...noble, verify: nobleVerifier(0) }

describe.each([
  ['native', native, noble],
  ['noble', noble, native],
  ['noble with tables', tabled, native],
] as const)('provider %s', (_, p, other) => {
  const a = random(1)(32)
  const b = random(2)(32)
  const refusal = expect.objectContaining({ name: 'GbcsError', code: 'cryptoFailure' })

  it('signs what the other verifies, and refuses a changed message, key, signature and length', () => {
    const data = utf8('message')
    const signature = p.sign(a, data)
    const key = other.publicKeyOf(a)
    expect(other.verify(key, data, signature)).toBe(true)
    expect(p.verify(key, data, signature)).toBe(true)
    expect(p.verify(other.publicKeyOf(b), data, signature)).toBe(false)
    expect(p.verify(key, utf8('massage'), signature)).toBe(false)
    expect(p.verify(key, data, signature.subarray(0, 63))).toBe(false)
    expect(p.verify(random(3)(65), data, signature)).toBe(false)
    for (let bit = 0; bit < 512; bit += 37) {
      const changed = signature.slice()
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(p.verify(key, data, changed)).toBe(false)
    }
  })
  it('verifies with low and with high s', () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const data = utf8('message')
    const signature = p.sign(a, data)
    const s = BigInt(`0x${toHex(signature.subarray(32))}`)
    const mirrored = signature.slice()
    mirrored.set(fromHex((order - s).toString(16).padStart(64, '0')), 32)
    expect(p.verify(p.publicKeyOf(a), data, signature)).toBe(true)
    expect(p.verify(p.publicKeyOf(a), data, mirrored)).toBe(true)
  })
  it('takes keys in one form only: uncompressed points, scalars of 32 octets in range', () => {
    const data = utf8('message')
    const signature = p.sign(a, data)
    const point = p.publicKeyOf(a)
    const compressed = Uint8Array.of(2 + ((point[64] as number) & 1), ...point.subarray(1, 33))
    expect(p.verify(compressed, data, signature)).toBe(false)
    expect(() => p.ecdh(a, compressed)).toThrow(refusal)
    for (const scalar of [
      new Uint8Array(32),
      new Uint8Array(32).fill(0xff),
      a.subarray(1),
      new Uint8Array(33).fill(1),
    ]) {
      expect(() => p.publicKeyOf(scalar)).toThrow(refusal)
      expect(() => p.sign(scalar, data)).toThrow(refusal)
      expect(() => p.ecdh(scalar, point)).toThrow(refusal)
    }
  })
  it('agrees on one secret from both sides and refuses a point off the curve', () => {
    expect(toHex(p.ecdh(a, p.publicKeyOf(b)))).toBe(toHex(other.ecdh(b, other.publicKeyOf(a))))
    const off = p.publicKeyOf(b).slice()
    off[40] = (off[40] as number) ^ 1
    expect(() => p.ecdh(a, off)).toThrow(refusal)
  })
  it('seals what the other opens, with tags of 12 and 16 octets; one changed bit anywhere opens to nothing', () => {
    fc.assert(
      fc.property(octets(16), octets(12), fc.uint8Array(), fc.uint8Array(), fc.nat(), (key, iv, aad, text, at) => {
        const sealed = p.seal(key, iv, aad, text)
        expect(sealed).toEqual(other.seal(key, iv, aad, text))
        const body = sealed.subarray(0, text.length)
        for (const tagOctets of [12, 16]) {
          const tag = sealed.slice(text.length, text.length + tagOctets)
          expect(p.open(key, iv, aad, body, tag)).toEqual(text)
          tag[at % tagOctets] = (tag[at % tagOctets] as number) ^ (1 << at % 8)
          expect(p.open(key, iv, aad, body, tag)).toBeUndefined()
        }
        expect(p.open(key, iv, Uint8Array.of(1, ...aad), body, sealed.subarray(text.length))).toBeUndefined()
        for (const length of [0, 4, 11, 13, 15])
          expect(p.open(key, iv, aad, body, sealed.subarray(text.length).subarray(0, length))).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })
  it('refuses keys and IVs of another length', () => {
    for (const [key, iv] of [
      [15, 12],
      [32, 12],
      [16, 8],
      [16, 16],
    ] as const) {
      const input = [new Uint8Array(key), new Uint8Array(iv), utf8('aad'), utf8('text')] as const
      expect(() => p.seal(...input)).toThrow(refusal)
      expect(() => p.open(...input, new Uint8Array(12))).toThrow(refusal)
    }
  })
  it('hashes as the other does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        expect(p.sha256(data)).toEqual(other.sha256(data))
        expect(p.sha1(data)).toEqual(other.sha1(data))
      }),
    )
    expect(toHex(p.sha256(utf8('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(toHex(p.sha1(utf8('abc')))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
  })
  it('leaves alone what it is given, also parts of larger arrays', () => {
    const frame = random(4)(200)
    const before = frame.slice()
    const key = frame.subarray(3, 19)
    const sealed = p.seal(key, frame.subarray(20, 32), frame.subarray(40, 90), frame.subarray(100, 131))
    const tag = sealed.subarray(31)
    expect(p.open(key, frame.subarray(20, 32), frame.subarray(40, 90), sealed.subarray(0, 31), tag)).toEqual(
      frame.slice(100, 131),
    )
    p.verify(p.publicKeyOf(frame.subarray(50, 82)), frame, p.sign(frame.subarray(50, 82), frame))
    expect(frame).toEqual(before)
  })
  it.skipIf(!cryptoVectors)('derives the keys of the published vectors step by step', () => {
    const { vectors } = json(cryptoVectors as string) as { vectors: { Z?: string; otherInfo?: string; K?: string }[] }
    const complete = vectors.filter(({ Z, otherInfo, K }) => Z && otherInfo && K)
    expect(complete.length).toBeGreaterThan(5)
    for (const { Z, otherInfo, K } of complete as Required<(typeof vectors)[number]>[]) {
      const info = fromHex(otherInfo)
      const key = deriveKey(p, fromHex(Z), {
        originator: eui64(info.subarray(7, 15)),
        transaction: info.subarray(16, 25),
        recipient: eui64(info.subarray(25, 33)),
      })
      expect(toHex(key)).toBe(K)
    }
  })
})

describe('verification by the noble provider', () => {
  it('gives the same verdict before, when and after a key gets its table, and when a table has gone', () => {
    const verify = nobleVerifier(2, 2)
    const keys = [1, 2, 3].map((seed) => random(seed)(32))
    const data = utf8('message')
    for (let round = 0; round < 5; round++)
      for (const key of keys.slice(0, round < 3 ? 1 : 3)) {
        const [point, signature] = [native.publicKeyOf(key), native.sign(key, data)]
        expect(verify(point, data, signature)).toBe(true)
        expect(verify(point, utf8('massage'), signature)).toBe(false)
        expect(verify(point, data, new Uint8Array(64))).toBe(false)
      }
  })
})

describe('derivation', () => {
  it('refuses a secret and a transaction of another length', () => {
    const id = eui64('00db1234567890a0')
    const derive = (z: number, transaction: number) => () =>
      deriveKey(native, new Uint8Array(z), { originator: id, recipient: id, transaction: new Uint8Array(transaction) })
    expect(derive(32, 9)()).toHaveLength(16)
    expect(derive(33, 9)).toThrowError(GbcsError)
    expect(derive(32, 8)).toThrowError(/transaction of 9, found 32 and 8/)
  })
  it('makes one GMAC with both providers', () => {
    const make = (p: CryptoProvider) => gmac(p, random(1)(16), eui64('00db1234567890a0'), utf8('x'))
    expect(make(native)).toEqual(make(noble))
  })
})

it('draws a scalar again when it is out of range, and gives up on a source that is stuck', () => {
  const draws = [new Uint8Array(32).fill(0xff), new Uint8Array(32), random(1)(32)]
  expect(randomScalar(native, () => draws.shift() as Uint8Array)).toEqual(random(1)(32))
  expect(() => randomScalar(native, () => new Uint8Array(32))).toThrowError(/entropy source/)
})

it('compares MACs without a branch on their content, but to the octet', () => {
  expect(equalConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
  expect(equalConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
  expect(equalConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false)
})
