import { fromIso } from '@smets2-sim/cosem'
import { describe, expect, it } from 'vitest'
import { daily } from '../../esme/src/metering/metering.fixture.js'
import { TestHome } from './home.fixture.js'

// 10 p a kilowatt-hour at night, 30 p from 07:00; money in millipence.
const [DAY_PRICE, NIGHT_PRICE] = [30_000, 10_000]
const tariff = {
  tariffSwitchingTable: daily(['000000', 2], ['070000', 1]),
  prices: {
    touMillipencePerKwh: Array.from({ length: 48 }, (_, i) => (i === 0 ? DAY_PRICE : i === 1 ? NIGHT_PRICE : 0)),
    blockMillipencePerKwh: Array.from({ length: 32 }, () => 0),
  },
  standingChargeMillipencePerDay: 50_000,
}
/** A Thursday. */
const START = '2026-01-01T00:00:00Z'
/** 7 h at 10 p and 17 h at 30 p, one kilowatt. */
const A_DAY = { energyWh: 24_000, costMillipence: 7 * NIGHT_PRICE + 17 * DAY_PRICE }
const times = (used: typeof A_DAY, n: number) => ({
  energyWh: used.energyWh * n,
  costMillipence: used.costMillipence * n,
})
const NONE = { energyWh: 0, costMillipence: 0 }

describe('the electricity screen', () => {
  it('shows what is used today, in energy and in money', () => {
    const home = new TestHome(START, { tariff })
    home.esme.load(1000)
    home.advance(10 * 3600)
    expect(home.screen.electricity).toMatchObject({
      registerWh: 10_000,
      today: { energyWh: 10_000, costMillipence: 7 * NIGHT_PRICE + 3 * DAY_PRICE },
      demandW: 1000,
      demandCostMillipencePerHour: DAY_PRICE,
      activePriceMillipencePerKwh: DAY_PRICE,
      tier: 1,
      tariffName: 'TOU 1',
      standingChargeMillipencePerDay: 50_000,
      supplier: 'Volt & Co',
      supplierContact: '0800 123',
      supply: 'enabled',
      link: { state: 'connected', bars: 5 },
      unavailable: {},
    })
  })

  it('begins a day at midnight, a week on Monday and a month on the first', () => {
    const home = new TestHome(START, { tariff })
    home.esme.load(1000)
    home.jumpTo('2026-01-02T00:00:00Z')
    expect(home.screen.electricity).toMatchObject({ today: NONE, thisWeek: A_DAY, thisMonth: A_DAY })
    expect(home.screen.electricity.previousDays?.[0]).toEqual(A_DAY)
    expect(home.screen.electricity.previousDays).toHaveLength(8)

    home.jumpTo('2026-01-05T00:00:00Z') // a Monday
    expect(home.screen.electricity).toMatchObject({ today: NONE, thisWeek: NONE, thisMonth: times(A_DAY, 4) })
    expect(home.screen.electricity.previousWeeks).toEqual([times(A_DAY, 4), NONE, NONE, NONE, NONE])

    home.jumpTo('2026-02-01T00:00:00Z') // a Sunday
    expect(home.screen.electricity).toMatchObject({ today: NONE, thisWeek: times(A_DAY, 6), thisMonth: NONE })
    expect(home.screen.electricity.previousMonths?.slice(0, 2)).toEqual([times(A_DAY, 31), NONE])
    expect(home.screen.electricity.previousMonths).toHaveLength(13)
    expect(home.screen.electricity.previousWeeks?.slice(0, 4)).toEqual([
      times(A_DAY, 7),
      times(A_DAY, 7),
      times(A_DAY, 7),
      times(A_DAY, 4),
    ])
  })

  it('shows another demand and its cost after ten seconds at most', () => {
    const home = new TestHome('2026-01-01T12:00:00Z', { tariff })
    home.advance(5)
    home.esme.load(3000)
    home.advance(4)
    expect(home.screen.electricity.demandW).toBe(0)
    home.advance(1)
    expect(home.screen.electricity).toMatchObject({ demandW: 3000, demandCostMillipencePerHour: 3 * DAY_PRICE })
    expect(home.screen.electricity.today).toEqual(NONE)
    home.advance(50) // the next full minute
    expect(home.screen.electricity.today).toEqual({ energyWh: 45, costMillipence: 1_350 })
  })

  it('shows another price after ten seconds at most', () => {
    const home = new TestHome('2026-01-01T06:59:55Z', { tariff })
    home.advance(5)
    expect(home.screen.electricity).toMatchObject({ activePriceMillipencePerKwh: NIGHT_PRICE, tier: 2 })
    home.advance(10)
    expect(home.screen.electricity).toMatchObject({ activePriceMillipencePerKwh: DAY_PRICE, tier: 1 })
  })

  it('has an ambient light that follows the thresholds', () => {
    const home = new TestHome(START, { config: { lowMediumPowerThresholdW: 1000, mediumHighPowerThresholdW: 3000 } })
    const levelAt = (watts: number): unknown => {
      home.esme.load(watts)
      home.advance(10)
      return home.screen.electricity.ambient
    }
    expect([999, 1000, 2999, 3000].map(levelAt)).toEqual(['low', 'medium', 'medium', 'high'])
  })

  it('shows what is owed in credit mode, and credit and debts in prepayment mode', () => {
    const home = new TestHome('2026-01-01T12:00:00Z', { tariff, settings: { emergencyCreditLimitMillipence: 500_000 } })
    home.esme.load(2000)
    home.advance(3600)
    expect(home.screen.electricity).toMatchObject({
      paymentMode: 'credit',
      balanceMillipence: -2 * DAY_PRICE,
      amountOwedMillipence: 2 * DAY_PRICE,
      emergencyCredit: 'unavailable',
      isCreditLow: false,
    })
    const prepaid = new TestHome('2026-01-01T12:00:00Z', {
      tariff,
      settings: {
        emergencyCreditLimitMillipence: 500_000,
        emergencyCreditThresholdMillipence: 100_000,
        lowCreditThresholdMillipence: 200_000,
      },
      account: {
        paymentMode: 'prepayment',
        meterBalanceMillipence: 150_000,
        timeDebtsMillipence: [300, 400],
        paymentDebtMillipence: 500,
        accumulatedDebtMillipence: 600,
      },
    })
    prepaid.esme.load(2000)
    prepaid.advance(60)
    expect(prepaid.screen.electricity).toMatchObject({
      paymentMode: 'prepayment',
      balanceMillipence: 149_010,
      amountOwedMillipence: 0,
      isCreditLow: true,
      isCreditExhausted: false,
      emergencyCredit: 'unavailable',
      timeDebt1Millipence: 300,
      timeDebt2Millipence: 400,
      paymentDebtMillipence: 500,
      accumulatedDebtMillipence: 600,
    })
    prepaid.advance(3600)
    expect(prepaid.screen.electricity).toMatchObject({ emergencyCredit: 'available', supply: 'enabled' })
    prepaid.esme.load(60_000)
    prepaid.advance(3600)
    expect(prepaid.screen.electricity).toMatchObject({ supply: 'disabled', isCreditExhausted: true })
  })
})

