import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { item, ItemStore } from './item-store.js'

const names = ['a', 'b', 'c'] as const
const items = names.map((name) => item(name, 0))

describe('a transaction over data items', () => {
  it('that throws leaves every item as it was, set or never set', () => {
    const write = fc.tuple(fc.nat(2), fc.option(fc.nat(100), { nil: undefined }))
    fc.assert(
      fc.property(fc.array(write), fc.array(write), (before, inside) => {
        const store = new ItemStore()
        const apply = (writes: typeof before): void => {
          for (const [i, value] of writes) {
            const one = items[i] as (typeof items)[number]
            if (value === undefined) store.reset(one)
            else store.write(one, value)
          }
        }
        apply(before)
        const snapshot = new Map(store.entries())
        expect(() =>
          store.transaction(() => {
            apply(inside)
            throw new Error('in the middle')
          }),
        ).toThrow('in the middle')
        expect(new Map(store.entries())).toEqual(snapshot)
      }),
    )
  })
  it('that succeeds keeps what it wrote, and an inner one that throws takes the outer one with it', () => {
    const store = new ItemStore()
    const [a, b] = items as [(typeof items)[number], (typeof items)[number]]
    expect(store.transaction(() => store.update(a, (value) => value + 1))).toBe(1)
    expect(() =>
      store.transaction(() => {
        store.write(a, 5)
        store.transaction(() => {
          store.write(b, 6)
          throw new Error('inner')
        })
      }),
    ).toThrow('inner')
    expect([store.read(a), store.read(b), store.has(b)]).toEqual([1, 0, false])
  })
})
