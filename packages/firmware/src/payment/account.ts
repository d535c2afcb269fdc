import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AlertName } from '@smets2-sim/gbcs'
import type { EmergencyCreditState, PaymentMode } from './modes.js'

/** An amount collected each period. */
export interface DebtRate {
  readonly millipence: number
  /** Seconds; 3600 hourly, 86,400 daily. 0 collects nothing (our decision). */
  readonly periodS: number
}

/** What the supplier sets: the prepayment parameters of facts 12.5, money in millipence (10^-5 of the currency). */
export interface AccountSettings {
  /** A day. */
  readonly standingChargeMillipence: number
  readonly timeDebtRates: readonly [DebtRate, DebtRate]
  /** Share of a top-up that repays the payment debt, in hundredths of a percent: 5000 is 50 %. */
  readonly debtRecoveryPerPayment: number
  /** Most that top-ups repay of the payment debt in one period; a period of 0 has no cap (our decision). */
  readonly debtRecoveryRateCap: DebtRate
  readonly disablementThresholdMillipence: number
  readonly lowCreditThresholdMillipence: number
  readonly emergencyCreditLimitMillipence: number
  readonly emergencyCreditThresholdMillipence: number
  readonly maxMeterBalanceMillipence: number
  /** Largest value of one token. */
  readonly maxCreditThresholdMillipence: number
}

/** What was true of the credit when it was last reviewed: alerts are raised when it becomes true. */
export interface CreditWatch {
  /** Combined credit is below the low credit threshold. */
  readonly low: boolean
  /** Credit is below the disablement threshold and no emergency credit is left. */
  readonly exhausted: boolean
  /** Exhausted, and no non-disablement period keeps the supply on. */
  readonly disabling: boolean
}

/** The account of a meter. Amounts are whole millipence; a balance may be negative, a debt may not. facts 5.8, 12.5. */
export interface Account {
  readonly paymentMode: PaymentMode
  readonly suspendDebtDisabled: boolean
  readonly suspendDebtEmergency: boolean
  readonly meterBalanceMillipence: number
  readonly emergencyCredit: EmergencyCreditState
  /** Emergency credit that is left to use. */
  readonly emergencyCreditMillipence: number
  /** Emergency credit that was used and is not yet repaid. */
  readonly emergencyCreditUsedMillipence: number
  readonly accumulatedDebtMillipence: number
  readonly timeDebtsMillipence: readonly [number, number]
  readonly paymentDebtMillipence: number
  /** Payment debt repaid in the current period of the cap, by the number of that period. */
  readonly capped: { readonly period: number; readonly millipence: number }
  /** Consumption not yet charged, in thousandths of a millipence: 0 to 999. */
  readonly remainderMicropence: number
  /** Charges and debts that fell due up to here, inclusive, were collected. */
  readonly collectedUntil: UtcSeconds
  readonly watch: CreditWatch
}

/** A new account and the alerts and events that the change raises, in order. */
export interface AccountStep {
  readonly account: Account
  readonly raised: readonly AlertName[]
}

/** An account in credit mode with nothing on it, from which charges are collected from `now` on. */
export const newAccount = (now: UtcSeconds): Account => ({
  paymentMode: 'credit',
  suspendDebtDisabled: false,
  suspendDebtEmergency: false,
  meterBalanceMillipence: 0,
  emergencyCredit: 'unavailable',
  emergencyCreditMillipence: 0,
  emergencyCreditUsedMillipence: 0,
  accumulatedDebtMillipence: 0,
  timeDebtsMillipence: [0, 0],
  paymentDebtMillipence: 0,
  capped: { period: 0, millipence: 0 },
  remainderMicropence: 0,
  collectedUntil: now,
  watch: { low: false, exhausted: false, disabling: false },
})

/** Settings of a meter from the factory: no charges, no debts, no emergency credit; limits as wide as they go. */
export const factorySettings: AccountSettings = {
  standingChargeMillipence: 0,
  timeDebtRates: [
    { millipence: 0, periodS: 86_400 },
    { millipence: 0, periodS: 86_400 },
  ],
  debtRecoveryPerPayment: 0,
  debtRecoveryRateCap: { millipence: 0, periodS: 0 },
  disablementThresholdMillipence: 0,
  lowCreditThresholdMillipence: 0,
  emergencyCreditLimitMillipence: 0,
  emergencyCreditThresholdMillipence: 0,
  maxMeterBalanceMillipence: 0x7fffffff,
  maxCreditThresholdMillipence: 0x7fffffff,
}

/** The six registers that balance reads and prepayment logs hold. facts 5.5. */
export const prepaymentRegisters = (account: Account) => ({
  emergencyCreditMillipence: account.emergencyCreditMillipence,
  meterBalanceMillipence: account.meterBalanceMillipence,
  paymentDebtMillipence: account.paymentDebtMillipence,
  timeDebt1Millipence: account.timeDebtsMillipence[0],
  timeDebt2Millipence: account.timeDebtsMillipence[1],
  accumulatedDebtMillipence: account.accumulatedDebtMillipence,
})

/**
 * What the account is worth: credit less everything owed. Only consumption, standing charges, top-ups and the
 * supplier's adjustments change it; moving money between registers never does.
 */
export const netWorthMillipence = (account: Account): number =>
  account.meterBalanceMillipence -
  account.emergencyCreditUsedMillipence -
  account.accumulatedDebtMillipence -
  account.timeDebtsMillipence[0] -
  account.timeDebtsMillipence[1] -
  account.paymentDebtMillipence
