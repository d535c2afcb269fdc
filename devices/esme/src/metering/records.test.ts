import { fromHex } from '@smets2-sim/bytes'
import { fromIso, toIso } from '@smets2-sim/cosem'
import { ColumnLog } from '@smets2-sim/firmware'
import { describe, expect, it } from 'vitest'
import { cumulativeAndHistoricalValueStore, resetMaximumDemand } from './actions.js'
import { singlePhase } from './conditions.js'
import { dailyWindowFrom } from './demand.js'
import { householdDay, meterDay, meterSteadyDay } from './meter-day.js'
import { Bench, countingPrices, daily, DAY, executions, sum } from './metering.fixture.js'

const kilowatt = singlePhase({ watts: 1000 })

describe('daily records', () => {
  it('hold the registers at midnight UTC and the consumption of the day', () => {
    const b = new Bench('twinElement', '2026-01-01', {
      tariff: { tariffSwitchingTable: daily(['000000', 1], ['060000', 102]) },
    })
    b.hold({ ...kilowatt, secondaryW: 500 }, 2 * DAY)
    const [first, second] = b.ofKind('dayEnded')
    expect(first).toMatchObject({ time: fromIso('2026-01-02'), consumptionWh: 36_000, activeExportWh: 0 })
    expect(second?.registers).toMatchObject({
      activeImportWh: 48_000,
      secondaryActiveImportWh: 24_000,
      secondaryTouWh: [24_000, 0, 0, 0],
    })
    expect(second?.registers.touWh[0]).toBe(12_000)
    expect(second?.registers.block1Wh).toEqual([0, 36_000, 0, 0, 0, 0, 0, 0])
  })

  it('have no secondary registers on a meter of one element', () => {
    const b = new Bench('singleElement', '2026-01-01')
    b.hold(kilowatt, DAY)
    expect(Object.keys(b.ofKind('dayEnded')[0]?.registers ?? {})).not.toContain('secondaryTouWh')
  })
})

describe('billing records', () => {
  it('are taken at each second that the billing calendar names', () => {
    const config = { billingCalendar: executions(['06000000', 'ffffff01ff'], ['0c1e0f00', 'ffff0115ff']) }
    const b = new Bench('singleElement', '2026-01-01', { config })
    b.hold(singlePhase({ watts: 3600 }), 60 * DAY)
    expect(b.ofKind('billing').map(({ time }) => toIso(time))).toEqual([
      '2026-01-01T06:00:00Z',
      '2026-01-21T12:30:15Z',
      '2026-02-01T06:00:00Z',
      '2026-03-01T06:00:00Z',
    ])
    expect(b.ofKind('billing')[1]?.registers.activeImportWh).toBe(20 * DAY + 12.5 * 3600 + 15)
  })
})

describe('the half-hour profile', () => {
  it('fills 13 months, wraps, and keeps the newest 19,056 half hours', () => {
    const log = new ColumnLog(19_056, ['time', 'primaryWh'])
    const b = new Bench('singleElement', '2026-01-01')
    let written = 0
    for (let day = 0; day < 400; day++)
      for (const event of b.hold(singlePhase({ watts: 2 * (day + 1) }), DAY))
        if (event.kind === 'halfHourEnded') {
          log.append({ time: event.time, primaryWh: event.activeImportWh })
          written++
        }
    expect(written).toBe(19_200)
    expect(log.length).toBe(19_056)
    const entries = [...log.entries()]
    expect(toIso(entries[0]?.time ?? 0)).toBe('2026-01-04T00:30:00Z')
    expect(entries.every(({ time }, i) => time === (entries[0]?.time ?? 0) + 1800 * i)).toBe(true)
    const before = b.ofKind('halfHourEnded').slice(0, 144)
    expect(sum(entries.map((e) => e.primaryWh)) + sum(before.map((e) => e.activeImportWh))).toBe(
      b.state.energy.activeImportWh,
    )
  })
})

