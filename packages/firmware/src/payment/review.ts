import type { AlertName } from '@smets2-sim/gbcs'
import type { Account, AccountSettings, AccountStep } from './account.js'
import { emergencyCreditMachine } from './modes.js'

/** What the credit means for the supply: an event of its state machine. */
export type CreditSignal = 'creditExhausted' | 'creditRestored' | 'emergencyCreditActivated'

export interface Review extends AccountStep {
  readonly signals: readonly CreditSignal[]
}

/** Credit that a consumer can use up: the balance and what is left of active emergency credit. */
export const combinedCreditMillipence = (account: Account): number =>
  account.meterBalanceMillipence + (account.emergencyCredit === 'active' ? account.emergencyCreditMillipence : 0)

const isExhausted = (account: Account, settings: AccountSettings): boolean =>
  account.paymentMode === 'prepayment' &&
  account.meterBalanceMillipence < settings.disablementThresholdMillipence &&
  account.emergencyCredit !== 'active'

/**
 * Compares the credit with its thresholds after any change of the account, the settings or the calendar: emergency
 * credit offered or withdrawn, alerts for what has become true, events for the supply. "Below" is strictly below.
 *
 * `nonDisablement` is whether a non-disablement period is on. It keeps an enabled supply enabled; a supply that is off
 * already stays off (our decision).
 */
export function review(before: Account, settings: AccountSettings, nonDisablement: boolean): Review {
  const raised: AlertName[] = []
  const account = offerEmergencyCredit(before, settings)
  if (account.emergencyCredit === 'available' && before.emergencyCredit !== 'available')
    raised.push('emergencyCreditHasBecomeAvailable')
  const was = before.watch
  const low =
    account.paymentMode === 'prepayment' && combinedCreditMillipence(account) < settings.lowCreditThresholdMillipence
  if (low && !was.low) raised.push('combinedCreditBelowLowCreditThreshold')
  const exhausted = isExhausted(account, settings)
  const disabling = exhausted && !nonDisablement
  if (exhausted && !was.exhausted) {
    raised.push('creditBelowDisablementThreshold')
    if (!disabling) raised.push('disablementOfSupplyDueToInsufficientCreditHasBeenSuspended')
  }
  const signals: CreditSignal[] = []
  if (disabling && !was.disabling) signals.push('creditExhausted')
  if (!exhausted && was.exhausted) signals.push(restoredBy(account, settings))
  return { account: { ...account, watch: { low, exhausted, disabling } }, raised, signals }
}

const restoredBy = (account: Account, settings: AccountSettings): CreditSignal =>
  account.paymentMode === 'prepayment' && account.meterBalanceMillipence < settings.disablementThresholdMillipence
    ? 'emergencyCreditActivated'
    : 'creditRestored'

/** Emergency credit that is not in debt follows its threshold. */
function offerEmergencyCredit(account: Account, settings: AccountSettings): Account {
  if (account.paymentMode !== 'prepayment') return account
  const below = account.meterBalanceMillipence < settings.emergencyCreditThresholdMillipence
  const lendable = below && settings.emergencyCreditLimitMillipence > 0
  switch (account.emergencyCredit) {
    case 'unavailable':
      return lendable ? moved(account, 'balanceBelowThreshold') : account
    case 'available':
      return lendable ? account : moved(account, 'balanceAtThreshold')
    case 'active':
      return account.emergencyCreditUsedMillipence === 0 && !below
        ? { ...moved(account, 'repaid'), emergencyCreditMillipence: 0 }
        : account
    case 'exhausted':
      return account
  }
}

const moved = (account: Account, event: 'balanceBelowThreshold' | 'balanceAtThreshold' | 'repaid'): Account => ({
  ...account,
  emergencyCredit: emergencyCreditMachine.next(account.emergencyCredit, event) ?? account.emergencyCredit,
})
