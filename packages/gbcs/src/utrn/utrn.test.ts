import { readFileSync } from 'node:fs'
import { eui64, fromHex, GbcsError } from '@smets2-sim/bytes'
import { native, noble } from '@smets2-sim/crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage } from '../envelope/message.js'
import { rtds, rtdsMessages } from '../rtds.fixture.js'
import {
  decodePtut,
  decodeUtrn,
  encodePtut,
  encodeUtrn,
  issueUtrn,
  originatorCounterOf,
  type Ptut,
  ptutMacInput,
  ptutMacIsValid,
  ptutMillipence,
  ptutValue,
  recoverUtrnCounter,
  truncateUtrnCounter,
  utrnCounterOf,
} from './index.js'

const ptuts: fc.Arbitrary<Ptut> = fc.record({
  truncatedCounter: fc.nat(1023),
  valueClass: fc.constantFrom('pence', 'pounds'),
  value: fc.nat(8191),
  mac: fc.nat(0xffffffff),
})
/** The code of the error that decoding gives. */
function expectRefusal(digits: string): string {
  try {
    decodeUtrn(digits)
  } catch (error) {
    if (error instanceof GbcsError) return error.code
  }
  throw new Error(`${digits} was accepted`)
}
/** The first run of 20 digits in a top-up command. */
const utrnIn = (content: Uint8Array): string | undefined => /\d{20}/.exec(String.fromCharCode(...content))?.[0]

describe('UTRN', () => {
  it('comes back from its 20 digits', () => {
    fc.assert(
      fc.property(ptuts, (ptut) => {
        expect(decodePtut(encodePtut(ptut))).toEqual(ptut)
        const digits = encodeUtrn(ptut)
        expect(digits).toMatch(/^7[3-5]\d{18}$/)
        expect(decodeUtrn(digits)).toEqual(ptut)
      }),
    )
  })
  it('shows any wrong digit and any swap of neighbours', () => {
    fc.assert(
      fc.property(ptuts, fc.nat(19), fc.integer({ min: 1, max: 9 }), (ptut, at, by) => {
        const digits = encodeUtrn(ptut)
        const wrong = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1)
        expect(() => decodeUtrn(wrong)).toThrowError(/check digit/)
        const [a, b] = [digits[at], digits[at + 1]]
        if (b !== undefined && a !== b)
          expect(() => decodeUtrn(digits.slice(0, at) + b + a + digits.slice(at + 2))).toThrowError(/check digit/)
      }),
      { numRuns: 500 },
    )
  })
  it('is a token or a GbcsError for any text', () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{20}$/))
    fc.assert(
      fc.property(texts, (text) => {
        try {
          expect(encodeUtrn(decodeUtrn(text))).toBe(text)
        } catch (error) {
          expect(error).toBeInstanceOf(GbcsError)
        }
      }),
    )
  })
  it('refuses what is no token', () => {
    const ptut: Ptut = { truncatedCounter: 1, valueClass: 'pence', value: 1, mac: 0 }
    expect(() => decodeUtrn('1234')).toThrowError(/20 digits, found 4/)
    expect(() => decodeUtrn('7394614433204021731x')).toThrowError(/only digits/)
    expect(() => decodePtut(1n << 57n)).toThrowError(/first 7 bits/)
    expect(() => decodePtut(-1n)).toThrowError(/first 7 bits/)
    expect(() => decodePtut(2n << 45n)).toThrowError(/value class 2/)
    expect(() => encodePtut({ ...ptut, value: 8192 })).toThrowError(/value is 8192/)
    expect(() => encodePtut({ ...ptut, truncatedCounter: 1024 })).toThrowError(/truncated counter/)
    expect(() => encodePtut({ ...ptut, mac: -1 })).toThrowError(/MAC is -1/)
  })

  it.skipIf(!rtds)(
    'of every reference top-up is authentic and is issued again alike; what is no token is refused',
    () => {
      const secrets = JSON.parse(readFileSync(`${rtds}/shared-secrets.json`, 'utf8')) as Record<string, string>[]
      const outcomes = rtdsMessages()
        .filter(({ useCase, kind }) => /^CS01[ab]$/.test(useCase) && kind === 'command')
        .map(({ file, bytes }) => {
          const { originator, target, originatorCounter, content } = decodeMessage(bytes)
          const digits = utrnIn(content)
          if (digits === undefined) throw new Error(`${file} has no digits`)
          const name = file.slice(file.indexOf('/') + 1)
          if (name === 'CS01b_2.2_ERROR_COMMAND.hex') return [name, expectRefusal(digits)]
          const z = secrets.find(
            (row) =>
              row['party'] === originator && row['device'] === target && row['keyUsage'] === 'prepaymentKeyAgreement',
          )?.['z']
          if (z === undefined) throw new Error(`no secret of ${originator} and ${target}`)
          const context = { supplier: originator, device: target, utrnCounter: utrnCounterOf(originatorCounter) }
          const ptut = decodeUtrn(digits)
          for (const provider of [native, noble]) {
            expect([file, ptutMacIsValid(provider, fromHex(z), context, ptut)]).toEqual([file, true])
            expect(issueUtrn(provider, fromHex(z), context, ptut)).toBe(digits)
            const next = { ...context, utrnCounter: context.utrnCounter + 1024 }
            expect(ptutMacIsValid(provider, fromHex(z), next, ptut)).toBe(false)
          }
          return [name, ptut.value, ptut.valueClass]
        })
      expect(outcomes).toHaveLength(4)
      expect(outcomes).toContainEqual(['CS01b_2.2_SUCCESS_COMMAND.hex', 1250, 'pence'])
      expect(outcomes).toContainEqual(['CS01b_2.2_ERROR_COMMAND.hex', 'invalidValue'])
    },
  )
  it('covers prefix, identities, counter and the head of the token with its MAC', () => {
    const context = { supplier: eui64('90b3d51f30010000'), device: eui64('00db1234567890a0'), utrnCounter: 0x403 }
    const input = ptutMacInput(context, { value: 0x1fff, valueClass: 'pounds' })
    expect(input).toEqual(
      fromHex('110000000000' + '90b3d51f30010000' + '00db1234567890a0' + '01' + '0000040300000000' + '0001bfff'),
    )
  })
})

