import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AlertName } from '@smets2-sim/gbcs'
import type { Account, AccountSettings, AccountStep } from './account.js'
import { draw, isEmergencyCreditInUse } from './draw.js'

/** Standing charges are collected at midnight UTC for the day that begins (our decision). */
const STANDING_CHARGE_PERIOD_S = 86_400

/**
 * Charges consumption. `micropence` are thousandths of a millipence, so that watt hours times the price of a kilowatt
 * hour in millipence are whole; the part below a millipence is carried to the next charge.
 */
export function charge(account: Account, settings: AccountSettings, micropence: number): AccountStep {
  const total = account.remainderMicropence + micropence
  const whole = Math.floor(total / 1000)
  return draw({ ...account, remainderMicropence: total - whole * 1000 }, settings, whole)
}

const following = (time: UtcSeconds, periodS: number): UtcSeconds => (Math.floor(time / periodS) + 1) * periodS

/** Periods of what is collected by time: the standing charge, then the debts; undefined for what collects nothing. */
function periods(account: Account, settings: AccountSettings): readonly (number | undefined)[] {
  const debt = (n: 0 | 1): number | undefined => {
    const { millipence, periodS } = settings.timeDebtRates[n]
    const runs = account.paymentMode === 'prepayment' && millipence > 0 && periodS > 0
    return runs && account.timeDebtsMillipence[n] > 0 ? periodS : undefined
  }
  return [settings.standingChargeMillipence === 0 ? undefined : STANDING_CHARGE_PERIOD_S, debt(0), debt(1)]
}

/** When the next standing charge or time debt falls due, or undefined when nothing ever does. Periods count from 2000-01-01. */
export function nextDue(account: Account, settings: AccountSettings): UtcSeconds | undefined {
  const due = periods(account, settings).flatMap((period) =>
    period === undefined ? [] : [following(account.collectedUntil, period)],
  )
  return due.length > 0 ? Math.min(...due) : undefined
}

/**
 * Collects all that fell due after the last collection, up to and including `now`, each at its instant. Time debts that
 * fall due while the supply is disabled and `suspendDebtDisabled` is set are left for later. A clock that was put back
 * collects nothing twice.
 */
export function collect(
  account: Account,
  settings: AccountSettings,
  now: UtcSeconds,
  supplyIsDisabled: boolean,
): AccountStep {
  const raised: AlertName[] = []
  for (let due = nextDue(account, settings); due !== undefined && due <= now; due = nextDue(account, settings)) {
    const step = collectAt({ ...account, collectedUntil: due }, settings, due, supplyIsDisabled)
    account = step.account
    raised.push(...step.raised)
  }
  return { account: { ...account, collectedUntil: Math.max(now, account.collectedUntil) }, raised }
}

function collectAt(
  account: Account,
  settings: AccountSettings,
  due: UtcSeconds,
  supplyIsDisabled: boolean,
): AccountStep {
  const raised: AlertName[] = []
  const [standing, ...debts] = periods(account, settings).map((period) => period !== undefined && due % period === 0)
  const take = (millipence: number): void => {
    const step = takeOrAccumulate(account, settings, millipence)
    account = step.account
    raised.push(...step.raised)
  }
  if (standing) take(settings.standingChargeMillipence)
  for (const n of [0, 1] as const) {
    if (!debts[n] || (supplyIsDisabled && account.suspendDebtDisabled)) continue
    const millipence = Math.min(settings.timeDebtRates[n].millipence, account.timeDebtsMillipence[n])
    take(millipence)
    account = withTimeDebt(account, n, account.timeDebtsMillipence[n] - millipence)
    if (account.timeDebtsMillipence[n] === 0) raised.push(completed[n])
  }
  return { account, raised }
}

const completed = ['debtCollectionCompletedTimeDebt1', 'debtCollectionCompletedTimeDebt2'] as const

/** The same account with another amount of time debt 1 (`n` 0) or 2 (`n` 1). */
export const withTimeDebt = (account: Account, n: 0 | 1, millipence: number): Account => ({
  ...account,
  timeDebtsMillipence:
    n === 0 ? [millipence, account.timeDebtsMillipence[1]] : [account.timeDebtsMillipence[0], millipence],
})

/** A charge by time: from the credit, or while emergency credit is in use and debts are suspended then, owed for later. */
function takeOrAccumulate(account: Account, settings: AccountSettings, millipence: number): AccountStep {
  if (!account.suspendDebtEmergency || !isEmergencyCreditInUse(account, settings))
    return draw(account, settings, millipence)
  return {
    account: { ...account, accumulatedDebtMillipence: account.accumulatedDebtMillipence + millipence },
    raised: [],
  }
}
