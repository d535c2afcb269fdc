import { fromIso } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextBeginning } from './periods.js'

const start = fromIso('2026-01-31T00:00:00Z')
describe('the next beginning of a period', () => {
  it('is its start, and then one period after the other', () => {
    const weeks = { start, duration: 2, durationType: 0x22 }
    expect(nextBeginning(weeks, start - 1)).toBe(start)
    expect(nextBeginning(weeks, start)).toBe(fromIso('2026-02-14T00:00:00Z'))
  })
  it('is the last day of a month that is too short', () => {
    const months = { start, duration: 1, durationType: 0x23 }
    expect(nextBeginning(months, start)).toBe(fromIso('2026-02-28T00:00:00Z'))
    expect(nextBeginning(months, fromIso('2026-02-28T00:00:00Z'))).toBe(fromIso('2026-03-31T00:00:00Z'))
  })
  it('is later than the time asked about, whatever the command said', () => {
    fc.assert(
      fc.property(fc.nat(0xffffff), fc.nat(0xff), fc.nat(0xfffffff), (duration, durationType, later) => {
        expect(nextBeginning({ start, duration, durationType }, start + later)).toBeGreaterThan(start + later)
      }),
    )
    expect(nextBeginning({ start, duration: 0, durationType: 0x23 }, start)).toBe(Infinity)
  })
})
