import { compactArray } from '@smets2-sim/cosem'
import { attribute, cosemObject } from './object.js'
import { registerEntry, prepaymentEntry, modeTariffEntry, amountLog, valueLog } from './shapes.js'

// Billing data and daily read logs (facts/cosem_objects.json, section 5).

/** Class 7, Profile generic. SMETS: BillingDataLog(BillingCalendarTriggeredExcExport). */
export const billingCalendarLog = cosemObject('billingCalendarLog', 7, '0-0:98.1.0.255', {
  buffer: attribute(2, compactArray(registerEntry)),
})

/** Class 7, Profile generic. SMETS: BillingDataLog(BillingCalendarTriggeredExcExport). */
export const billingCalendarPrepaymentLog = cosemObject('billingCalendarPrepaymentLog', 7, '0-0:98.1.1.255', {
  buffer: attribute(2, compactArray(prepaymentEntry)),
})

/** Class 7, Profile generic. SMETS: BillingDataLog(SetPaymentModeOrTariffTriggeredFinancialExcExport). */
export const billingModeTariffLog = cosemObject('billingModeTariffLog', 7, '0-0:98.1.2.255', {
  buffer: attribute(2, compactArray(modeTariffEntry)),
})

/** Class 7, Profile generic. SMETS: DailyReadLog(excExport). */
export const dailyReadLog = cosemObject('dailyReadLog', 7, '0-0:98.1.9.255', {
  buffer: attribute(2, compactArray(registerEntry)),
})

/** Class 7, Profile generic. SMETS: BillingDataLog(mostrecentPaymentBasedDebtRepayment). */
export const debtPaymentLog = cosemObject('debtPaymentLog', 7, '0-0:98.1.4.255', {
  buffer: attribute(2, amountLog),
})

/** Class 7, Profile generic. SMETS: DailyReadLog(export). */
export const exportDailyReadLog = cosemObject('exportDailyReadLog', 7, '0-0:98.1.10.255', {
  buffer: attribute(2, valueLog),
})

/** Class 7, Profile generic. SMETS: BillingDataLog(mostrecentPrepaymentCredits). */
export const prepaymentCreditLog = cosemObject('prepaymentCreditLog', 7, '0-0:98.1.5.255', {
  buffer: attribute(2, amountLog),
})

/** Class 7, Profile generic. SMETS: PrepaymentDailyReadLog. */
export const prepaymentDailyReadLog = cosemObject('prepaymentDailyReadLog', 7, '0-0:98.1.8.255', {
  buffer: attribute(2, compactArray(prepaymentEntry)),
})
