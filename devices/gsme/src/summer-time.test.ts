import { fromIso, toIso } from '@smets2-sim/cosem'
import { GCS13c } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { gasBench } from '../../../packages/firmware/src/gas/bench.fixture.js'
import { meterId, tariff } from './bench.fixture.js'
import { gsme, setDemand } from './index.js'

const DAY_S = 86_400
const HALF_HOUR_S = 1800
const LITRES_PER_HOUR = 1000

describe('tiers of a gas tariff are by UTC, whatever the clocks on the walls do', () => {
  it.each([
    ['forward', '2026-03-28T00:00:00Z'],
    ['back', '2026-10-24T00:00:00Z'],
  ])('on the day after the first of three, on which they are put %s', (_, start) => {
    const bench = gasBench(gsme, meterId, {}, fromIso(start))
    const day = [
      { startMinute: 0, value: 1 },
      { startMinute: 30, value: 2 },
      { startMinute: 90, value: 3 },
      { startMinute: 150, value: 1 },
    ]
    bench.send(tariff({ day, prices: [10_000, 20_000, 30_000, 0], startTime: fromIso(start) }))
    setDemand(bench.device, LITRES_PER_HOUR)
    const read = GCS13c.command({ to: meterId, parts: [{ item: 'readMetering', fields: {} }] })
    const tiers = (): number[] => {
      const { attributes } = bench.send(read).value
      return [1, 2, 3, 4].map((tier) => Number(attributes[`currentTier${tier}SummationDelivered`] ?? 0))
    }
    let last = tiers()
    for (let n = 0; n < 3; n++) {
      const since = toIso(bench.clock.time)
      // the tier of the day's first hours, half hour by half hour
      for (const tier of [1, 2, 2, 3, 3, 1]) {
        const before = tiers()
        bench.advance(HALF_HOUR_S)
        const used = tiers().map((litres, i) => litres - (before[i] ?? 0))
        expect([since, used.findIndex((litres) => litres > 0) + 1, used.reduce((a, b) => a + b)]).toEqual([
          since,
          tier,
          500,
        ])
      }
      bench.advance(DAY_S - 6 * HALF_HOUR_S)
      const now = tiers()
      expect([since, ...now.map((litres, i) => litres - (last[i] ?? 0))]).toEqual([since, 22_000, 1_000, 1_000, 0])
      last = now
    }
  })
})
