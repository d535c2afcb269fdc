import { fromIso } from '@smets2-sim/cosem'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Account, type AccountSettings, factorySettings, newAccount, prepaymentRegisters } from './account.js'
import { activateEmergencyCredit, adjustDebt, setPaymentMode } from './change.js'
import { charge, collect, nextDue } from './collect.js'
import { draw } from './draw.js'
import { review } from './review.js'
import { applyTopUp } from './top-up.js'

const start = fromIso('2026-01-01T12:00:00Z')
const prepaid = (change: Partial<Account> = {}): Account => ({
  ...newAccount(start),
  paymentMode: 'prepayment',
  ...change,
})
const settings: AccountSettings = {
  ...factorySettings,
  standingChargeMillipence: 20_000,
  timeDebtRates: [
    { millipence: 5_000, periodS: 86_400 },
    { millipence: 300, periodS: 3_600 },
  ],
  debtRecoveryPerPayment: 5_000,
  debtRecoveryRateCap: { millipence: 1_000_000, periodS: 604_800 },
  emergencyCreditLimitMillipence: 500_000,
  emergencyCreditThresholdMillipence: 100_000,
  lowCreditThresholdMillipence: 200_000,
}

describe('charge', () => {
  it('takes watt hours times price, and carries what is below a millipence', () => {
    // 1,500 Wh at 28.35 p a kWh are 42.525 p
    const first = charge(prepaid({ meterBalanceMillipence: 100_000 }), settings, 1_500 * 28_350).account
    expect(first.meterBalanceMillipence).toBe(100_000 - 42_525)
    const one = charge(first, settings, 1 * 333).account
    expect(one).toMatchObject({ meterBalanceMillipence: 57_475, remainderMicropence: 333 })
    expect(charge(one, settings, 700).account).toMatchObject({
      meterBalanceMillipence: 57_474,
      remainderMicropence: 33,
    })
  })
  it('comes to the same in whatever parts it is charged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3_000_000), { maxLength: 30 }),
        fc.integer({ min: -900, max: 900 }),
        (parts, balance) => {
          const from = prepaid({
            meterBalanceMillipence: balance,
            emergencyCredit: 'active',
            emergencyCreditMillipence: 700,
          })
          const whole = charge(
            from,
            settings,
            parts.reduce((a, b) => a + b, 0),
          ).account
          expect(parts.reduce((account, part) => charge(account, settings, part).account, from)).toEqual(whole)
        },
      ),
    )
  })
})

describe('draw', () => {
  const lent = prepaid({ meterBalanceMillipence: 300, emergencyCredit: 'active', emergencyCreditMillipence: 1_000 })
  it('uses the balance to the disablement threshold, then emergency credit, then the balance again', () => {
    const threshold = { ...settings, disablementThresholdMillipence: -200 }
    const used = draw(lent, threshold, 900)
    expect(prepaymentRegisters(used.account)).toMatchObject({
      meterBalanceMillipence: -200,
      emergencyCreditMillipence: 600,
    })
    expect(used.account.emergencyCreditUsedMillipence).toBe(400)
    const exhausted = draw(used.account, threshold, 650)
    expect(exhausted.account).toMatchObject({ meterBalanceMillipence: -250, emergencyCredit: 'exhausted' })
    expect(exhausted.raised).toEqual(['emergencyCreditExhausted'])
  })
  it('does not touch emergency credit that was not activated', () => {
    const { account } = draw({ ...lent, emergencyCredit: 'available', emergencyCreditMillipence: 0 }, settings, 900)
    expect(account.meterBalanceMillipence).toBe(-600)
  })
})

