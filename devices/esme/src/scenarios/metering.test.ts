import { fromIso, toIso } from '@smets2-sim/cosem'
import {
  ECS01b,
  ECS05,
  ECS12,
  ECS17a,
  ECS17b,
  ECS17c,
  ECS17d,
  ECS17e,
  ECS18b,
  ECS21a,
  ECS22b,
  ECS24,
  ECS30,
  ECS37,
  ECS57,
  ECS66,
} from '@smets2-sim/gbcs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { executionTimes, nonDisablement, prices, amount, at, tariff } from '../testing/settings.fixture.js'
import { deviceId, MeterBench, NOW } from '../testing/meter-bench.fixture.js'

const to = deviceId
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
const ever = { from: 0, to: 0x7fff_ffff }

describe('an electricity meter', () => {
  it('meters 100 W over 24 hours as 2,400 Wh', () => {
    const bench = new MeterBench({ activeImportWh: 12_345_678 })
    bench.meter.load({ watts: 100 })
    bench.pass(86_400)
    expect(bench.ask(ECS17b.command({ to })).importRegisters.activeImportWh).toBe(12_345_678 + 2_400)
    expect(bench.ask(ECS17c.command({ to })).powerImportCollection.activePowerImportW).toBe(100)
  })

  it('answers the encrypted read of its profile with what was metered, half hour by half hour', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 5_000 })), {
          minLength: 1,
          maxLength: 30,
        }),
        (loads) => {
          const bench = new MeterBench({ variant: 'singleElement' })
          // watt-seconds by half hour, counted by ourselves
          const metered = new Map<number, number>()
          let wattSeconds = 0
          for (const [watts, seconds] of loads) {
            bench.meter.load({ watts })
            for (let left = seconds; left > 0; ) {
              const step = Math.min(left, 1800 - (bench.now % 1800))
              bench.pass(step)
              left -= step
              wattSeconds += watts * step
              if (bench.now % 1800 === 0) metered.set(bench.now, Math.floor(wattSeconds / 3600))
            }
          }
          const { importProfileLog } = bench.ask(ECS22b.command({ to, entries: ever }), { from: 'networkOperator' })
          let total = 0
          expect(importProfileLog.map(({ time, primaryWh }) => [time, (total += primaryWh)])).toEqual([...metered])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('lets the range of a read include both of its bounds', () => {
    const bench = new MeterBench({})
    bench.meter.load({ watts: 2000 })
    bench.pass(6 * 1800)
    const read = (from: string, until: string) =>
      bench
        .ask(ECS22b.command({ to, entries: { from: fromIso(from), to: fromIso(until) } }))
        .importProfileLog.map(({ time }) => toIso(time).slice(11, 16))
    expect(read('2026-01-01T01:00:00Z', '2026-01-01T02:00:00Z')).toEqual(['01:00', '01:30', '02:00'])
    expect(read('2026-01-01T01:00:01Z', '2026-01-01T01:29:59Z')).toEqual([])
  })

  it('meters export, reactive energy and the second element where there is one', () => {
    const bench = new MeterBench({ variant: 'twinElement', limits: { reverseCurrent: undefined } })
    bench.meter.load({ watts: -1500 })
    bench.meter.load({ watts: 800, element: 'secondary' })
    bench.pass(3600)
    expect(bench.ask(ECS17a.command({ to })).activeExportRegisterValue).toBe(1500)
    bench.meter.load({ watts: 1000, powerFactor: 0.8 })
    bench.pass(3600)
    expect(bench.ask(ECS17b.command({ to })).importRegisters).toMatchObject({
      activeImportWh: 1000,
      reactiveImportVarh: 750,
      secondaryActiveImportWh: 1600,
    })
    expect(bench.ask(ECS17d.command({ to })).touRegisters.secondaryWh).toEqual([1600, 0, 0, 0])
    expect(bench.ask(ECS22b.command({ to, entries: ever })).importProfileLog).toMatchObject([
      { primaryWh: 0, secondaryWh: 400 },
      { primaryWh: 0, secondaryWh: 400 },
      { primaryWh: 500, secondaryWh: 400 },
      { primaryWh: 500, secondaryWh: 400 },
    ])
  })

  it('shares a load over the phases of a polyphase meter, and takes one on one phase', () => {
    const bench = new MeterBench({ variant: 'polyphase' })
    bench.meter.load({ watts: 3000 })
    bench.meter.load({ watts: 4000, phase: 2 })
    bench.pass(3600)
    expect(bench.ask(ECS17b.command({ to })).importRegisters.activeImportWh).toBe(6000)
    expect(() => new MeterBench({}).meter.load({ watts: 1, phase: 2 })).toThrowError(/phase 2/)
    expect(() => new MeterBench({}).meter.load({ watts: 1, element: 'secondary' })).toThrowError(/secondary/)
  })
})