describe('UTRN counter', () => {
  it('is recovered as in the example of the specification', () => {
    expect(recoverUtrnCounter(2458896167, 812)).toBe(2458896172)
  })
  it('is recovered whenever it is less than half a period away', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.integer({ min: -511, max: 511 }), (highest, away) => {
        const counter = highest + away
        fc.pre(counter >= 0 && counter <= 0xffffffff)
        expect(recoverUtrnCounter(highest, truncateUtrnCounter(counter))).toBe(counter)
      }),
    )
  })
  it('does not exist below 0 or beyond 32 bits', () => {
    expect(recoverUtrnCounter(0, 1000)).toBeUndefined()
    expect(recoverUtrnCounter(0xffffffff, 3)).toBeUndefined()
    expect(() => originatorCounterOf(2 ** 32)).toThrowError(/UTRN counter/)
    expect(() => utrnCounterOf(1n)).toThrowError(/not that of a top-up/)
    expect(utrnCounterOf(originatorCounterOf(7))).toBe(7)
  })
})

describe('value of a token', () => {
  it('is in millipence what was paid in pence', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.nat(8191),
          fc.nat(8191).map((pounds) => pounds * 100),
        ),
        (pence) => {
          expect(ptutMillipence(ptutValue(pence))).toBe(pence * 1000)
        },
      ),
    )
    for (const pence of [-1, 0.5, 8192, 819200]) expect(() => ptutValue(pence)).toThrowError(/cannot carry/)
  })
})
