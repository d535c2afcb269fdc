import { fromHex } from '@smets2-sim/bytes'
import { fromIso, utcFields } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datePatternFrom, matchesDate, nextTimeOfDay, timePatternFrom } from './date-pattern.js'

const matches = (pattern: string, day: string): boolean =>
  matchesDate(datePatternFrom(fromHex(pattern)), utcFields(fromIso(day)))

describe('a date with wildcards', () => {
  it.each([
    ['07ea0115ff', '2026-01-21', true],
    ['07ea0115ff', '2027-01-21', false],
    ['ffff0c19ff', '2031-12-25', true],
    ['ffff0c19ff', '2031-12-26', false],
    ['ffffffffff', '2026-06-03', true],
    ['ffffffff01', '2026-01-05', true], // a Monday
    ['ffffffff01', '2026-01-06', false],
    ['fffffffeff', '2028-02-29', true],
    ['fffffffeff', '2028-02-28', false],
    ['fffffffdff', '2027-02-27', true],
    ['ffff03fe07', '2026-03-29', true], // last Sunday of March
    ['ffff03fe07', '2026-03-22', false],
    ['ffff03fd07', '2026-03-22', true],
  ])('%s on %s: %s', (pattern, day, expected) => {
    expect(matches(pattern, day)).toBe(expected)
  })

  it.each(['ffff0d01ff', 'fffffe01ff', 'ffff0100ff', 'ffff0120ff', 'ffff010100', 'ffff010108'])('refuses %s', (hex) => {
    expect(() => datePatternFrom(fromHex(hex))).toThrowError(expect.objectContaining({ code: 'invalidValue' }))
  })

  it('refuses other lengths', () => {
    expect(() => datePatternFrom(fromHex('ffffffff'))).toThrowError(expect.objectContaining({ code: 'invalidLength' }))
    expect(() => timePatternFrom(fromHex('ffffff'))).toThrowError(expect.objectContaining({ code: 'invalidLength' }))
    expect(() => timePatternFrom(fromHex('18000000'))).toThrowError(expect.objectContaining({ code: 'invalidValue' }))
  })
})

describe('the next time of day', () => {
  it('is the first second that agrees in every part that is given', () => {
    const any = (max: number) => fc.option(fc.integer({ min: 0, max }), { nil: undefined })
    fc.assert(
      fc.property(
        fc.record({ hour: any(23), minute: any(59), second: any(59) }),
        fc.integer({ min: 0, max: 86_400 }),
        (parts, from) => {
          const pattern = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
          let expected: number | undefined
          for (let at = from; at < 86_400 && expected === undefined; at++)
            if (
              (parts.hour ?? Math.floor(at / 3600)) === Math.floor(at / 3600) &&
              (parts.minute ?? Math.floor(at / 60) % 60) === Math.floor(at / 60) % 60 &&
              (parts.second ?? at % 60) === at % 60
            )
              expected = at
          expect(nextTimeOfDay(pattern, from)).toBe(expected)
        },
      ),
      { numRuns: 60 },
    )
  })
})
