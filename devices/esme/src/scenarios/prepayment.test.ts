import { encodeDateTime, fromIso } from '@smets2-sim/cosem'
import {
  accountNext,
  ECS02,
  ECS03,
  ECS04a,
  ECS04b,
  ECS08,
  ECS08a,
  ECS09,
  ECS15a,
  ECS19,
  ECS20b,
  ECS20d,
  ECS21b,
  ECS26a,
  ECS26j,
  ECS42,
  ECS43,
  ECS45,
  ECS82,
} from '@smets2-sim/gbcs'
import { readAttribute } from '@smets2-sim/firmware'
import { describe, expect, it } from 'vitest'
import { debts, nonDisablement, prepayment, tariff, toCredit, toPrepayment } from '../testing/settings.fixture.js'
import { deviceId, MeterBench, parties } from '../testing/meter-bench.fixture.js'

const to = deviceId
const balance = (bench: MeterBench): number => bench.ask(ECS82.command({ to })).meterBalance
const balances = (bench: MeterBench) => bench.ask(ECS19.command({ to })).balances
const state = (bench: MeterBench): number => bench.ask(ECS45.command({ to })).supplyState
const [DISABLED, ENABLED, ARMED] = [0, 1, 2]

/** A prepayment home at noon, at 10 p a kWh, with 1 pound of credit and 5 of emergency credit. */
function home(options: Parameters<typeof prepayment>[0] = {}, mode: Parameters<typeof toPrepayment>[0] = {}) {
  const bench = new MeterBench({ variant: 'singleElement' }, { start: '2026-01-05T12:00:00Z' })
  bench.ask(tariff())
  bench.ask(prepayment({ emergencyCreditThreshold: 50_000, lowCreditThreshold: 80_000, ...options }))
  bench.ask(ECS04a.command({ to, meterBalance: 100_000 }))
  bench.ask(toPrepayment(mode))
  bench.sent.length = 0
  return bench
}
/** Presses next until this screen is shown, then select. */
function choose(bench: MeterBench, title: string): void {
  for (let i = 0; bench.meter.display().title !== title; i++) {
    if (i > 30) throw new Error(`no screen ${title}`)
    bench.meter.press('next')
  }
  bench.meter.press('select')
}