describe('collect', () => {
  const owing = prepaid({ meterBalanceMillipence: 100_000, timeDebtsMillipence: [12_000, 1_000] })
  it('takes hourly and daily amounts at their instants and says when a debt is paid', () => {
    expect(nextDue(owing, settings)).toBe(start + 3_600)
    const evening = collect(owing, settings, fromIso('2026-01-01T15:59:59Z'), false)
    expect(evening.account).toMatchObject({ meterBalanceMillipence: 99_100, timeDebtsMillipence: [12_000, 100] })
    expect(evening.raised).toEqual([])
    const night = collect(evening.account, settings, fromIso('2026-01-02T00:00:00Z'), false)
    expect(night.raised).toEqual(['debtCollectionCompletedTimeDebt2'])
    // 100 of debt 2, the standing charge, and the day's part of debt 1
    expect(night.account).toMatchObject({ meterBalanceMillipence: 74_000, timeDebtsMillipence: [7_000, 0] })
    const days = collect(night.account, settings, fromIso('2026-01-04T23:00:00Z'), false)
    expect(days.account).toMatchObject({ meterBalanceMillipence: 27_000, timeDebtsMillipence: [0, 0] })
    expect(days.raised).toEqual(['debtCollectionCompletedTimeDebt1'])
  })
  it('collects nothing twice when the clock is put back', () => {
    const later = collect(owing, settings, start + 7_200, false).account
    expect(collect(later, settings, start + 3_600, false).account).toEqual(later)
  })
  it('leaves time debts in credit mode, and those suspended while the supply is disabled; the standing charge runs on', () => {
    const midnight = fromIso('2026-01-02T00:00:00Z')
    const registers = { meterBalanceMillipence: 80_000, timeDebtsMillipence: [12_000, 1_000] }
    expect(collect({ ...owing, paymentMode: 'credit' }, settings, midnight, false).account).toMatchObject(registers)
    const suspending = { ...owing, suspendDebtDisabled: true }
    expect(collect(suspending, settings, midnight, true).account).toMatchObject(registers)
    expect(collect(suspending, settings, midnight, false).account).not.toMatchObject(registers)
    expect(collect(owing, settings, midnight, true).account).not.toMatchObject(registers)
  })
  it('accumulates what falls due while emergency credit is in use and debts are suspended then', () => {
    const lent: Account = {
      ...owing,
      meterBalanceMillipence: 0,
      emergencyCredit: 'active',
      emergencyCreditMillipence: 400_000,
      emergencyCreditUsedMillipence: 100_000,
      suspendDebtEmergency: true,
    }
    const midnight = fromIso('2026-01-02T00:00:00Z')
    expect(prepaymentRegisters(collect(lent, settings, midnight, false).account)).toEqual({
      emergencyCreditMillipence: 400_000,
      meterBalanceMillipence: 0,
      accumulatedDebtMillipence: 26_000,
      timeDebt1Millipence: 7_000,
      timeDebt2Millipence: 0,
      paymentDebtMillipence: 0,
    })
    const unsuspended = collect({ ...lent, suspendDebtEmergency: false }, settings, midnight, false).account
    expect(unsuspended).toMatchObject({ accumulatedDebtMillipence: 0, emergencyCreditMillipence: 374_000 })
  })
  it('comes to the same however often it is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(400_000), { maxLength: 12 }),
        fc.boolean(),
        fc.integer({ min: -30_000, max: 60_000 }),
        (steps, suspendDebtEmergency, meterBalanceMillipence) => {
          const from = prepaid({
            meterBalanceMillipence,
            timeDebtsMillipence: [17_000, 40_000],
            emergencyCredit: 'active',
            emergencyCreditMillipence: 25_000,
            suspendDebtEmergency,
          })
          const end = start + steps.reduce((a, b) => a + b, 0)
          let account = from
          let now = start
          for (const step of steps) account = collect(account, settings, (now += step), false).account
          expect(account).toEqual(collect(from, settings, end, false).account)
        },
      ),
    )
  })
})

describe('top-up', () => {
  it('pays the share of the payment debt, the accumulated debt, up to the threshold, emergency credit, the balance', () => {
    const owing = prepaid({
      paymentDebtMillipence: 300_000,
      accumulatedDebtMillipence: 40_000,
      meterBalanceMillipence: -10_000,
      emergencyCredit: 'exhausted',
      emergencyCreditUsedMillipence: 500_000,
    })
    const { account, parts, raised } = applyTopUp(owing, settings, 2_000_000, start)
    expect(parts).toEqual({
      paymentDebtMillipence: 300_000, // all that is owed; half the top-up would be 1,000,000
      accumulatedDebtMillipence: 40_000,
      belowThresholdMillipence: 10_000,
      emergencyCreditMillipence: 500_000,
      balanceMillipence: 1_150_000,
    })
    expect(raised).toEqual(['debtCollectionCompletedPaymentDebt'])
    expect(account).toMatchObject({ meterBalanceMillipence: 1_150_000, emergencyCredit: 'unavailable' })
  })
  it('stops where the money ends, and leaves emergency credit exhausted until all of it is repaid', () => {
    const owing = prepaid({
      accumulatedDebtMillipence: 10_000,
      emergencyCredit: 'exhausted',
      emergencyCreditUsedMillipence: 500_000,
    })
    const first = applyTopUp(owing, settings, 300_000, start).account
    expect(first).toMatchObject({ emergencyCredit: 'exhausted', emergencyCreditUsedMillipence: 210_000 })
    expect(first.meterBalanceMillipence).toBe(0)
    const second = applyTopUp(first, settings, 210_000, start).account
    expect(second).toMatchObject({ emergencyCredit: 'unavailable', emergencyCreditUsedMillipence: 0 })
  })
  it('caps the payment debt in each week from Monday to Sunday', () => {
    const owing = prepaid({ paymentDebtMillipence: 9_000_000 })
    const sunday = fromIso('2026-01-04T23:59:59Z')
    const first = applyTopUp(owing, settings, 1_500_000, start)
    expect(first.parts.paymentDebtMillipence).toBe(750_000)
    const second = applyTopUp(first.account, settings, 1_500_000, sunday)
    expect(second.parts.paymentDebtMillipence).toBe(250_000)
    const third = applyTopUp(second.account, settings, 1_500_000, sunday)
    expect(third.parts.paymentDebtMillipence).toBe(0)
    const monday = applyTopUp(third.account, settings, 1_500_000, sunday + 1)
    expect(monday.parts.paymentDebtMillipence).toBe(750_000)
  })
})

