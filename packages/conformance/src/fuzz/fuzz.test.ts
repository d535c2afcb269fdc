import { eui64, GbcsError, toHex } from '@smets2-sim/bytes'
import { decodeMessage, decodePayload, encodeMessage, encodePayload, explainMessage } from '@smets2-sim/gbcs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadReferenceSet } from '../messages/index.js'
import { rtds } from '../rtds.fixture.js'
import { fuzz, type FuzzCase, fuzzTargets, newTally, ownElements, ownMessages, problemOf, seedsOf } from './index.js'
import { mutate } from './mutate.js'
import { fuzzOptions } from './options.js'
import { randomOf } from './random.js'
import { fuzzReport } from './report.js'

const own = ownMessages()
const { certificate, request } = ownElements(eui64('a0b0c0d0e0f00003'))
const reference = rtds ? loadReferenceSet(rtds).messages.map(({ bytes }) => bytes) : []
const targets = fuzzTargets(seedsOf([...own, ...reference], [certificate, request]))

describe('own messages', () => {
  it('come from every use case, and back from their typed payload bit for bit', () => {
    expect(own.length).toBeGreaterThan(300)
    for (const bytes of own) {
      const message = decodeMessage(bytes)
      expect(toHex(encodeMessage({ ...message, content: encodePayload(decodePayload(message)) }))).toBe(toHex(bytes))
      expect(explainMessage(bytes).useCase).not.toBeNull()
    }
  })
})

describe('every decoder', () => {
  it.each(targets.map(({ name, cases }) => [name, cases] as const))(
    '%s gives a value that encodes to its octets, or a GbcsError',
    (_, cases) => {
      for (const seed of cases.slice(0, 300)) expect(problemOf(seed, seed.octets).problem).toBeUndefined()
      fc.assert(
        fc.property(fc.nat(cases.length - 1), fc.nat(cases.length - 1), fc.nat(), (at, other, seed) => {
          const chosen = cases[at] as FuzzCase
          const octets = mutate(chosen.octets, (cases[other] as FuzzCase).octets, randomOf(seed, 0))
          expect([toHex(octets), problemOf(chosen, octets).problem]).toEqual([toHex(octets), undefined])
        }),
        { numRuns: 400 },
      )
    },
  )
})

describe('the fuzzer', () => {
  const octets = Uint8Array.of(1, 2, 3)
  it.each<[string, Omit<FuzzCase, 'octets'>]>([
    [
      'decoding throws TypeError: no',
      {
        decode: () => {
          throw new TypeError('no')
        },
      },
    ],
    ['decoding gives undefined', { decode: () => undefined }],
    ['encodes to other octets: 0102', { decode: () => 1, encode: () => octets.subarray(0, 2) }],
    [
      'encoding the value throws GbcsError: no',
      {
        decode: () => 1,
        encode: () => {
          throw new GbcsError('misuse', 'no')
        },
      },
    ],
  ])('sees that %s', (problem, bad) => {
    expect(problemOf({ octets, ...bad }, octets).problem).toBe(problem)
    const tally = newTally()
    expect([...fuzz([{ name: 'bad', cases: [{ octets, ...bad }] }], { seed: 1, count: 5 }, tally)]).toEqual([
      0, 1, 2, 3, 4,
    ])
    expect(tally.failures).toHaveLength(5)
    expect(tally.failures[0]).toMatchObject({ target: 'bad', index: 0, problem })
  })
  it('gives up after twenty failures', () => {
    const tally = newTally()
    const bad = { name: 'bad', cases: [{ octets, decode: () => undefined }] }
    expect([...fuzz([bad], { seed: 1, count: 1000 }, tally)].length).toBe(20)
  })
  it('makes the same input from the same seed and number, and others from others', () => {
    const made = (seed: number, from: number, count: number): string[] => {
      const inputs: string[] = []
      const spy = { octets: certificate, decode: (bytes: Uint8Array) => inputs.push(toHex(bytes)) }
      for (const _ of fuzz([{ name: 'spy', cases: [spy] }], { seed, from, count }, newTally())) continue
      return inputs
    }
    expect(made(1, 0, 50)).toEqual(made(1, 0, 50))
    expect(made(1, 7, 1)).toEqual(made(1, 0, 50).slice(7, 8))
    expect(new Set([...made(1, 0, 50), ...made(2, 0, 50)]).size).toBeGreaterThan(90)
  })
  it('reports inputs, rate and failures', () => {
    const tally = newTally()
    for (const _ of fuzz(targets, { seed: 3, count: 300 }, tally)) continue
    tally.failures.push({ target: 'data', index: 12, problem: 'decoding gives undefined', input: 'aa' })
    const text = fuzzReport(tally, { seed: 3, seeds: 9, elapsedMs: 500, slowest: { index: 4, ms: 2 } })
    expect(text).toContain('inputs     300 from 9 messages, seed 3')
    expect(text).toContain('rate       600 a second, 36,000 a minute')
    expect(text).toContain('FAILURE    data, input 12: decoding gives undefined')
    expect(text).toContain('failures   1')
  })
})

describe('its options', () => {
  it('have defaults, and refuse what is no number or no option', () => {
    expect(fuzzOptions([], 'dir')).toEqual({ count: 200_000, seed: 1, from: 0, rtds: 'dir' })
    expect(fuzzOptions(['--count', '2_000_000', '--from=5'])).toEqual({ count: 2_000_000, seed: 1, from: 5 })
    for (const args of [['--count', 'x'], ['--count', '-1'], ['--seed', '1e3'], ['--speed', '1'], ['x']])
      expect(() => fuzzOptions(args)).toThrowError(GbcsError)
  })
})
