import { concat, latin1, Writer } from '@smets2-sim/bytes'
import { encodeDateTime } from '@smets2-sim/cosem'
import { toGeneralizedTime } from '@smets2-sim/gbcs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noFindings } from './allowed.js'
import { compareOctets } from './compare-octets.js'

const now = 820_000_000
const run = { from: now - 60, to: now, toleranceS: 5 }
function compare(found: Uint8Array, expected: Uint8Array) {
  const findings = noFindings()
  compareOctets('content', found, expected, run, findings)
  return findings
}

const u32 = (time: number): Uint8Array => new Writer(4).u32(time).done()
const forms: readonly (readonly [string, (time: number) => Uint8Array])[] = [
  ['seconds', u32],
  ['seconds, low octet first', (time) => u32(time).reverse()],
  ['a date-time', (time) => encodeDateTime(time)],
  ['a generalized time', (time) => latin1(toGeneralizedTime(time))],
]
const around = (octets: Uint8Array): Uint8Array => concat(Uint8Array.of(0x09, 0x0c), octets, Uint8Array.of(0x01))

describe('octets', () => {
  it('that are equal have no difference', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
        expect(compare(octets, octets.slice())).toEqual(noFindings())
      }),
    )
  })
  it('that differ are told with their place, whatever and wherever they are', () => {
    // a small number of small octets holds no time of this run
    const small = fc.uint8Array({ minLength: 1, maxLength: 60, max: 9 })
    fc.assert(
      fc.property(small, fc.nat(59), fc.integer({ min: 1, max: 9 }), (octets, at, mask) => {
        fc.pre(at < octets.length)
        const other = octets.map((octet, i) => (i === at ? octet ^ mask : octet))
        const { faults, allowed } = compare(other, octets)
        expect(faults).toEqual([expect.stringMatching(new RegExp(`^content from octet ${at}: found .., expected ..$`))])
        expect(allowed.size).toBe(0)
      }),
    )
  })
  it('that are more or fewer are told', () => {
    expect(compare(Uint8Array.of(1, 2), Uint8Array.of(1)).faults).toEqual(['content of 2 octets, expected 1'])
    expect(compare(Uint8Array.of(1), Uint8Array.of(2, 3)).faults).toEqual([
      'content of 1 octets, expected 2',
      'content from octet 0: found 01, expected 02',
    ])
  })
  it('that differ everywhere are told in part', () => {
    const pattern = (octet: number) => new Uint8Array(80).map((_, i) => (i % 4 === 0 ? octet : 7))
    const { faults } = compare(pattern(1), pattern(2))
    expect(faults).toHaveLength(9)
    expect(faults.at(-1)).toBe('and 12 more differences in the content')
  })
})

describe.each(forms)('a time stamp: %s', (_, form) => {
  it('may be off by the tolerance', () => {
    for (let offS = -5; offS <= 5; offS++) {
      const { faults, allowed } = compare(around(form(now - 30 + offS)), around(form(now - 30)))
      expect(faults).toEqual([])
      expect([...allowed]).toEqual(offS === 0 ? [] : ['timeStamp'])
    }
  })
  it.each([
    ['off by more', 6, now - 30],
    ['off by a day', 86_400, now - 30],
    ['of another time than the run', 1, now - 3600],
  ])('may not be %s', (_, offS, time) => {
    expect(compare(around(form(time + offS)), around(form(time))).faults).not.toEqual([])
  })
  it('excuses nothing beside it', () => {
    const wrong = around(form(now - 29))
    wrong[0] = 0x0a
    expect(compare(wrong, around(form(now - 30))).faults).toHaveLength(1)
  })
})

it('the status of a clock is no time', () => {
  expect(compare(encodeDateTime(now, 0x01), encodeDateTime(now, 0x00)).faults).toHaveLength(1)
  expect(compare(encodeDateTime(now - 1, 0x01), encodeDateTime(now, 0x00)).faults.length).toBeGreaterThan(0)
})