describe('review', () => {
  it('offers emergency credit, warns and disables as the balance falls, each once', () => {
    let account = prepaid({ meterBalanceMillipence: 210_000 })
    const fall = (millipence: number) => {
      const step = review(draw(account, settings, millipence).account, settings, false)
      account = step.account
      return [...step.raised, ...step.signals]
    }
    expect(fall(10_000)).toEqual([])
    expect(fall(1)).toEqual(['combinedCreditBelowLowCreditThreshold'])
    expect(fall(100_000)).toEqual(['emergencyCreditHasBecomeAvailable'])
    expect(fall(99_999)).toEqual([])
    expect(account.meterBalanceMillipence).toBe(0)
    expect(fall(1)).toEqual(['creditBelowDisablementThreshold', 'creditExhausted'])
    expect(fall(1)).toEqual([])
  })
  it('says what brings the credit back: a top-up, emergency credit or credit mode', () => {
    const off = review(prepaid({ meterBalanceMillipence: -5 }), settings, false).account
    expect(review(applyTopUp(off, settings, 500, start).account, settings, false).signals).toEqual(['creditRestored'])
    const activated = activateEmergencyCredit(off, settings)
    expect(activated).toMatchObject({ active: true, raised: ['emergencyCreditActivated'] })
    expect(review(activated.account, settings, false).signals).toEqual(['emergencyCreditActivated'])
    const credit = setPaymentMode(off, {
      paymentMode: 'credit',
      suspendDebtDisabled: false,
      suspendDebtEmergency: false,
    })
    expect(review(credit, settings, false).signals).toEqual(['creditRestored'])
  })
  it('suspends the disablement in a non-disablement period, and disables when the period ends', () => {
    const suspended = review(prepaid({ meterBalanceMillipence: -5 }), settings, true)
    expect(suspended.raised).toContain('disablementOfSupplyDueToInsufficientCreditHasBeenSuspended')
    expect(suspended.signals).toEqual([])
    const ended = review(suspended.account, settings, false)
    expect(ended).toMatchObject({ raised: [], signals: ['creditExhausted'] })
    // a later period does not bring back a supply that is off
    expect(review(ended.account, settings, true)).toMatchObject({ raised: [], signals: [] })
  })
  it('knows no thresholds in credit mode', () => {
    const step = review({ ...newAccount(start), meterBalanceMillipence: -9_000_000 }, settings, false)
    expect(step).toMatchObject({ raised: [], signals: [], account: { emergencyCredit: 'unavailable' } })
  })
  it('withdraws emergency credit that is not in use when the balance is at its threshold again', () => {
    const offered = review(prepaid({ meterBalanceMillipence: 99_999 }), settings, false).account
    expect(offered.emergencyCredit).toBe('available')
    const atThreshold = review({ ...offered, meterBalanceMillipence: 100_000 }, settings, false).account
    expect(atThreshold.emergencyCredit).toBe('unavailable')
    const active = activateEmergencyCredit(offered, settings).account
    const repaid = review({ ...active, meterBalanceMillipence: 100_000 }, settings, false).account
    expect(repaid).toMatchObject({ emergencyCredit: 'unavailable', emergencyCreditMillipence: 0 })
  })
})

describe('emergency credit', () => {
  it('is activated only where it is available', () => {
    expect(activateEmergencyCredit(prepaid(), settings)).toMatchObject({ active: false, raised: [] })
    const exhausted = prepaid({ emergencyCredit: 'exhausted' })
    expect(activateEmergencyCredit(exhausted, settings)).toEqual({ account: exhausted, active: false, raised: [] })
    const active = prepaid({ emergencyCredit: 'active', emergencyCreditMillipence: 5 })
    expect(activateEmergencyCredit(active, settings)).toEqual({ account: active, active: true, raised: [] })
  })
  it('becomes part of the balance in credit mode', () => {
    const lent = prepaid({ emergencyCredit: 'exhausted', emergencyCreditUsedMillipence: 500 })
    const order = { paymentMode: 'credit', suspendDebtDisabled: false, suspendDebtEmergency: false } as const
    expect(setPaymentMode(lent, order)).toMatchObject({
      paymentMode: 'credit',
      emergencyCredit: 'unavailable',
      meterBalanceMillipence: -500,
      emergencyCreditUsedMillipence: 0,
    })
  })
})

describe('debts', () => {
  it('are adjusted by signed amounts and never go below 0', () => {
    const owing = adjustDebt(prepaid(), 'paymentDebt', 700)
    expect(adjustDebt(owing, 'paymentDebt', -200).paymentDebtMillipence).toBe(500)
    expect(adjustDebt(owing, 'paymentDebt', -900).paymentDebtMillipence).toBe(0)
    expect(adjustDebt(owing, 'timeDebt2', 5).timeDebtsMillipence).toEqual([0, 5])
  })
})
