import { metering, prepayment } from '@smets2-sim/zcl'
import { raise } from '../alerts/raise.js'
import type { Device } from '../device.js'
import { type Account, type AccountSettings, type AccountStep, newAccount } from '../payment/account.js'
import { NON_DISABLEMENT_VALUE } from '../payment/non-disablement.js'
import { CREDIT_MODE, paymentOrderOf } from '../payment/payment-control.js'
import { review } from '../payment/review.js'
import { type Item, item } from '../state/item-store.js'
import { calendarType } from '../zcl/calendar.js'
import { calendarAt } from '../zcl/calendar-lookup.js'
import { numberItem } from '../zcl/fields.js'
import { standingCharge } from '../zcl/price.js'
import { supplyEvent } from './valve.js'

// The one place in which the account of a gas meter is kept: balances, debts and settings as data items under the names
// of their attributes. The rules are those of payment/.

/** 10^-5 of the currency. */
export const creditItems = {
  balance: numberItem(prepayment, 'creditRemaining'),
  /** What is owed in credit mode; it rises with use. facts 12.5. */
  billToDate: numberItem(metering, 'billToDateDelivered'),
  emergencyLeft: numberItem(prepayment, 'emergencyCreditRemaining'),
  accumulatedDebt: numberItem(prepayment, 'accumulatedDebt'),
  timeDebt1: numberItem(prepayment, 'debtAmount1'),
  timeDebt2: numberItem(prepayment, 'debtAmount2'),
  paymentDebt: numberItem(prepayment, 'debtAmount3'),
} as const
/** What of the account has no attribute. */
type Kept = Pick<
  Account,
  'emergencyCredit' | 'emergencyCreditUsedMillipence' | 'capped' | 'remainderMicropence' | 'watch'
>
const kept: Item<Kept> = item('credit.kept', newAccount(0))

/** Settings under the names of their attributes. */
export const creditSettings = {
  paymentControl: numberItem(prepayment, 'paymentControlConfiguration'),
  disablementThreshold: numberItem(prepayment, 'cutOffValue'),
  lowCreditThreshold: numberItem(prepayment, 'lowCreditWarning'),
  emergencyCreditLimit: numberItem(prepayment, 'emergencyCreditLimit'),
  emergencyCreditThreshold: numberItem(prepayment, 'emergencyCreditThreshold'),
  debtCap: numberItem(prepayment, 'overallDebtCap'),
  maxCreditLimit: numberItem(prepayment, 'maxCreditLimit'),
  maxCreditPerTopUp: numberItem(prepayment, 'maxCreditPerTopUp'),
  debtAmount: [numberItem(prepayment, 'debtRecoveryAmount1'), numberItem(prepayment, 'debtRecoveryAmount2')],
  debtFrequency: [numberItem(prepayment, 'debtRecoveryFrequency1'), numberItem(prepayment, 'debtRecoveryFrequency2')],
  debtPerPayment: numberItem(prepayment, 'debtRecoveryTopUpPercentage3'),
} as const

const HOUR_S = 3_600
const DAY_S = 24 * HOUR_S
/** Recovery frequency for daily; any other is hourly. */
const DAILY = 1

/** What the supplier has set. A debt cap of 0 is none; a limit that was never set is none. */
export function readSettings({ items }: Device): AccountSettings {
  const rate = (n: 0 | 1) => ({
    millipence: items.read(creditSettings.debtAmount[n] as Item<number>),
    periodS: items.read(creditSettings.debtFrequency[n] as Item<number>) === DAILY ? DAY_S : HOUR_S,
  })
  const limit = (setting: Item<number>): number => (items.has(setting) ? items.read(setting) : Infinity)
  return {
    standingChargeMillipence: items.read(standingCharge),
    timeDebtRates: [rate(0), rate(1)],
    debtRecoveryPerPayment: items.read(creditSettings.debtPerPayment),
    debtRecoveryRateCap: { millipence: items.read(creditSettings.debtCap) || Infinity, periodS: 7 * DAY_S },
    disablementThresholdMillipence: items.read(creditSettings.disablementThreshold),
    lowCreditThresholdMillipence: items.read(creditSettings.lowCreditThreshold),
    emergencyCreditLimitMillipence: items.read(creditSettings.emergencyCreditLimit),
    emergencyCreditThresholdMillipence: items.read(creditSettings.emergencyCreditThreshold),
    maxMeterBalanceMillipence: limit(creditSettings.maxCreditLimit),
    maxCreditThresholdMillipence: limit(creditSettings.maxCreditPerTopUp),
  }
}

/** The account; its balance is that of the mode in force: what is left in prepayment mode, what is owed in credit mode. */
export function readAccount({ items }: Device): Account {
  const order = paymentOrderOf(items.read(creditSettings.paymentControl)) ?? CREDIT_MODE
  return {
    ...items.read(kept),
    ...order,
    meterBalanceMillipence:
      order.paymentMode === 'prepayment' ? items.read(creditItems.balance) : 0 - items.read(creditItems.billToDate),
    emergencyCreditMillipence: items.read(creditItems.emergencyLeft),
    accumulatedDebtMillipence: items.read(creditItems.accumulatedDebt),
    timeDebtsMillipence: [items.read(creditItems.timeDebt1), items.read(creditItems.timeDebt2)],
    paymentDebtMillipence: items.read(creditItems.paymentDebt),
    collectedUntil: 0,
  }
}
export function writeAccount({ items }: Device, account: Account): void {
  const { emergencyCredit, emergencyCreditUsedMillipence, capped, remainderMicropence, watch } = account
  items.write(kept, { emergencyCredit, emergencyCreditUsedMillipence, capped, remainderMicropence, watch })
  if (account.paymentMode === 'prepayment') items.write(creditItems.balance, account.meterBalanceMillipence)
  else items.write(creditItems.billToDate, 0 - account.meterBalanceMillipence)
  items.write(creditItems.emergencyLeft, account.emergencyCreditMillipence)
  items.write(creditItems.accumulatedDebt, account.accumulatedDebtMillipence)
  items.write(creditItems.timeDebt1, account.timeDebtsMillipence[0])
  items.write(creditItems.timeDebt2, account.timeDebtsMillipence[1])
  items.write(creditItems.paymentDebt, account.paymentDebtMillipence)
}

/** Changes the account by a rule, and raises what it raises. */
export function changeAccount<S extends AccountStep>(
  device: Device,
  rule: (account: Account, settings: AccountSettings) => S,
): S {
  const step = rule(readAccount(device), readSettings(device))
  writeAccount(device, step.account)
  for (const name of step.raised) raise(device, name)
  return step
}

/** Whether insufficient credit disables no supply now. facts 12.5. */
const isNonDisablementPeriod = (device: Device): boolean =>
  calendarAt(device, calendarType.nonDisablement)?.selector === NON_DISABLEMENT_VALUE

/** Compares the credit with its thresholds, after any change of either or of the calendar; that may move the valve. */
export function reviewCredit(device: Device): void {
  const { signals } = changeAccount(device, (account, settings) =>
    review(account, settings, isNonDisablementPeriod(device)),
  )
  for (const signal of signals) supplyEvent(device, signal)
}
/** Whether credit forbids supply: `disabling` at the last review. */
export const creditForbids = ({ items }: Device): boolean => items.read(kept).watch.disabling