describe('a tariff', () => {
  it('puts consumption on the right side of a switch, to the second', () => {
    const bench = new MeterBench({}, { start: '2026-03-28T23:00:00Z' })
    bench.ask(
      tariff({
        switchings: [
          ['0000', 1],
          ['0700', 2],
        ],
        prices: [10_000, 20_000],
      }),
    )
    bench.meter.load({ watts: 3600 })
    // an hour of the day before: its last switching was at 07:00
    bench.pass(3600 + 7 * 3600 + 1)
    const { primaryWh } = bench.ask(ECS17d.command({ to })).touRegisters
    // across the change to summer time: the meter's time is UTC
    expect(primaryWh.slice(0, 2)).toEqual([7 * 3600, 3600 + 1])
    expect(bench.ask(ECS24.command({ to })).activeTariffPriceValue).toBe(20_000)
  })

  it('takes force at its date; what was used before costs what it cost then', () => {
    const bench = new MeterBench({}, { start: '2026-01-01T12:00:00Z' })
    bench.ask(tariff({ prices: [10_000] }))
    bench.ask(
      ECS01b.command({
        to,
        standingChargeUnitChargePassive: amount(0),
        consumptionChargeUnitChargePassive: prices([30_000]),
        standingChargeUnitChargeActivationTime: at('2026-01-01T12:30:00Z'),
        consumptionChargeUnitChargeActivationTime: at('2026-01-01T12:30:00Z'),
      }),
    )
    bench.meter.load({ watts: 3600 })
    bench.pass(3600)
    expect(bench.meter.readings().meterBalanceMillipence).toBe(-(1.8 * 10_000 + 1.8 * 30_000))
    expect(bench.heard()).toEqual([
      'futureDateHanInterfaceCommandSuccessfullyActioned',
      'futureDateHanInterfaceCommandSuccessfullyActioned',
    ])
  })

  it('is refused when a price is missing, is one too many, or is there twice', () => {
    const bench = new MeterBench({})
    const full = prices([5_000])
    const send = (charges: typeof full.charges) =>
      bench.send(
        ECS01b.command({
          to,
          standingChargeUnitChargePassive: amount(1),
          consumptionChargeUnitChargePassive: { ...full, charges },
          standingChargeUnitChargeActivationTime: NOW,
          consumptionChargeUnitChargeActivationTime: NOW,
        }),
      ).reading?.items
    const results = (charges: typeof full.charges) => send(charges)?.map(({ result }) => result)
    expect(results(full.charges.slice(1))).toEqual([0, 250, 250, 250])
    expect(results([...full.charges.slice(1), { index: Uint8Array.of(0x31), charge: 0 }])).toEqual([0, 250, 250, 250])
    expect(results([...full.charges.slice(1), full.charges[1] as (typeof full.charges)[number]])).toEqual([
      0, 250, 250, 250,
    ])
    expect(results(full.charges)).toEqual([0, 0, 0, 0])
    expect(bench.ask(ECS24.command({ to })).consumptionCharge.charges[0]?.charge).toBe(5_000)
  })

  it('counts in blocks, whose counters ECS05 sets to zero; registers stay, and their sum is the total', () => {
    const bench = new MeterBench({})
    bench.ask(
      tariff({
        switchings: [['0000', 101]],
        blockPrices: [1_000, ...Array<number>(7).fill(0), 2_000],
        thresholds: [1_000],
      }),
    )
    bench.meter.load({ watts: 3000 })
    bench.pass(3600)
    const read = () => bench.ask(ECS17e.command({ to })).blockRegisters.primaryWh
    // four blocks of 8 registers and 8 counters
    expect([read()[0], read()[8], read()[16], read()[24]]).toEqual([1000, 1000, 2000, 2000])
    bench.ask(ECS05.command({ to }))
    expect([read()[0], read()[8], read()[16], read()[24]]).toEqual([1000, 0, 2000, 0])
    bench.pass(600)
    expect([read()[0], read()[8], read()[16], read()[24]]).toEqual([1500, 500, 2000, 0])
    const registers = bench.ask(ECS17d.command({ to })).touRegisters.primaryWh
    const blocks = [0, 16, 32, 48].flatMap((start) => read().slice(start, start + 8))
    expect(sum(registers) + sum(blocks)).toBe(bench.ask(ECS17b.command({ to })).importRegisters.activeImportWh)
  })
})

