import { fromHex } from '@smets2-sim/bytes'
import { fromIso, toIso } from '@smets2-sim/cosem'
import { describe, expect, it } from 'vitest'
import { executionTimesFrom, nextExecution } from './execution-times.js'

const times = (...entries: readonly (readonly [string, string])[]) =>
  executionTimesFrom(entries.map(([time, date]) => ({ time: fromHex(time), date: fromHex(date) })))
const next = (t: ReturnType<typeof times>, after: string): string => toIso(nextExecution(t, fromIso(after)))

describe('execution times', () => {
  it('act every day, week or month by wildcard', () => {
    const daily = times(['00000000', 'ffffffffff'])
    expect(next(daily, '2026-03-28T23:59:59Z')).toBe('2026-03-29T00:00:00Z')
    expect(next(daily, '2026-03-29T00:00:00Z')).toBe('2026-03-30T00:00:00Z')
    expect(next(times(['06000000', 'ffffffff01']), '2026-01-05T06:00:00Z')).toBe('2026-01-12T06:00:00Z')
    expect(next(times(['00000000', 'ffffff1fff']), '2026-01-31T00:00:00Z')).toBe('2026-03-31T00:00:00Z')
  })

  it('act every quarter by four months of their own', () => {
    const quarterly = times(
      ['0c000000', 'ffff0101ff'],
      ['0c000000', 'ffff0401ff'],
      ['0c000000', 'ffff0701ff'],
      ['0c000000', 'ffff0a01ff'],
    )
    expect(next(quarterly, '2026-02-01')).toBe('2026-04-01T12:00:00Z')
    expect(next(quarterly, '2026-10-01T12:00:00Z')).toBe('2027-01-01T12:00:00Z')
  })

  it('wait for a leap day over a century that has none, and for a year far away', () => {
    expect(next(times(['00000000', 'ffff021dff']), '2096-02-29T00:00:00Z')).toBe('2104-02-29T00:00:00Z')
    expect(next(times(['00000000', '083a0101ff']), '2026-01-01')).toBe('2106-01-01T00:00:00Z')
  })

  it('never act without an entry, on a day that does not exist, or in a year that is over', () => {
    expect(nextExecution([], 0)).toBe(Infinity)
    expect(nextExecution(times(['00000000', 'ffff021eff']), fromIso('2026-01-01'))).toBe(Infinity)
    expect(nextExecution(times(['00000000', '07e90101ff']), fromIso('2026-01-01'))).toBe(Infinity)
  })

  it('answers the same when asked in any order', () => {
    const daily = times(['00000000', 'ffffffffff'])
    for (const after of ['2026-01-02T12:00:00Z', '2026-01-01T12:00:00Z', '2026-01-02T13:00:00Z'])
      expect(nextExecution(daily, fromIso(after))).toBe(nextExecution([...daily], fromIso(after)))
  })
})
