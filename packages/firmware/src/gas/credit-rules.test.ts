import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  activateEmergencyCredit,
  applyTopUp,
  charge,
  collect,
  type Credit,
  type CreditSettings,
  divideTopUp,
  emergencyCreditMachine,
  netWorth,
} from './credit-rules.js'

const none: Credit = {
  balance: 0,
  billToDate: 0,
  emergency: 'unavailable',
  emergencyLeft: 0,
  emergencyUsed: 0,
  accumulatedDebt: 0,
  timeDebts: [0, 0],
  paymentDebt: 0,
  recovered: { week: 0, amount: 0 },
}
const settings: CreditSettings = {
  prepayment: true,
  suspendDebtEmergency: false,
  suspendDebtDisabled: false,
  disablementThreshold: 0,
  lowCreditThreshold: 0,
  emergencyCreditLimit: 500,
  emergencyCreditThreshold: 100,
  standingCharge: 20,
  debtRates: [
    { amount: 7, periodS: 3600 },
    { amount: 11, periodS: 86_400 },
  ],
  debtRecoveryPerPayment: 2500,
  debtCap: 0,
}
const amount = fc.integer({ min: 0, max: 100_000 })
const credits: fc.Arbitrary<Credit> = fc.record({
  balance: fc.integer({ min: -100_000, max: 100_000 }),
  billToDate: amount,
  emergency: fc.constantFrom(...emergencyCreditMachine.states),
  emergencyLeft: amount,
  emergencyUsed: amount,
  accumulatedDebt: amount,
  timeDebts: fc.tuple(amount, amount),
  paymentDebt: amount,
  recovered: fc.constant({ week: 0, amount: 0 }),
})
const rules: fc.Arbitrary<CreditSettings> = fc.record({
  ...(Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, fc.constant(value)])) as never as {
    [K in keyof CreditSettings]: fc.Arbitrary<CreditSettings[K]>
  }),
  prepayment: fc.boolean(),
  suspendDebtEmergency: fc.boolean(),
  suspendDebtDisabled: fc.boolean(),
  disablementThreshold: fc.integer({ min: -1000, max: 1000 }),
  debtCap: amount,
  standingCharge: amount,
})

