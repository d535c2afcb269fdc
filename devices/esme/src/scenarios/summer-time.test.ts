import { ECS17d, ECS24 } from '@smets2-sim/gbcs'
import { describe, expect, it } from 'vitest'
import { deviceId, MeterBench } from '../testing/meter-bench.fixture.js'
import { tariff } from '../testing/settings.fixture.js'

const to = deviceId
const HOUR_S = 3600
/** One watt hour a second. */
const WATTS = 3600

/** Days of 2026 on which clocks on British walls are put forward or back, at 01:00 UTC. */
const changes = [
  ['forward', '2026-03-28', '2026-03-29', '2026-03-30'],
  ['back', '2026-10-24', '2026-10-25', '2026-10-26'],
] as const

describe('tariff switching is by UTC, whatever the clocks on the walls do', () => {
  it.each(changes)('on the day on which they are put %s', (_, before, change, after) => {
    const bench = new MeterBench({}, { start: `${before}T00:00:00Z` })
    bench.ask(
      tariff({
        switchings: [
          ['0000', 1],
          ['0030', 2],
          ['0130', 3],
          ['0230', 1],
        ],
        prices: [10_000, 20_000, 30_000],
      }),
    )
    bench.meter.load({ watts: WATTS })
    const registers = (): number[] => [...bench.ask(ECS17d.command({ to })).touRegisters.primaryWh].slice(0, 4)
    const price = (): number => bench.ask(ECS24.command({ to })).activeTariffPriceValue
    let last = registers()
    for (const day of [before, change, after]) {
      // around every switching the price is that of its side
      for (const [time, expected] of [
        ['00:29:59', 10_000],
        ['00:30:01', 20_000],
        ['01:29:59', 20_000],
        ['01:30:01', 30_000],
        ['02:29:59', 30_000],
        ['02:30:01', 10_000],
      ] as const) {
        bench.passUntil(`${day}T${time}Z`)
        expect([day, time, price()]).toEqual([day, time, expected])
      }
      bench.passUntil(`${day}T23:00:00Z`)
      bench.pass(HOUR_S)
      const now = registers()
      // a day has 24 hours: one of them in each of two registers, all others in the first
      expect([day, ...now.map((wh, i) => (wh - (last[i] ?? 0)) / HOUR_S)]).toEqual([day, 22, 1, 1, 0])
      last = now
    }
  })
})