describe('maximum demand', () => {
  const watts = (b: Bench, w: number, halves = 1): unknown => b.hold(singlePhase({ watts: w }), 1800 * halves)

  it('is the average power of the half hour with the most energy, and when it ended', () => {
    const b = new Bench('singleElement', '2026-01-01')
    watts(b, 1000)
    b.hold(singlePhase({ watts: 9000 }), 600)
    b.hold(singlePhase({ watts: 0 }), 1200)
    watts(b, 2999)
    watts(b, 3000)
    watts(b, -500)
    const { import: imported, export: exported } = b.state.maximumDemand
    expect(imported).toMatchObject({ demandW: 3000, captureTime: fromIso('2026-01-01T01:00:00Z') })
    expect(exported).toMatchObject({ demandW: 500, captureTime: fromIso('2026-01-01T02:30:00Z') })
    expect(b.ofKind('maximumDemand').map(({ register, demandW }) => [register, demandW])).toEqual([
      ['import', 1000],
      ['import', 3000],
      ['export', 500],
    ])
  })

  it('counts for the second register in its part of the day only, also across midnight', () => {
    const entry = (selector: number, time: string) => ({ selector, enable: true, switchTime: fromHex(time) })
    const window = dailyWindowFrom([entry(1, '16000000'), entry(2, '01000000')]) // 22:00 to 01:00
    const b = new Bench('singleElement', '2026-01-01T21:30:00Z', {
      config: { maximumDemandConfigurableTimePeriod: window },
    })
    watts(b, 5000) // before
    watts(b, 1000)
    watts(b, 1000, 3)
    watts(b, 2000) // across midnight
    watts(b, 1500)
    watts(b, 8000) // after
    expect(b.state.maximumDemand.configurableTimeImport).toMatchObject({
      demandW: 2000,
      captureTime: fromIso('2026-01-02T00:30:00Z'),
    })
    expect(b.state.maximumDemand.import.demandW).toBe(8000)
  })

  it('counts half hours that begin in a part of the day, its end not included', () => {
    const config = { maximumDemandConfigurableTimePeriod: { startS: 17 * 3600, endS: 18 * 3600 } }
    const b = new Bench('singleElement', '2026-01-01T16:30:00Z', { config })
    for (const w of [5000, 1000, 2000, 6000]) watts(b, w)
    expect(b.state.maximumDemand.configurableTimeImport).toMatchObject({
      demandW: 2000,
      captureTime: fromIso('2026-01-01T18:00:00Z'),
    })
  })

  it('has no second register without a window, and begins again when reset', () => {
    const b = new Bench('singleElement', '2026-01-01')
    expect(dailyWindowFrom([])).toBeUndefined()
    watts(b, 4000)
    expect(b.state.maximumDemand.configurableTimeImport.demandW).toBe(0)
    b.state = resetMaximumDemand(b.state, 'import', b.now)
    expect(b.state.maximumDemand.import).toEqual({ demandW: 0, captureTime: b.now, lastResetTime: b.now })
    watts(b, 1000)
    expect(b.state.maximumDemand.import).toMatchObject({ demandW: 1000, lastResetTime: b.now - 1800 })
  })
})

describe('the cumulative and historical value store', () => {
  const tariff = { prices: countingPrices } // 1 millipenny a kWh

  it('holds this day, week and month, and those before', () => {
    const b = new Bench('singleElement', '2026-01-01', { tariff }) // a Thursday
    b.hold(singlePhase({ watts: 100_000 }), 45 * DAY + 3600)
    const { day, week, month } = cumulativeAndHistoricalValueStore(b.state)
    const of = (kWh: number) => ({ consumptionWh: kWh * 1000, costMillipence: kWh })
    expect(day).toEqual({ current: of(100), prior: Array.from({ length: 8 }, () => of(2400)) })
    // 15 February 2026 is a Sunday
    expect(week.current).toEqual(of(6 * 2400 + 100))
    expect(week.prior).toEqual([...Array.from({ length: 5 }, () => of(7 * 2400))])
    expect(month.current).toEqual(of(14 * 2400 + 100))
    expect(month.prior.slice(0, 2)).toEqual([of(31 * 2400), of(0)])
    expect(month.prior.length).toBe(13)
  })

  it('closes the year, and February of a leap year, at their last midnight', () => {
    const b = new Bench('singleElement', '2027-12-30', { tariff })
    b.hold(kilowatt, 64 * DAY) // to 3 March 2028
    const { month } = cumulativeAndHistoricalValueStore(b.state)
    expect(month.prior.slice(0, 3).map(({ consumptionWh }) => consumptionWh / 24_000)).toEqual([29, 31, 2])
    expect(month.current.consumptionWh / 24_000).toBe(2)
  })

  it('splits the cost without loss', () => {
    const b = new Bench('singleElement', '2026-01-01', { tariff })
    b.hold(singlePhase({ watts: 7 }), 8 * DAY, 5000)
    const { day } = cumulativeAndHistoricalValueStore(b.state)
    expect(sum(day.prior.map(({ costMillipence }) => costMillipence)) + day.current.costMillipence).toBe(
      b.state.cost.costMillipence,
    )
  })
})

describe('a day for the bench', () => {
  it('is the same for the same seed, whatever is changed for another', () => {
    expect(meterDay(7)).toEqual(meterDay(7))
    expect(meterDay(7).state.energy).not.toEqual(meterDay(8).state.energy)
  })

  it('is a household: some kilowatt-hours, 48 half hours, one day', () => {
    const { state, events } = meterDay(1)
    expect(state.energy.activeImportWh).toBeGreaterThan(3000)
    expect(state.energy.activeImportWh).toBeLessThan(30_000)
    expect(events.filter(({ kind }) => kind === 'halfHourEnded').length).toBe(48)
    expect(householdDay(1, 0, 10).length).toBe(8640)
    expect(meterSteadyDay(kilowatt).energy.activeImportWh).toBe(24_000)
  })
})
