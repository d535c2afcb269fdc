import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AlertName } from '@smets2-sim/gbcs'
import type { Account, AccountSettings, AccountStep } from './account.js'
import { emergencyCreditMachine } from './modes.js'

/** Where the money of a top-up went; the parts add up to its value. */
export interface TopUpParts {
  readonly paymentDebtMillipence: number
  readonly accumulatedDebtMillipence: number
  /** What lifts the balance to the disablement threshold. */
  readonly belowThresholdMillipence: number
  readonly emergencyCreditMillipence: number
  readonly balanceMillipence: number
}

/** Monday 2000-01-03: periods of the recovery cap count from here, so that weeks run from Monday to Sunday. facts 12.5. */
const FIRST_MONDAY: UtcSeconds = 2 * 86_400

/** Number of the cap period that a time lies in; 0 where there are no periods. */
const capPeriod = ({ debtRecoveryRateCap: { periodS } }: AccountSettings, now: UtcSeconds): number =>
  periodS > 0 ? Math.floor((now - FIRST_MONDAY) / periodS) : 0

/** Payment debt that top-ups have repaid in the cap period of `now`. */
const repaidInPeriod = (account: Account, settings: AccountSettings, now: UtcSeconds): number =>
  account.capped.period === capPeriod(settings, now) ? account.capped.millipence : 0

/** How a top-up would be divided, in the order of facts 12.5: a share for the payment debt, then each debt in full. */
export function divideTopUp(
  account: Account,
  settings: AccountSettings,
  millipence: number,
  now: UtcSeconds,
): TopUpParts {
  let rest = millipence
  const take = (owed: number): number => {
    const part = Math.min(rest, Math.max(0, owed))
    rest -= part
    return part
  }
  const cap =
    settings.debtRecoveryRateCap.periodS > 0
      ? settings.debtRecoveryRateCap.millipence - repaidInPeriod(account, settings, now)
      : Infinity
  const share = Math.floor((millipence * settings.debtRecoveryPerPayment) / 10_000)
  return {
    paymentDebtMillipence: take(Math.min(share, cap, account.paymentDebtMillipence)),
    accumulatedDebtMillipence: take(account.accumulatedDebtMillipence),
    belowThresholdMillipence: take(settings.disablementThresholdMillipence - account.meterBalanceMillipence),
    emergencyCreditMillipence: take(account.emergencyCreditUsedMillipence),
    balanceMillipence: rest,
  }
}

/** The meter balance after a top-up that is divided so. */
export const balanceAfter = (account: Account, parts: TopUpParts): number =>
  account.meterBalanceMillipence + parts.belowThresholdMillipence + parts.balanceMillipence

/** Credits an account with a top-up. Whether the token may be accepted was decided before: `enterToken`. */
export function applyTopUp(
  account: Account,
  settings: AccountSettings,
  millipence: number,
  now: UtcSeconds,
): AccountStep & { readonly parts: TopUpParts } {
  const raised: AlertName[] = []
  const parts = divideTopUp(account, settings, millipence, now)
  const paymentDebtMillipence = account.paymentDebtMillipence - parts.paymentDebtMillipence
  if (paymentDebtMillipence === 0 && parts.paymentDebtMillipence > 0) raised.push('debtCollectionCompletedPaymentDebt')
  const emergencyCreditUsedMillipence = account.emergencyCreditUsedMillipence - parts.emergencyCreditMillipence
  const repaid = emergencyCreditUsedMillipence === 0 && parts.emergencyCreditMillipence > 0
  return {
    account: {
      ...account,
      paymentDebtMillipence,
      accumulatedDebtMillipence: account.accumulatedDebtMillipence - parts.accumulatedDebtMillipence,
      meterBalanceMillipence: balanceAfter(account, parts),
      emergencyCreditUsedMillipence,
      emergencyCreditMillipence: repaid ? 0 : account.emergencyCreditMillipence,
      emergencyCredit:
        (repaid ? emergencyCreditMachine.next(account.emergencyCredit, 'repaid') : undefined) ??
        account.emergencyCredit,
      capped: {
        period: capPeriod(settings, now),
        millipence: repaidInPeriod(account, settings, now) + parts.paymentDebtMillipence,
      },
    },
    raised,
    parts,
  }
}
