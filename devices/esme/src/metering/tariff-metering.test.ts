import { fromIso, toIso } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  activateTariff,
  activeTariffPriceMillipencePerKwh,
  cancelTariff,
  resetTariffBlockCounters,
  scheduleTariff,
  secondaryActiveTariffPriceMillipencePerKwh,
} from './actions.js'
import { singlePhase } from './conditions.js'
import { timeOfCost } from './integrate.js'
import { Bench, countingPrices, daily, DAY, executions, specialDays, sum } from './metering.fixture.js'
import { blockRegisterCollectionOf } from './register-entry.js'

/** 1 Wh a second. */
const wattHourASecond = singlePhase({ watts: 3600 })
const touOf = (bench: Bench, n: number): number =>
  bench.state.tariffRegisters.tariffTouRegisterMatrixWh[n - 1] as number
const thresholds = (first: readonly [number, number, number]) => [
  first,
  ...Array.from({ length: 7 }, () => [0xffff_ffff, 0xffff_ffff, 0xffff_ffff] as const),
]

describe('a tariff switch', () => {
  const tariff = { tariffSwitchingTable: daily(['000000', 2], ['070000', 3]), prices: countingPrices }

  it('sends each second to its own register', () => {
    const bench = new Bench('singleElement', '2026-01-01T06:59:50Z', { tariff })
    bench.hold(wattHourASecond, 30)
    expect([touOf(bench, 2), touOf(bench, 3)]).toEqual([10, 20])
    expect(bench.ofKind('tariffSwitched').map(({ time, selector }) => [toIso(time), selector])).toEqual([
      ['2026-01-01T06:59:50Z', 2],
      ['2026-01-01T07:00:00Z', 3],
    ])
  })

  it.each([
    ['the change to summer time', '2026-03-28'],
    ['the change to winter time', '2026-10-24'],
    ['a leap day', '2028-02-28'],
    ['new year', '2026-12-31'],
  ])('is at the same second of UTC across %s', (_, start) => {
    const bench = new Bench('singleElement', start, { tariff })
    bench.hold(wattHourASecond, 3 * DAY)
    expect([touOf(bench, 2), touOf(bench, 3)]).toEqual([3 * 7 * 3600, 3 * 17 * 3600])
  })

  it('leaves special days to their own profile', () => {
    const table = daily(['000000', 1])
    const bench = new Bench('singleElement', '2026-12-24', {
      tariff: {
        tariffSwitchingTable: { ...table, days: { ...table.days, 2: [{ second: 0, selector: 9 }] } },
        tariffSpecialDays: specialDays(['ffff0c19ff', 2]),
      },
    })
    bench.hold(wattHourASecond, 3 * DAY)
    expect([touOf(bench, 1), touOf(bench, 9)]).toEqual([2 * DAY, DAY])
  })

  it('counts in register 1 without a calendar', () => {
    const bench = new Bench('singleElement', '2026-01-01')
    bench.hold(wattHourASecond, 5)
    expect(touOf(bench, 1)).toBe(5)
  })
})

describe('activation of a tariff', () => {
  const prices = (millipence: number) => ({
    prices: { ...countingPrices, touMillipencePerKwh: countingPrices.touMillipencePerKwh.map(() => millipence) },
  })

  it('is at the second that was ordered, and consumption falls on its side', () => {
    const bench = new Bench('singleElement', '2026-01-01', { tariff: prices(10_000) })
    bench.state = scheduleTariff(
      bench.state,
      { ...prices(30_000), tariffSwitchingTable: daily(['000000', 5]) },
      fromIso('2026-01-01T09:00:07Z'),
    )
    bench.hold(wattHourASecond, 9 * 3600 + 17)
    expect(touOf(bench, 1)).toBe(9 * 3600 + 7)
    expect(touOf(bench, 5)).toBe(10)
    expect(bench.state.cost.costMillipence).toBe(((9 * 3600 + 7) * 10_000 + 10 * 30_000) / 1000)
    expect(bench.ofKind('tariffActivated')).toEqual([
      { kind: 'tariffActivated', time: fromIso('2026-01-01T09:00:07Z'), parts: ['prices', 'tariffSwitchingTable'] },
    ])
  })

  it('does not happen when it was cancelled, and happens once with what replaced it', () => {
    const bench = new Bench('singleElement', '2026-01-01', { tariff: prices(1000) })
    const at = (time: string) => fromIso(`2026-01-01T${time}Z`)
    bench.state = scheduleTariff(bench.state, { ...prices(2000), standingChargeMillipencePerDay: 7 }, at('01:00:00'))
    bench.state = scheduleTariff(bench.state, prices(3000), at('02:00:00'))
    bench.state = cancelTariff(bench.state, ['standingChargeMillipencePerDay'])
    bench.hold(wattHourASecond, 3 * 3600)
    expect(bench.ofKind('tariffActivated').map(({ time, parts }) => [time, parts])).toEqual([
      [at('02:00:00'), ['prices']],
    ])
    expect(bench.state.tariff.active.standingChargeMillipencePerDay).toBe(0)
    expect(bench.state.cost.costMillipence).toBe(7200 + 3 * 3600)
  })

  it('is immediate on demand, and drops what was to come', () => {
    const bench = new Bench('singleElement', '2026-01-01', { tariff: prices(1000) })
    bench.hold(wattHourASecond, 100)
    bench.state = scheduleTariff(bench.state, prices(9000), bench.now + 50)
    bench.state = activateTariff(bench.state, prices(5000))
    bench.hold(wattHourASecond, 100)
    expect(bench.state.cost.costMillipence).toBe(100 + 500)
    expect(activeTariffPriceMillipencePerKwh(bench.state)).toBe(5000)
  })
})

