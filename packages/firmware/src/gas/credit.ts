import { metering, prepayment } from '@smets2-sim/zcl'
import type { AlertName } from '@smets2-sim/gbcs'
import { raise } from '../alerts/raise.js'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { NON_DISABLEMENT_VALUE } from '../payment/non-disablement.js'
import { calendarType } from '../zcl/calendar.js'
import { calendarAt } from '../zcl/calendar-lookup.js'
import { numberItem } from '../zcl/fields.js'
import { standingCharge } from '../zcl/price.js'
import { type Credit, type CreditSettings, type CreditStep, type EmergencyCreditState } from './credit-rules.js'
import { supplyEvent } from './valve.js'

// The one place in which the account of a gas meter is kept: balances and debts as data items under the names of their
// attributes, the rules in credit-rules.ts.

/** 10^-5 of the currency. */
export const creditItems = {
  balance: numberItem(prepayment, 'creditRemaining'),
  billToDate: numberItem(metering, 'billToDateDelivered'),
  emergencyLeft: numberItem(prepayment, 'emergencyCreditRemaining'),
  accumulatedDebt: numberItem(prepayment, 'accumulatedDebt'),
  timeDebt1: numberItem(prepayment, 'debtAmount1'),
  timeDebt2: numberItem(prepayment, 'debtAmount2'),
  paymentDebt: numberItem(prepayment, 'debtAmount3'),
} as const
const emergency: Item<EmergencyCreditState> = item('credit.emergencyCredit', 'unavailable')
const emergencyUsed: Item<number> = item('credit.emergencyCreditUsed', 0)
const recovered: Item<Credit['recovered']> = item('credit.debtRecovered', { week: 0, amount: 0 })

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

/** Bits of the payment control configuration by which the five legal values differ. facts 6.7. */
const PREPAYMENT = 0x0001
const SUSPEND_DEBT_DISABLED = 0x0400
const DEBT_IN_EMERGENCY = 0x0800
/** The five values that GBCS allows. */
export const paymentControls = { credit: 0x0c94, prepayment: [0x0497, 0x0097, 0x0c97, 0x0897] } as const

/** Recovery frequencies: hourly and daily. */
const periods: Readonly<Record<number, number>> = { 0: 3_600, 1: 86_400 }

export function readSettings({ items }: Device): CreditSettings {
  const control = items.read(creditSettings.paymentControl)
  const rate = (n: 0 | 1) => ({
    amount: items.read(creditSettings.debtAmount[n] as Item<number>),
    periodS: periods[items.read(creditSettings.debtFrequency[n] as Item<number>)] ?? 0,
  })
  return {
    prepayment: (control & PREPAYMENT) !== 0,
    suspendDebtEmergency: (control & DEBT_IN_EMERGENCY) === 0,
    suspendDebtDisabled: (control & SUSPEND_DEBT_DISABLED) !== 0,
    disablementThreshold: items.read(creditSettings.disablementThreshold),
    lowCreditThreshold: items.read(creditSettings.lowCreditThreshold),
    emergencyCreditLimit: items.read(creditSettings.emergencyCreditLimit),
    emergencyCreditThreshold: items.read(creditSettings.emergencyCreditThreshold),
    standingCharge: items.read(standingCharge),
    debtRates: [rate(0), rate(1)],
    debtRecoveryPerPayment: items.read(creditSettings.debtPerPayment),
    debtCap: items.read(creditSettings.debtCap),
  }
}