describe('money', () => {
  it('is conserved: a charge and a top-up change what the credit is worth by their value', () => {
    fc.assert(
      fc.property(credits, rules, amount, fc.nat(10 ** 9), (credit, rule, value, now) => {
        expect(netWorth(charge(credit, rule, value).credit)).toBe(netWorth(credit) - value)
        const parts = divideTopUp(credit, rule, value, now)
        expect(parts.paymentDebt + parts.accumulatedDebt + parts.emergency + parts.balance).toBe(value)
        expect(netWorth(applyTopUp(credit, parts, now).credit)).toBe(netWorth(credit) + value)
      }),
    )
  })
  it('is conserved when debts are collected: only the standing charge is new', () => {
    fc.assert(
      fc.property(credits, rules, fc.nat(1000), fc.boolean(), (credit, rule, hours, isOff) => {
        const { credit: after } = collect(credit, rule, hours * 3600, isOff)
        const charged = hours % 24 === 0 ? rule.standingCharge : 0
        expect(netWorth(after)).toBe(netWorth(credit) - charged)
        for (const debt of [...after.timeDebts, after.paymentDebt, after.accumulatedDebt])
          expect(debt).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('a charge', () => {
  it('is owed in credit mode', () => {
    expect(charge(none, { ...settings, prepayment: false }, 30).credit).toMatchObject({ billToDate: 30, balance: 0 })
  })
  it('uses emergency credit below the threshold, and says when it ends', () => {
    const active: Credit = { ...none, balance: 10, emergency: 'active', emergencyLeft: 50 }
    expect(charge(active, settings, 30)).toMatchObject({
      credit: { balance: 0, emergencyLeft: 30, emergencyUsed: 20, emergency: 'active' },
      raised: [],
    })
    expect(charge(active, settings, 100)).toMatchObject({
      credit: { balance: -40, emergencyLeft: 0, emergencyUsed: 50, emergency: 'exhausted' },
      raised: ['emergencyCreditExhausted'],
    })
  })
})

describe('what falls due', () => {
  const indebted: Credit = { ...none, balance: 1000, timeDebts: [10, 100] }
  it('is taken each hour or day until nothing is owed', () => {
    const first = collect(indebted, settings, 3600, false)
    expect(first.credit).toMatchObject({ timeDebts: [3, 100], balance: 993 })
    const last = collect(first.credit, settings, 7200, false)
    expect(last).toMatchObject({
      credit: { timeDebts: [0, 100], balance: 990 },
      raised: ['debtCollectionCompletedTimeDebt1'],
    })
    expect(collect(indebted, settings, 86_400, false).credit).toMatchObject({ timeDebts: [3, 89], balance: 962 })
  })
  it('waits while supply is off, where it is set so', () => {
    const suspended = { ...settings, suspendDebtDisabled: true }
    expect(collect(indebted, suspended, 3600, true).credit).toEqual(indebted)
    expect(collect(indebted, suspended, 3600, false).credit).not.toEqual(indebted)
  })
  it('is accumulated in emergency, where it is set so', () => {
    const inEmergency: Credit = { ...indebted, balance: 0, emergency: 'active', emergencyLeft: 400 }
    const suspended = { ...settings, suspendDebtEmergency: true }
    expect(collect(inEmergency, suspended, 86_400, false).credit).toMatchObject({
      accumulatedDebt: 38,
      emergencyLeft: 400,
      timeDebts: [3, 89],
    })
    expect(collect(inEmergency, settings, 86_400, false).credit).toMatchObject({
      accumulatedDebt: 0,
      emergencyLeft: 362,
    })
  })
})

describe('a top-up', () => {
  it('pays a share of the payment debt, accumulated debt, the way up to the threshold, emergency credit, then the rest', () => {
    const owing: Credit = {
      ...none,
      balance: -30,
      emergency: 'exhausted',
      emergencyUsed: 200,
      accumulatedDebt: 100,
      paymentDebt: 500,
    }
    expect(divideTopUp(owing, settings, 1000, 0)).toEqual({
      paymentDebt: 250,
      accumulatedDebt: 100,
      emergency: 200,
      balance: 450,
    })
    const { credit } = applyTopUp(owing, divideTopUp(owing, settings, 1000, 0), 0)
    expect(credit).toMatchObject({ balance: 420, emergency: 'unavailable', emergencyLeft: 0, paymentDebt: 250 })
  })
  it('pays no more of the payment debt in a week than the cap', () => {
    const capped = { ...settings, debtCap: 60 }
    const owing: Credit = { ...none, paymentDebt: 500 }
    const monday = 2 * 86_400
    const first = applyTopUp(owing, divideTopUp(owing, capped, 200, monday), monday).credit
    const second = applyTopUp(first, divideTopUp(first, capped, 200, monday + 6 * 86_400), monday + 6 * 86_400).credit
    const third = applyTopUp(second, divideTopUp(second, capped, 200, monday + 7 * 86_400), monday + 7 * 86_400).credit
    expect([first.paymentDebt, second.paymentDebt, third.paymentDebt]).toEqual([450, 440, 390])
  })
})

describe('emergency credit', () => {
  it('is lent when it is offered, once', () => {
    const offered: Credit = { ...none, emergency: 'available' }
    const lent = activateEmergencyCredit(offered, settings)
    expect(lent).toMatchObject({
      credit: { emergency: 'active', emergencyLeft: 500 },
      raised: ['emergencyCreditActivated'],
    })
    expect(activateEmergencyCredit(lent?.credit ?? none, settings)).toMatchObject({ raised: [] })
    expect(activateEmergencyCredit(none, settings)).toBeUndefined()
    expect(activateEmergencyCredit({ ...none, emergency: 'exhausted' }, settings)).toBeUndefined()
  })
})