describe('blocks', () => {
  const tariff = {
    tariffSwitchingTable: daily(['000000', 101]),
    tariffThresholdMatrixWh: thresholds([1000, 3000, 0xffff_ffff]),
    prices: countingPrices,
  }

  it('are left when their threshold is reached, each at its price', () => {
    const bench = new Bench('singleElement', '2026-01-01', { tariff })
    bench.hold(wattHourASecond, 3500)
    const collection = blockRegisterCollectionOf(bench.state.tariffRegisters)
    expect([collection[0], collection[16], collection[32], collection[48]]).toEqual([1000, 2000, 500, 0])
    expect(
      bench.ofKind('blockThresholdCrossed').map(({ time, tou, block }) => [time - fromIso('2026-01-01'), tou, block]),
    ).toEqual([
      [1000, 1, 2],
      [3000, 1, 3],
    ])
    expect(bench.state.cost.costMillipence * 1000 + bench.state.cost.remainder).toBe(
      1000 * 101 + 2000 * 109 + 500 * 117,
    )
    expect(activeTariffPriceMillipencePerKwh(bench.state)).toBe(117)
  })

  it('split the watt-hours of one second', () => {
    const bench = new Bench('singleElement', '2026-01-01', {
      tariff: { ...tariff, tariffThresholdMatrixWh: thresholds([5, 12, 13]) },
    })
    bench.hold(singlePhase({ watts: 20 * 3600 }), 1)
    expect(bench.ofKind('blockThresholdCrossed').map(({ block }) => block)).toEqual([2, 3, 4])
    const registers = bench.state.tariffRegisters.tariffTouBlockRegisterMatrixWh
    expect([registers[0], registers[8], registers[16], registers[24]]).toEqual([5, 7, 1, 7])
  })

  it('begin again when the counters are reset; the registers go on', () => {
    const bench = new Bench('singleElement', '2026-01-01', { tariff })
    bench.hold(wattHourASecond, 1500)
    bench.state = resetTariffBlockCounters(bench.state)
    bench.hold(wattHourASecond, 400)
    const { tariffBlockCounterMatrixWh, tariffTouBlockRegisterMatrixWh } = bench.state.tariffRegisters
    expect([tariffBlockCounterMatrixWh[0], tariffBlockCounterMatrixWh[8]]).toEqual([400, 0])
    expect([tariffTouBlockRegisterMatrixWh[0], tariffTouBlockRegisterMatrixWh[8]]).toEqual([1400, 500])
  })

  it('are reset by their schedule and by the billing calendar, unless the meter is told otherwise', () => {
    const midnight = executions(['00000000', 'ffffffffff'])
    for (const [config, resets] of [
      [{ tariffBlockCounterReset: midnight }, 1],
      [{ billingCalendar: midnight }, 1],
      [{ tariffBlockCounterReset: midnight, billingCalendar: midnight }, 1],
      [{ billingCalendar: midnight, billingResetsBlockCounters: false }, 0],
      [{}, 0],
    ] as const) {
      const bench = new Bench('singleElement', '2026-01-01T23:00:00Z', { tariff, config })
      bench.hold(wattHourASecond, 3700)
      expect(bench.ofKind('blockCountersReset').length).toBe(resets)
      expect(bench.state.tariffRegisters.tariffBlockCounterMatrixWh[0]).toBe(resets === 1 ? 100 : 1000)
    }
  })
})

