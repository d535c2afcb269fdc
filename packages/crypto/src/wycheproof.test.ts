import { fromHex, GbcsError, Reader, toHex } from '@smets2-sim/bytes'
import { describe, expect, it } from 'vitest'
import { type CryptoProvider, native, noble } from './index.js'
import { readPublicKeyInfo } from './key-encoding.js'
import { nobleVerifier } from './noble-verify.js'
import { json, wycheproof } from './yardsticks.fixture.js'

interface Suite<G> {
  readonly numberOfTests: number
  readonly testGroups: readonly G[]
}
type Verdict = 'valid' | 'invalid' | 'acceptable'
interface Ecdsa {
  readonly publicKey: { readonly uncompressed: string }
  readonly tests: readonly { tcId: number; msg: string; sig: string; result: Verdict }[]
}
interface Gcm {
  readonly tests: readonly (Readonly<Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag', string>> & {
    readonly tcId: number
    readonly result: Verdict
  })[]
}
interface Ecdh {
  readonly tests: readonly { tcId: number; public: string; private: string; shared: string; result: Verdict }[]
}
const suite = <G>(name: string): Suite<G> => json(`${wycheproof}/${name}_test.json`) as Suite<G>

/** What the action gives, or undefined where it refuses with a GbcsError; anything else thrown is a failure. */
function orRefused<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

/** The noble provider as it is for a key that has come back: always by table. */
const tabled: CryptoProvider = { ...noble, verify: nobleVerifier(0) }

describe.skipIf(!wycheproof)('every Wycheproof vector gets its verdict', () => {
  it.each([
    ['native', native],
    ['noble', noble],
    ['noble with tables', tabled],
  ] as const)('ECDSA by %s', (_, p) => {
    const { testGroups, numberOfTests } = suite<Ecdsa>('ecdsa_secp256r1_sha256_p1363')
    let run = 0
    for (const { publicKey, tests } of testGroups)
      for (const { tcId, msg, sig, result } of tests) {
        run++
        const verdict = p.verify(fromHex(publicKey.uncompressed), fromHex(msg), fromHex(sig))
        expect([tcId, verdict]).toEqual([tcId, result === 'valid'])
      }
    expect(run).toBe(numberOfTests)
    expect(run).toBeGreaterThan(250)
  })

  it.each([native, noble])('AES-GCM by $name; what is not AES-128 with a 96-bit IV is refused', (p) => {
    const { testGroups, numberOfTests } = suite<Gcm>('aes_gcm')
    let [run, refused] = [0, 0]
    for (const { tcId, result, ...vector } of testGroups.flatMap(({ tests }) => tests)) {
      const [key, iv, aad, msg, ct, tag] = (['key', 'iv', 'aad', 'msg', 'ct', 'tag'] as const).map((field) =>
        fromHex(vector[field]),
      ) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array]
      if (key.length !== 16 || iv.length !== 12) {
        refused++
        expect([tcId, orRefused(() => p.open(key, iv, aad, ct, tag))]).toEqual([tcId, undefined])
        expect([tcId, orRefused(() => p.seal(key, iv, aad, msg))]).toEqual([tcId, undefined])
        continue
      }
      run++
      const opened = p.open(key, iv, aad, ct, tag)
      expect([tcId, opened && toHex(opened)]).toEqual([tcId, result === 'valid' ? vector.msg : undefined])
      if (result === 'valid') expect([tcId, toHex(p.seal(key, iv, aad, msg))]).toEqual([tcId, vector.ct + vector.tag])
    }
    expect(run + refused).toBe(numberOfTests)
    expect(run).toBeGreaterThan(60)
  })

  it.each([native, noble])('ECDH by $name, public keys read as in a certificate', (p) => {
    const { testGroups, numberOfTests } = suite<Ecdh>('ecdh_secp256r1')
    const run = { valid: 0, invalid: 0, acceptable: 0 }
    let agreed = 0
    for (const { tcId, shared, result, ...keys } of testGroups.flatMap(({ tests }) => tests)) {
      run[result]++
      const secret = orRefused(() => {
        const reader = new Reader(fromHex(keys.public))
        const point = readPublicKeyInfo(reader)
        reader.end('the public key')
        return toHex(p.ecdh(fromHex(keys.private.padStart(64, '0').slice(-64)), point))
      })
      if (secret !== undefined) agreed++
      // `acceptable` is a malformed encoding: the secret or a refusal, nothing else
      const expected: readonly (string | undefined)[] = {
        valid: [shared],
        invalid: [undefined],
        acceptable: [shared, undefined],
      }[result]
      expect([tcId, expected.includes(secret)]).toEqual([tcId, true])
    }
    expect(run.valid + run.invalid + run.acceptable).toBe(numberOfTests)
    expect(run.valid).toBeGreaterThan(300)
    expect(agreed).toBeGreaterThanOrEqual(run.valid)
  })
})