describe('records of the day', () => {
  it('are made at midnight, and at the times of the billing calendar, which the supplier is told of', () => {
    const bench = new MeterBench({}, { start: '2026-01-30T10:00:00Z' })
    bench.ask(ECS30.command({ to, billingCalendar: executionTimes(['00000000', 'ffffff01ff']) }))
    bench.meter.load({ watts: 1000 })
    bench.passUntil('2026-02-01T06:00:00Z')
    const days = bench.ask(ECS21a.command({ to, entries: ever })).dailyReadLog
    expect(days.map(({ activeImportWh }) => activeImportWh)).toEqual([14_000, 38_000])
    expect(bench.ask(ECS66.command({ to, entries: ever })).dailyConsumptionLog.map(({ value }) => value)).toEqual([
      14_000, 24_000,
    ])
    expect(bench.alerts().map(({ name, to: party }) => [name, party])).toEqual([['billingDataLogUpdated', 'supplier']])
    expect(bench.meter.history().day).toMatchObject({
      current: { consumptionWh: 6_000 },
      prior: [{ consumptionWh: 24_000 }, { consumptionWh: 14_000 }, ...Array<unknown>(6).fill({ consumptionWh: 0 })],
    })
  })

  it('are cut by a change of tenancy: what was before it can no longer be read', () => {
    const bench = new MeterBench({}, { start: '2026-01-30T10:00:00Z' })
    bench.meter.load({ watts: 1000 })
    bench.passUntil('2026-02-03T12:00:00Z')
    const read = () => bench.ask(ECS21a.command({ to, entries: ever })).dailyReadLog.map(({ time }) => toIso(time))
    expect(read()).toHaveLength(4)
    const moveIn = at('2026-02-05T09:00:00Z')
    bench.ask(ECS12.command({ to, restrictDataDateTime: moveIn }))
    // the date is yet to come
    expect(read()).toHaveLength(4)
    expect(bench.meter.history().day.prior[0]?.consumptionWh).toBe(24_000)
    bench.passUntil('2026-02-05T09:00:00Z')
    expect(read()).toEqual([])
    expect(bench.meter.history()).toMatchObject({
      day: { current: { consumptionWh: 0 } },
      week: { current: { consumptionWh: 0 } },
    })
    bench.passUntil('2026-02-06T12:00:00Z')
    expect(read()).toEqual(['2026-02-06T00:00:00Z'])
    expect(bench.ask(ECS22b.command({ to, entries: ever })).importProfileLog[0]?.time).toBe(
      fromIso('2026-02-05T09:00:00Z'),
    )
    // registers are no history
    expect(bench.ask(ECS17b.command({ to })).importRegisters.activeImportWh).toBe(170_000)
  })
})

describe('maximum demand', () => {
  it('is that of the largest half hour, in a window of its own too, and is reset by command', () => {
    const bench = new MeterBench({}, { start: '2026-01-01T08:00:00Z' })
    bench.ask(
      ECS37.command({
        to,
        maximumDemandConfigurableTimePeriod: nonDisablement(['0900', 'start'], ['1000', 'stop']).map((entry, i) => ({
          ...entry,
          selector: i + 1,
        })),
      }),
    )
    bench.meter.load({ watts: 5000 })
    bench.pass(1800)
    bench.meter.load({ watts: 2000 })
    bench.pass(3 * 1800)
    const read = () => bench.ask(ECS18b.command({ to }))
    expect(read()).toMatchObject({
      maximumDemandImportValue: 5000,
      maximumDemandImportCaptureTime: at('2026-01-01T08:30:00Z'),
      maximumDemandConfigurableTimeImportValue: 2000,
      maximumDemandConfigurableTimeImportCaptureTime: at('2026-01-01T09:30:00Z'),
    })
    bench.ask(ECS57.command({ to, maximumDemandImport: true }), { from: 'networkOperator' })
    expect(read()).toMatchObject({
      maximumDemandImportValue: 0,
      maximumDemandImportReset: at('2026-01-01T10:00:00Z'),
      maximumDemandConfigurableTimeImportValue: 0,
    })
  })
})

describe('the clock', () => {
  it('is compared with that of the hub once a day: a small drift is corrected, a large one reported', () => {
    const bench: MeterBench = new MeterBench({}, { ports: { timeSource: () => bench.now } })
    bench.meter.load({ watts: 3600 })
    bench.meter.clock.drift(8)
    bench.pass(86_400)
    expect(bench.meter.now).toBe(bench.now)
    expect(bench.logged('event')).toEqual([0x8145])
    bench.meter.clock.drift(-30)
    bench.pass(86_400)
    expect(bench.meter.clock.status).toBe('unreliable')
    expect(bench.heard()).toEqual(['clockNotAdjusted'])
    // what was metered is what flowed in the seconds of the world
    expect(bench.ask(ECS17b.command({ to })).importRegisters.activeImportWh).toBe(2 * 86_400)
  })
})
