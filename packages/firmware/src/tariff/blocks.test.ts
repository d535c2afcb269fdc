import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockOf, blockThresholdsFrom, NO_THRESHOLD, untilNextBlock } from './blocks.js'

describe('blocks', () => {
  it('end when their threshold is reached', () => {
    const thresholds = blockThresholdsFrom([10_000, 20_000])
    expect([0, 9999, 10_000, 19_999, 20_000, 1e9].map((wh) => blockOf(thresholds, wh))).toEqual([0, 0, 1, 1, 2, 2])
    expect(untilNextBlock(thresholds, 9990)).toBe(10)
    expect(untilNextBlock(thresholds, 20_000)).toBe(Infinity)
  })

  it('are never left without thresholds, and are all passed when every threshold is', () => {
    expect(blockOf(blockThresholdsFrom([]), 1e12)).toBe(0)
    expect(blockOf([1, 2, 3], 3)).toBe(3)
    expect(untilNextBlock([1, 2, 3], 3)).toBe(Infinity)
    expect(blockOf([0, NO_THRESHOLD, NO_THRESHOLD], 0)).toBe(1)
  })

  it('never go back as consumption grows', () => {
    const threshold = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(NO_THRESHOLD))
    fc.assert(
      fc.property(fc.tuple(threshold, threshold, threshold), (thresholds) => {
        for (let wh = 0; wh < 60; wh++) {
          const step = untilNextBlock(thresholds, wh)
          expect(blockOf(thresholds, wh + 1)).toBeGreaterThanOrEqual(blockOf(thresholds, wh))
          expect(blockOf(thresholds, wh + 1) > blockOf(thresholds, wh)).toBe(step === 1)
        }
      }),
    )
  })
})
