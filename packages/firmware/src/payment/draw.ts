import type { Account, AccountSettings, AccountStep } from './account.js'

/**
 * Whether emergency credit is what the meter runs on: it was activated and the balance is down at the disablement
 * threshold. While it is, suspended debts and the standing charge go to the accumulated debt. facts 5.13.
 */
export const isEmergencyCreditInUse = (account: Account, settings: AccountSettings): boolean =>
  (account.emergencyCredit === 'active' || account.emergencyCredit === 'exhausted') &&
  account.meterBalanceMillipence <= settings.disablementThresholdMillipence

/**
 * Takes an amount from the account: from the balance down to the disablement threshold, then from active emergency
 * credit, then from the balance again. The reverse of the order in which a top-up pays back (facts 12.5). In credit mode
 * all of it is owed.
 */
export function draw(account: Account, settings: AccountSettings, millipence: number): AccountStep {
  const left = account.emergencyCreditMillipence
  if (account.paymentMode === 'credit' || account.emergencyCredit !== 'active' || millipence <= 0)
    return {
      account: { ...account, meterBalanceMillipence: account.meterBalanceMillipence - millipence },
      raised: [],
    }
  const aboveThreshold = Math.max(0, account.meterBalanceMillipence - settings.disablementThresholdMillipence)
  const lent = Math.min(left, Math.max(0, millipence - aboveThreshold))
  const usedUp = lent === left && lent > 0
  return {
    account: {
      ...account,
      meterBalanceMillipence: account.meterBalanceMillipence - (millipence - lent),
      emergencyCreditMillipence: left - lent,
      emergencyCreditUsedMillipence: account.emergencyCreditUsedMillipence + lent,
      emergencyCredit: usedUp ? 'exhausted' : 'active',
    },
    raised: usedUp ? ['emergencyCreditExhausted'] : [],
  }
}