describe('the secondary element', () => {
  it('has a table and prices of its own', () => {
    const bench = new Bench('twinElement', '2026-01-01T06:59:00Z', {
      tariff: {
        secondaryTariffSwitchingTable: daily(['000000', 201], ['070000', 204]),
        secondaryTariffTouPriceMatrixMillipencePerKwh: [1000, 0, 0, 4000],
      },
    })
    bench.hold({ ...singlePhase({ watts: 3600 }), secondaryW: 7200 }, 90)
    expect(bench.state.tariffRegisters.secondaryTariffTouRegisterMatrixWh).toEqual([120, 0, 0, 60])
    expect(bench.state.cost.costMillipence).toBe(120 + 240)
    expect(secondaryActiveTariffPriceMillipencePerKwh(bench.state)).toBe(4000)
  })
})

describe('cost', () => {
  it('carries what is less than a millipenny, also below zero', () => {
    const bench = new Bench('singleElement', '2026-01-01', {
      tariff: {
        prices: { ...countingPrices, touMillipencePerKwh: countingPrices.touMillipencePerKwh.map(() => -333) },
      },
    })
    bench.hold(wattHourASecond, 1000, 7)
    expect(bench.state.cost).toEqual({ costMillipence: -333, remainder: 0 })
  })

  it('is foretold to the second', () => {
    const bench = new Bench('singleElement', '2026-01-01', {
      tariff: {
        prices: { ...countingPrices, touMillipencePerKwh: countingPrices.touMillipencePerKwh.map(() => 25_000) },
      },
    })
    // 25 millipence a second
    const when = timeOfCost(bench.state, bench.config, wattHourASecond, bench.now, bench.now + DAY, 100_001)
    expect(when).toBe(bench.now + 4001)
    expect(timeOfCost(bench.state, bench.config, wattHourASecond, bench.now, bench.now + 4000, 100_001)).toBeUndefined()
    expect(timeOfCost(bench.state, bench.config, wattHourASecond, bench.now, bench.now + DAY, 0)).toBe(bench.now)
  })
})

describe('always', () => {
  const selectors = fc.oneof(
    fc.integer({ min: 1, max: 48 }),
    fc.integer({ min: 101, max: 108 }),
    fc.constantFrom(0, 77, 250),
  )
  const switches = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 1439 }), selectors), {
    minLength: 1,
    maxLength: 10,
    selector: ([minute]) => minute,
  })
  const loads = fc.array(fc.tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 1, max: 20_000 })), {
    minLength: 1,
    maxLength: 15,
  })
  const timeOf = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}${String(minute % 60).padStart(2, '0')}00`

  it('the sum over the tariff registers is the total register, and their cost the cost', () => {
    fc.assert(
      fc.property(
        switches,
        loads,
        fc.tuple(fc.nat(5000), fc.nat(5000), fc.nat(5000)),
        fc.nat(3),
        (table, steps, limits, resetAfter) => {
          const bench = new Bench('twinElement', '2026-01-01', {
            tariff: {
              tariffSwitchingTable: daily(...table.map(([minute, selector]) => [timeOf(minute), selector] as const)),
              secondaryTariffSwitchingTable: daily(
                ...table.map(([minute, selector]) => [timeOf(minute), 201 + (selector % 5)] as const),
              ),
              tariffThresholdMatrixWh: Array.from(
                { length: 8 },
                () => [...limits].sort((a, b) => a - b) as [number, number, number],
              ),
              prices: countingPrices,
              secondaryTariffTouPriceMatrixMillipencePerKwh: [201, 202, 203, 204],
            },
          })
          let sinceReset = 0
          steps.forEach(([watts, seconds], i) => {
            const before = bench.state.tariffRegisters.tariffTouBlockRegisterMatrixWh
            bench.hold({ ...singlePhase({ watts }), secondaryW: Math.floor(watts / 3) }, seconds)
            sinceReset += sum(bench.state.tariffRegisters.tariffTouBlockRegisterMatrixWh) - sum(before)
            if (i === resetAfter) {
              bench.state = resetTariffBlockCounters(bench.state)
              sinceReset = 0
            }
            const r = bench.state.tariffRegisters
            expect(sum(r.tariffTouRegisterMatrixWh) + sum(r.tariffTouBlockRegisterMatrixWh)).toBe(
              bench.state.energy.activeImportWh,
            )
            expect(sum(r.secondaryTariffTouRegisterMatrixWh)).toBe(bench.state.energy.secondaryActiveImportWh)
            expect(sum(r.tariffBlockCounterMatrixWh)).toBe(sinceReset)
            const thousandths =
              sum(r.tariffTouRegisterMatrixWh.map((wh, n) => wh * (n + 1))) +
              sum(r.tariffTouBlockRegisterMatrixWh.map((wh, n) => wh * (n + 101))) +
              sum(r.secondaryTariffTouRegisterMatrixWh.map((wh, n) => wh * (n + 201)))
            expect(bench.state.cost.costMillipence * 1000 + bench.state.cost.remainder).toBe(thousandths)
          })
        },
      ),
      { numRuns: 60 },
    )
  })
})
