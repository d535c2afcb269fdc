import { native, noble } from '@smets2-sim/crypto'
import { defaultMeteringConfig, householdDay, initialMeteringState, integrateCurve } from '@smets2-sim/esme'
import { describe, expect, it } from 'vitest'
import { codecCases } from './codec.js'
import { exchangeCases } from './exchanges.js'
import { gateCases } from './gate.js'
import { measure } from './measure.js'
import { memoryPerMeter } from './memory.js'
import { meteringCases, wattSeconds } from './metering.js'

describe('the benchmarks', () => {
  it.each([native, noble])('do what they say, with provider $name', (p) => {
    for (const { run } of [...gateCases(p), ...exchangeCases(p, 3), ...codecCases()])
      for (let i = 0; i < 5; i++) expect(run).not.toThrow()
  })
  it('compare each figure with its limit in the same run', () => {
    const figures = measure(
      [
        { name: 'one', run: () => Math.sqrt(2) },
        { name: 'two', run: () => native.sha256(new Uint8Array(2000)), limit: 'one' },
      ],
      20,
    )
    expect(figures[1]?.ratio).toBeCloseTo((figures[1]?.medianUs ?? 0) / (figures[0]?.medianUs ?? 1))
    expect(figures[0]?.ratio).toBeUndefined()
  })
  it('meter days, each beside the bare sum of the same loads', () => {
    const cases = meteringCases()
    const names = cases.map(({ name }) => name)
    for (const { run, limit } of cases) {
      for (let i = 0; i < 3; i++) expect(run).not.toThrow()
      if (limit !== undefined) expect(names).toContain(limit)
    }
    const curve = householdDay(1, 0, 300)
    const { state } = integrateCurve(
      initialMeteringState('singleElement'),
      defaultMeteringConfig('singleElement'),
      0,
      curve,
    )
    expect(state.energy.activeImportWh).toBe(Math.floor(wattSeconds(curve) / 3600))
  })
  it('weigh a meter', () => {
    const octets = memoryPerMeter(200)
    expect(octets).toBeGreaterThan(500)
    expect(octets).toBeLessThan(200_000)
  })
})