describe('a day of a prepayment home', () => {
  it('runs out of credit to the second, uses emergency credit, is topped up, and comes back', () => {
    const bench = home()
    // 6 kW at 10 p a kWh: a pound lasts 6,000 seconds
    bench.meter.load({ watts: 6000 })
    bench.pass(1200)
    expect(balance(bench)).toBe(80_000)
    expect(bench.heard()).toEqual([])
    bench.pass(1)
    expect(bench.heard()).toEqual(['combinedCreditBelowLowCreditThreshold'])
    bench.pass(2800)
    expect(bench.heard()).toEqual(['emergencyCreditHasBecomeAvailable'])
    expect(state(bench)).toBe(ENABLED)

    // below the threshold is strictly below: the watt-hour after the tenth kilowatt-hour turns the supply off
    bench.pass(20_000)
    expect(bench.heard()).toEqual(['creditBelowDisablementThreshold'])
    expect(state(bench)).toBe(DISABLED)
    expect(balance(bench)).toBe(-10)
    expect(bench.meter.readings().register).toBe(10_001)

    // the user takes emergency credit: armed, and enabled by hand
    expect(bench.meter.request({ command: 'enableSupply' }, 'keypad').ok).toBe(false)
    choose(bench, 'Emergency credit')
    expect(bench.heard()).toEqual(['emergencyCreditActivated'])
    expect(state(bench)).toBe(ARMED)
    choose(bench, 'Supply')
    expect(state(bench)).toBe(ENABLED)

    // 5 pounds of it are 50 kWh: 30,000 seconds
    bench.pass(29_900)
    expect(state(bench)).toBe(ENABLED)
    expect(bench.heard()).toEqual(['combinedCreditBelowLowCreditThreshold'])
    bench.pass(200)
    expect(bench.heard()).toEqual(['emergencyCreditExhausted', 'creditBelowDisablementThreshold'])
    expect(state(bench)).toBe(DISABLED)
    expect(balances(bench)).toMatchObject({ emergencyCreditMillipence: 0, meterBalanceMillipence: -10 })

    // a pound at the keys repays what is below the threshold, then emergency credit: the balance is at the threshold
    const first = bench.token(100)
    choose(bench, 'Add credit')
    expect(bench.type(first.digits)).toBe('£1.00')
    expect(bench.heard()).toEqual(['creditAddedLocally', 'supplyArmed'])
    expect(state(bench)).toBe(ARMED)
    expect(balances(bench)).toMatchObject({ meterBalanceMillipence: 0, emergencyCreditMillipence: 0 })
    // ten more over the air repay the rest of it
    expect(bench.topUp(bench.token(1000)).reading?.ok).toBe(true)
    expect(bench.heard()).toEqual([])
    // 11 pounds paid, less what was below the threshold and 5 of emergency credit
    expect(balances(bench)).toMatchObject({ meterBalanceMillipence: 1_100_000 - 500_000 - 10 })
    expect(bench.meter.request({ command: 'enableSupply' }, 'ppmid')).toEqual({ ok: true, text: 'done' })
    expect(state(bench)).toBe(ENABLED)
    expect(bench.meter.readings().register).toBe(60_001)

    // the log of credits, the newest last
    const range = { from: 0, to: bench.now }
    const credits = bench.ask(ECS20d.command({ to, prepaymentCreditLog: range })).prepaymentCreditLog
    expect(credits.map(({ amountMillipence }) => amountMillipence)).toEqual([100_000, 1_000_000])
  })

  it('keeps the supply on in a non-disablement period, and turns it off when the period ends', () => {
    const bench = home({ calendar: nonDisablement(['1300', 'start'], ['1800', 'stop']) })
    bench.meter.load({ watts: 6000 })
    bench.passUntil('2026-01-05T17:59:59Z')
    expect(bench.heard()).toEqual([
      'combinedCreditBelowLowCreditThreshold',
      'emergencyCreditHasBecomeAvailable',
      'creditBelowDisablementThreshold',
      'disablementOfSupplyDueToInsufficientCreditHasBeenSuspended',
    ])
    expect(state(bench)).toBe(ENABLED)
    expect(balance(bench)).toBeLessThan(-100_000)
    bench.pass(1)
    expect(state(bench)).toBe(DISABLED)
    // a calendar is no credit: the next period leaves off what is off
    bench.passUntil('2026-01-06T14:00:00Z')
    expect(state(bench)).toBe(DISABLED)
    expect(bench.send(ECS42.command({ to })).reading?.items).toMatchObject([{ result: 250 }])
  })

  it('collects standing charge and debts at midnight, and a share of each top-up', () => {
    const bench = home()
    bench.ask(tariff({ standingCharge: 20_000 }))
    bench.ask(
      debts({
        timeDebt1: 12_000,
        timeDebt2: 3_000,
        paymentDebt: 40_000,
        rate1: 5_000,
        rate2: 10_000,
        perPayment: 2_500,
      }),
    )
    bench.sent.length = 0
    bench.passUntil('2026-01-05T23:59:59Z')
    expect(balance(bench)).toBe(100_000)
    bench.pass(1)
    expect(balances(bench)).toMatchObject({
      meterBalanceMillipence: 100_000 - 20_000 - 5_000 - 3_000,
      timeDebt1Millipence: 7_000,
      timeDebt2Millipence: 0,
    })
    expect(bench.heard()).toContain('debtCollectionCompletedTimeDebt2')
    expect(bench.topUp(bench.token(1000)).reading?.ok).toBe(true)
    expect(balances(bench)).toMatchObject({ paymentDebtMillipence: 0, meterBalanceMillipence: 72_000 + 960_000 })
    expect(bench.heard()).toContain('debtCollectionCompletedPaymentDebt')
  })

  it('leaves debts by time for later while the supply is off, where the supplier has said so', () => {
    const bench = home({}, { suspendDebtDisabled: true })
    bench.ask(debts({ timeDebt1: 50_000, rate1: 5_000 }))
    bench.ask(ECS43.command({ to }))
    bench.passUntil('2026-01-07T12:00:00Z')
    expect(balances(bench)).toMatchObject({ timeDebt1Millipence: 50_000, meterBalanceMillipence: 100_000 })
    bench.ask(ECS42.command({ to }))
    bench.passUntil('2026-01-08T12:00:00Z')
    expect(balances(bench)).toMatchObject({ timeDebt1Millipence: 45_000 })
  })
})