describe('the gas screen', () => {
  const mirrored = {
    metering: {
      currentSummationDelivered: 1_234_567,
      supplyStatus: 2,
      currentDayAlternativeConsumptionDelivered: 12_345,
      previousDayAlternativeConsumptionDelivered: 20_000,
      currentWeekAlternativeConsumptionDelivered: 32_345,
      currentMonthAlternativeConsumptionDelivered: 99_999,
      billToDateDelivered: 4_321_000,
    },
    prepayment: {
      currentDayCostConsumptionDelivered: 77_033,
      previousDayCostConsumptionDelivered: 124_800,
      currentWeekCostConsumptionDelivered: 201_833,
      currentMonthCostConsumptionDelivered: 623_994,
      paymentControlConfiguration: 0x0c94,
      creditRemaining: 0,
    },
  }
  it('shows what the mirror holds, in kilowatt-hours and money', () => {
    const home = new TestHome(START)
    home.gpf.mirror(home.clock.time, mirrored)
    home.advance(10)
    expect(home.screen.gas).toMatchObject({
      registerLitres: 1_234_567,
      readAt: fromIso(START),
      today: { energyWh: 12_345, costMillipence: 77_033 },
      thisWeek: { energyWh: 32_345, costMillipence: 201_833 },
      thisMonth: { energyWh: 99_999, costMillipence: 623_994 },
      previousDays: [{ energyWh: 20_000, costMillipence: 124_800 }],
      activePriceMillipencePerKwh: 6_240,
      tariffName: 'Gas Standard',
      paymentMode: 'credit',
      amountOwedMillipence: 4_321_000,
      supply: 'enabled',
      supplier: 'Gas & Co',
    })
  })
  it('says of what the gas meter has not told yet that it is not provided', () => {
    const home = new TestHome(START)
    home.advance(10)
    expect(home.screen.gas.today).toBeUndefined()
    expect(home.screen.gas.unavailable).toMatchObject({ today: 'notProvided', emergencyCredit: 'notProvided' })
    expect(home.screen.gas.link.state).toBe('connected')
  })
  it('asks for all of it again when the proxy has news, and only then', () => {
    const home = new TestHome('2026-01-01T00:00:30Z')
    home.gpf.mirror(home.clock.time, mirrored)
    home.advance(10)
    const changed = { metering: { currentDayAlternativeConsumptionDelivered: 13_000 } }
    home.gpf.mirror(fromIso(START), changed) // a value without news: as old as before, so nobody asks
    home.gpf.mirror(fromIso('2026-01-01T00:00:30Z'), {})
    home.advance(20 * 60)
    expect(home.screen.gas.today?.energyWh).toBe(12_345)
    home.gpf.mirror(home.clock.time, changed)
    home.advance(60)
    expect(home.screen.gas.today?.energyWh).toBe(13_000)
  })
  it('asks at once when the proxy announces news', () => {
    const home = new TestHome('2026-01-01T00:00:30Z')
    home.gpf.mirror(home.clock.time, mirrored)
    home.advance(10)
    home.clock.time += 1
    home.gpf.mirror(home.clock.time, { metering: { currentDayAlternativeConsumptionDelivered: 14_000 } })
    home.gpf.announce()
    expect(home.screen.gas).toMatchObject({ readAt: home.clock.time, today: { energyWh: 14_000 } })
  })
})
