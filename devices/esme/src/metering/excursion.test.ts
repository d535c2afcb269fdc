import fc from 'fast-check'
import { mermaid } from '@smets2-sim/firmware'
import { describe, expect, it } from 'vitest'
import { type Excursion, excursionDue, excursionMachine, isRaised, noExcursion, watch } from './excursion.js'

describe('an excursion', () => {
  it('is a machine without dead ends', () => {
    for (const state of excursionMachine.states)
      expect(Object.keys(excursionMachine.table[state]).length).toBeGreaterThan(0)
    expect(mermaid(excursionMachine, 'normal')).toContain('leaving --> raised: elapsed')
  })

  it('is raised by a run of seconds longer than the period, and ends by one longer than that of return', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 60 }),
        fc.nat(6),
        fc.nat(6),
        (seconds, periodS, returnPeriodS) => {
          const periods = { periodS, returnPeriodS }
          let excursion: Excursion = noExcursion
          let [raised, run] = [false, 0]
          seconds.forEach((isBeyond, now) => {
            excursion = watch(excursion, isBeyond, now, periods)
            // the model counts how long the value has disagreed with what is raised, this second included
            run = isBeyond === raised ? 0 : run + 1
            if (run > (raised ? returnPeriodS : periodS)) [raised, run] = [!raised, 0]
            expect(isRaised(excursion)).toBe(raised)
            expect(watch(excursion, isBeyond, now, periods)).toBe(excursion)
            expect(excursionDue(excursion, periods)).toBe(
              run === 0 ? Infinity : now - run + 1 + (raised ? returnPeriodS : periodS),
            )
          })
        },
      ),
    )
  })
})