describe('the remote supplier', () => {
  it('activates emergency credit where it is available, and is told where it is not', () => {
    const bench = home()
    const activate = ECS09.command({ to })
    expect(bench.send(activate).reading?.items).toMatchObject([{ result: 250 }])
    bench.ask(ECS04a.command({ to, meterBalance: -60_000 }))
    bench.ask(activate)
    // active already: that is a success
    bench.ask(activate)
    expect(balances(bench)).toMatchObject({ emergencyCreditMillipence: 500_000, meterBalanceMillipence: 40_000 })
  })
  it('resets balance, emergency credit and accumulated debt together', () => {
    const bench = home()
    bench.ask(ECS04a.command({ to, meterBalance: -60_000 }))
    bench.ask(ECS09.command({ to }))
    bench.ask(ECS04b.command({ to }))
    expect(balances(bench)).toMatchObject({
      meterBalanceMillipence: 0,
      emergencyCreditMillipence: 0,
      accumulatedDebtMillipence: 0,
    })
  })
  it('cannot bring the balance out of its 32 bits', () => {
    const bench = home()
    bench.ask(ECS04a.command({ to, meterBalance: 0x7fff_ffff - 100_000 }))
    expect(bench.send(ECS04a.command({ to, meterBalance: 1 })).reading?.items).toMatchObject([{ result: 250 }])
    expect(balance(bench)).toBe(0x7fff_ffff)
  })
})

describe('prepayment configuration', () => {
  const maximum = (bench: MeterBench): number => bench.ask(ECS26a.command({ to })).maximumMeterBalance

  it('is that of the legacy command too, once that takes force', () => {
    const bench = home({ maximumBalance: 7_000_000 })
    const legacy = (maximumBalance: number, from?: string) => {
      const { payload, ...request } = prepayment({ maximumBalance, ...(from && { from }) })
      // the same items, but the maximum balance by the attribute of the value in force
      return ECS08.commandOf(
        to,
        ECS08a.parse(payload({ originatorCounter: 1n, originator: parties.supplier.id, target: request.target })).map(
          ({ item, value }) => ({
            item: item === 'maximumMeterBalanceValuePassive' ? 'maximumMeterBalanceValueActive' : item,
            value,
          }),
        ),
      )
    }
    bench.ask(legacy(8_000_000, '2026-01-06T00:00:00Z'))
    expect(maximum(bench)).toBe(7_000_000)
    bench.passUntil('2026-01-06T00:00:00Z')
    expect(maximum(bench)).toBe(8_000_000)
    bench.ask(legacy(9_000_000))
    expect(maximum(bench)).toBe(9_000_000)
  })
})

