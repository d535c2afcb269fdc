import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ColumnLog, type Log, RingLog } from './ring-log.js'

interface Entry {
  readonly time: number
  readonly value: number
}
const kinds: readonly (readonly [string, (capacity: number) => Log<Entry>])[] = [
  ['a ring log', (capacity) => new RingLog<Entry>(capacity, ({ time }) => time)],
  ['a column log', (capacity) => new ColumnLog(capacity, ['time', 'value'])],
]

describe.each(kinds)('%s', (_name, make) => {
  const entry = fc.record({ time: fc.nat(50), value: fc.nat(0xffffffff) })
  const step = fc.oneof(
    { weight: 20, arbitrary: entry.map((e) => ({ kind: 'append' as const, entry: e })) },
    { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
  )
  it('keeps the newest entries, oldest first, like a list that is cut at its front', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(step, { maxLength: 200 }), (capacity, steps) => {
        const log = make(capacity)
        let model: Entry[] = []
        for (const one of steps) {
          if (one.kind === 'clear') model = []
          else model = [...model, one.entry].slice(-capacity)
          if (one.kind === 'clear') log.clear()
          else log.append(one.entry)
        }
        expect([...log.entries()]).toEqual(model)
        expect(log.length).toBe(model.length)
        expect(log.between(10, 20)).toEqual(model.filter(({ time }) => time >= 10 && time <= 20))
      }),
    )
  })
  it('wraps at 19,056 half hours', () => {
    const log = make(19_056)
    for (let i = 0; i < 19_057; i++) log.append({ time: i * 1800, value: i })
    expect(log.length).toBe(19_056)
    expect([...log.entries()][0]).toEqual({ time: 1800, value: 1 })
    expect(log.between(0, 1799)).toEqual([])
    expect(log.between(1800, 1800)).toHaveLength(1)
  })
})