export function readCredit({ items }: Device): Credit {
  return {
    balance: items.read(creditItems.balance),
    billToDate: items.read(creditItems.billToDate),
    emergency: items.read(emergency),
    emergencyLeft: items.read(creditItems.emergencyLeft),
    emergencyUsed: items.read(emergencyUsed),
    accumulatedDebt: items.read(creditItems.accumulatedDebt),
    timeDebts: [items.read(creditItems.timeDebt1), items.read(creditItems.timeDebt2)],
    paymentDebt: items.read(creditItems.paymentDebt),
    recovered: items.read(recovered),
  }
}
export function writeCredit({ items }: Device, credit: Credit): void {
  items.write(creditItems.balance, credit.balance)
  items.write(creditItems.billToDate, credit.billToDate)
  items.write(emergency, credit.emergency)
  items.write(creditItems.emergencyLeft, credit.emergencyLeft)
  items.write(emergencyUsed, credit.emergencyUsed)
  items.write(creditItems.accumulatedDebt, credit.accumulatedDebt)
  items.write(creditItems.timeDebt1, credit.timeDebts[0])
  items.write(creditItems.timeDebt2, credit.timeDebts[1])
  items.write(creditItems.paymentDebt, credit.paymentDebt)
  items.write(recovered, credit.recovered)
}

/** Changes the credit by a rule, and raises what it raises. */
export function changeCredit(device: Device, rule: (credit: Credit, settings: CreditSettings) => CreditStep): Credit {
  const { credit, raised } = rule(readCredit(device), readSettings(device))
  writeCredit(device, credit)
  for (const name of raised) raise(device, name)
  return credit
}

/** Whether insufficient credit disables no supply now. facts 12.5. */
export const isNonDisablementPeriod = (device: Device): boolean =>
  calendarAt(device, calendarType.nonDisablement)?.selector === NON_DISABLEMENT_VALUE

/** What was true of the credit at the last review: alerts are raised when it becomes true. */
const watch: Item<{ readonly low: boolean; readonly exhausted: boolean; readonly disabling: boolean }> = item(
  'credit.watch',
  { low: false, exhausted: false, disabling: false },
)

/** Compares the credit with its thresholds, after any change of either or of the calendar. "Below" is strictly below. */
export function reviewCredit(device: Device): void {
  const settings = readSettings(device)
  const raised: AlertName[] = []
  const offered = offerEmergencyCredit(readCredit(device), settings)
  if (offered.emergency === 'available' && readCredit(device).emergency !== 'available')
    raised.push('emergencyCreditHasBecomeAvailable')
  writeCredit(device, offered)
  const was = device.items.read(watch)
  const combined = offered.balance + (offered.emergency === 'active' ? offered.emergencyLeft : 0)
  const low = settings.prepayment && combined < settings.lowCreditThreshold
  if (low && !was.low) raised.push('combinedCreditBelowLowCreditThreshold')
  const short = settings.prepayment && offered.balance < settings.disablementThreshold
  const exhausted = short && offered.emergency !== 'active'
  const disabling = exhausted && !isNonDisablementPeriod(device)
  if (exhausted && !was.exhausted) {
    raised.push('creditBelowDisablementThreshold')
    if (!disabling) raised.push('disablementOfSupplyDueToInsufficientCreditHasBeenSuspended')
  }
  device.items.write(watch, { low, exhausted, disabling })
  for (const name of raised) raise(device, name)
  if (disabling && !was.disabling) supplyEvent(device, 'creditExhausted')
  if (!exhausted && was.exhausted) supplyEvent(device, short ? 'emergencyCreditActivated' : 'creditRestored')
}
/** Whether credit forbids supply: `disabling` at the last review. */
export const creditForbids = (device: Device): boolean => device.items.read(watch).disabling

function offerEmergencyCredit(credit: Credit, settings: CreditSettings): Credit {
  if (!settings.prepayment) return credit
  const low = credit.balance < settings.emergencyCreditThreshold && settings.emergencyCreditLimit > 0
  if (credit.emergency === 'unavailable' && low) return { ...credit, emergency: 'available' }
  if (credit.emergency === 'available' && !low) return { ...credit, emergency: 'unavailable' }
  if (credit.emergency === 'active' && credit.emergencyUsed === 0 && !low)
    return { ...credit, emergency: 'unavailable', emergencyLeft: 0 }
  return credit
}
