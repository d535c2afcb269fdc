import type { UtcSeconds } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import { type Device, type Item, item, payment, derived, type Derived } from '@smets2-sim/firmware'
import { itemsOf, legalOr, valueOf } from './items.js'
import { tariffOf } from './tariff.js'

/** The account. */
export const account: Item<payment.Account> = item('account', payment.newAccount(0))
/** Tokens entered by hand that were not authentic. */
export const manualEntry: Item<payment.ManualEntry> = item('account.manualEntry', payment.noFailuresYet)
/** Cost of all metered consumption up to which the account has been charged, in thousandths of a millipence. */
export const chargedMicropence: Item<number> = item('account.chargedMicropence', 0)
/** When the credit was last reviewed and found exhausted: from then on the non-disablement calendar matters. */
export const creditReviewedAt: Item<UtcSeconds> = item('account.creditReviewedAt', 0)

/** Amounts of the recovery cap travel in 16 bits: pence, since in millipence they could not reach a pound (our decision). */
const MILLIPENCE_PER_PENNY = 1000

const debtRate = (device: Device, debt: typeof o.timeDebt1 | typeof o.timeDebt2): payment.DebtRate => ({
  millipence: legalOr(0, () => payment.unitChargeMillipence(valueOf(device, debt.unitChargeActive))),
  periodS: valueOf(device, debt.periodS),
})

const configured: readonly o.Attribute<any>[] = [
  o.timeDebt1.unitChargeActive,
  o.timeDebt1.periodS,
  o.timeDebt2.unitChargeActive,
  o.timeDebt2.periodS,
  o.paymentDebt.proportion,
  o.account.maxProvision,
  o.account.maxProvisionPeriodS,
  o.disablementThreshold.thresholds,
  o.account.lowCreditThreshold,
  o.emergencyCredit.presetCreditAmount,
  o.emergencyCredit.creditAvailableThreshold,
  o.maximumMeterBalance.valueActive,
  o.maximumCreditThreshold.valueActive,
]

/** The prepayment parameters in force. */
export const accountSettingsOf: Derived<payment.AccountSettings> = derived(
  [tariffOf, ...itemsOf(configured)],
  (device) => ({
    standingChargeMillipence: tariffOf(device).standingChargeMillipencePerDay,
    timeDebtRates: [debtRate(device, o.timeDebt1), debtRate(device, o.timeDebt2)],
    debtRecoveryPerPayment: valueOf(device, o.paymentDebt.proportion),
    debtRecoveryRateCap: {
      millipence: valueOf(device, o.account.maxProvision) * MILLIPENCE_PER_PENNY,
      periodS: valueOf(device, o.account.maxProvisionPeriodS),
    },
    disablementThresholdMillipence: valueOf(device, o.disablementThreshold.thresholds)[0] ?? 0,
    lowCreditThresholdMillipence: valueOf(device, o.account.lowCreditThreshold),
    emergencyCreditLimitMillipence: valueOf(device, o.emergencyCredit.presetCreditAmount),
    emergencyCreditThresholdMillipence: valueOf(device, o.emergencyCredit.creditAvailableThreshold),
    maxMeterBalanceMillipence: valueOf(device, o.maximumMeterBalance.valueActive),
    maxCreditThresholdMillipence: valueOf(device, o.maximumCreditThreshold.valueActive),
  }),
)