describe('what is written down of a prepayment home', () => {
  const ever = { from: fromIso('2026-01-01T00:00:00Z'), to: fromIso('2026-02-01T00:00:00Z') }
  const days = (bench: MeterBench) => bench.ask(ECS21b.command({ to, entries: ever })).prepaymentDailyReadLog

  it('is the state of its account at every midnight, and of no day in credit mode', () => {
    const bench = home()
    bench.meter.load({ watts: 20 })
    bench.passUntil('2026-01-07T00:00:00Z')
    const account = balance(bench)
    expect(days(bench).map(({ time }) => time)).toEqual([
      fromIso('2026-01-06T00:00:00Z'),
      fromIso('2026-01-07T00:00:00Z'),
    ])
    expect(days(bench).at(-1)?.meterBalanceMillipence).toBe(account)
    bench.ask(toCredit())
    bench.passUntil('2026-01-09T00:00:00Z')
    expect(days(bench)).toHaveLength(2)
  })
  it('goes from the event log when the supplier clears it, and that is noted in the security log', () => {
    const bench = home()
    bench.meter.request({ command: 'enableSupply' }, 'keypad')
    expect(bench.logged('event').length).toBeGreaterThan(1)
    bench.ask(ECS15a.command({ to }))
    // what is left is that the command was carried out
    expect(bench.logged('event')).toEqual([0x8154])
    expect(bench.logged('security')).toContain(0x8f52)
  })
})

describe('payment mode', () => {
  const mode = (bench: MeterBench): number => bench.ask(ECS26j.command({ to })).account.paymentMode

  it('changes at its date, with the reading of that second in the billing data log, and says so', () => {
    const bench = home()
    bench.meter.load({ watts: 3600 })
    bench.ask(toCredit('2026-01-06T00:00:00Z'))
    bench.passUntil('2026-01-05T23:59:59Z')
    expect(mode(bench)).toBe(2)
    bench.sent.length = 0
    bench.pass(1)
    expect(mode(bench)).toBe(1)
    expect(bench.heard()[0]).toBe('futureDateHanInterfaceCommandSuccessfullyActioned')
    const range = { from: fromIso('2026-01-06T00:00:00Z'), to: fromIso('2026-01-06T00:00:00Z') }
    const [entry] = bench.ask(ECS20b.command({ to, entries: range })).billingModeTariffLog
    expect(entry?.activeImportWh).toBe(bench.meter.readings().register)
  })
  it('stays when the change was cancelled', () => {
    const bench = home()
    bench.ask(toCredit('2026-01-06T00:00:00Z'))
    bench.ask(toCredit('cancel'))
    bench.pass(86_400)
    expect(mode(bench)).toBe(2)
  })
  it('in credit mode, keeps the supply on whatever is owed, and arms a supply that credit had turned off', () => {
    const bench = home()
    bench.meter.load({ watts: 6000 })
    bench.pass(20_000)
    expect(state(bench)).toBe(DISABLED)
    bench.ask(toCredit())
    expect(state(bench)).toBe(ARMED)
    bench.ask(ECS42.command({ to }))
    bench.pass(86_400)
    expect(state(bench)).toBe(ENABLED)
    expect(balance(bench)).toBeLessThan(-1_000_000)
  })
  it('is refused with a configuration that is none of the legal ones, or of the other mode', () => {
    const bench = home()
    const credit = { paymentMode: 1, accountStatus: 1 }
    const now = encodeDateTime(0)
    const wrong = ECS02.command({
      to,
      accountNextModeAndStatus: credit,
      accountNextCreditChargeConfiguration: [],
      accountNextActivationTime: now,
    })
    expect(bench.send(wrong).reading?.items.map(({ result }) => result)).toEqual([0, 250, 250])
    const mixed = ECS03.command({
      to,
      accountNextModeAndStatus: credit,
      disablementThresholdActivationValuePassive: 0,
      accountNextCreditChargeConfiguration: readAttribute(bench.meter, accountNext.creditChargeConfiguration),
      disablementThresholdActivationActivatePassiveValueTime: now,
      accountNextActivationTime: now,
    })
    expect(bench.send(mixed).reading?.items.at(-1)).toMatchObject({ result: 250 })
    expect(mode(bench)).toBe(2)
  })
})
