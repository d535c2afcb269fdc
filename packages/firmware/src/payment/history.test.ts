import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Account, type AccountSettings, factorySettings, netWorthMillipence, newAccount } from './account.js'
import { activateEmergencyCredit, adjustDebt, adjustMeterBalance, setPaymentMode } from './change.js'
import { charge, collect } from './collect.js'
import { emergencyCreditMachine } from './modes.js'
import { review } from './review.js'
import { applyTopUp } from './top-up.js'

// Random histories of an account: whatever happens, no money appears or is lost.

const settingsOf = fc.record({
  standingChargeMillipence: fc.nat(50_000),
  timeDebtRates: fc.tuple(
    fc.record({ millipence: fc.nat(9_000), periodS: fc.constantFrom(0, 3_600, 86_400) }),
    fc.record({ millipence: fc.nat(9_000), periodS: fc.constantFrom(3_600, 86_400, 604_800) }),
  ),
  debtRecoveryPerPayment: fc.nat(10_000),
  debtRecoveryRateCap: fc.record({ millipence: fc.nat(900_000), periodS: fc.constantFrom(0, 86_400, 604_800) }),
  disablementThresholdMillipence: fc.integer({ min: -500_000, max: 500_000 }),
  lowCreditThresholdMillipence: fc.nat(500_000),
  emergencyCreditLimitMillipence: fc.nat(900_000),
  emergencyCreditThresholdMillipence: fc.integer({ min: -100_000, max: 900_000 }),
})
type Deed =
  | { do: 'use'; micropence: number }
  | { do: 'wait'; seconds: number; disabled: boolean }
  | { do: 'topUp' | 'adjust' | 'timeDebt1' | 'timeDebt2' | 'paymentDebt'; millipence: number }
  | { do: 'activate' }
  | { do: 'mode'; prepayment: boolean; disabled: boolean; emergency: boolean }
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constant('use' as const), micropence: fc.nat(400_000_000) }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(300_000), disabled: fc.boolean() }),
  fc.record({
    do: fc.constantFrom('topUp' as const, 'timeDebt1' as const, 'timeDebt2' as const, 'paymentDebt' as const),
    millipence: fc.nat(2_000_000),
  }),
  fc.record({ do: fc.constant('adjust' as const), millipence: fc.integer({ min: -800_000, max: 800_000 }) }),
  fc.record({ do: fc.constant('activate' as const) }),
  fc.record({
    do: fc.constant('mode' as const),
    prepayment: fc.boolean(),
    disabled: fc.boolean(),
    emergency: fc.boolean(),
  }),
)

interface Run {
  account: Account
  now: number
  /** What was brought in less what was used, in micropence. */
  expected: number
}

function perform(run: Run, settings: AccountSettings, deed: Deed): Account {
  const { account } = run
  switch (deed.do) {
    case 'use':
      run.expected -= deed.micropence
      return charge(account, settings, deed.micropence).account
    case 'wait': {
      const midnights = Math.floor((run.now + deed.seconds) / 86_400) - Math.floor(run.now / 86_400)
      run.now += deed.seconds
      run.expected -= midnights * settings.standingChargeMillipence * 1_000
      return collect(account, settings, run.now, deed.disabled).account
    }
    case 'topUp': {
      run.expected += deed.millipence * 1_000
      const { account: after, parts } = applyTopUp(account, settings, deed.millipence, run.now)
      expect(Object.values(parts).reduce((a, b) => a + b, 0)).toBe(deed.millipence)
      expect(Object.values(parts).every((part) => part >= 0)).toBe(true)
      return after
    }
    case 'adjust':
      run.expected += deed.millipence * 1_000
      return adjustMeterBalance(account, deed.millipence)
    case 'timeDebt1':
    case 'timeDebt2':
    case 'paymentDebt':
      run.expected -= deed.millipence * 1_000
      return adjustDebt(account, deed.do, deed.millipence)
    case 'activate':
      return activateEmergencyCredit(account, settings).account
    case 'mode':
      return setPaymentMode(account, {
        paymentMode: deed.prepayment ? 'prepayment' : 'credit',
        suspendDebtDisabled: deed.disabled,
        suspendDebtEmergency: deed.emergency,
      })
  }
}

describe('any history of an account', () => {
  it('conserves money to the last micropenny, keeps debts at 0 or above and emergency credit in its table', () => {
    fc.assert(
      fc.property(settingsOf, fc.array(fc.tuple(deeds, fc.boolean()), { maxLength: 60 }), (changed, history) => {
        const settings: AccountSettings = { ...factorySettings, ...changed }
        const run: Run = { account: newAccount(0), now: 0, expected: 0 }
        for (const [deed, nonDisablement] of history) {
          const after = review(perform(run, settings, deed), settings, nonDisablement)
          run.account = after.account
          const { account } = after
          expect(netWorthMillipence(account) * 1_000 - account.remainderMicropence).toBe(run.expected)
          expect(emergencyCreditMachine.states).toContain(account.emergencyCredit)
          const debts = [
            ...account.timeDebtsMillipence,
            account.paymentDebtMillipence,
            account.accumulatedDebtMillipence,
          ]
          const lent = [account.emergencyCreditMillipence, account.emergencyCreditUsedMillipence]
          expect([...debts, ...lent].every((amount) => Number.isInteger(amount) && amount >= 0)).toBe(true)
          expect(account.emergencyCreditMillipence > 0).toBe(account.emergencyCredit === 'active')
          if (nonDisablement || account.paymentMode === 'credit') expect(after.signals).not.toContain('creditExhausted')
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
