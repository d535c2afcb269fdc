import { GbcsError, toLatin1 } from '@smets2-sim/bytes'
import { accessResult } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import {
  AccessError,
  type Device,
  itemOf,
  methodOf,
  payment,
  scheduleCalendar,
  supply,
  viewOf,
} from '@smets2-sim/firmware'
import { account, accountSettingsOf } from '../data/account.js'
import { legalOr, valueOf } from '../data/items.js'
import { isNonDisablement } from '../data/non-disablement.js'
import { supplyState } from '../data/supply.js'
import { hardwareOf } from '../hardware.js'
import { accountOf, changeAccount, editAccount, settleAccount } from '../running/account.js'
import { creditReview } from '../running/changes.js'
import { ACTIVE, paymentModeNumber } from '../running/payment-mode.js'
import { applyToken, judgeToken } from '../running/tokens.js'
import { legal, reading, refuse, setting } from './reading.js'

/** Puts the account into a state, with what that means for the supply, and tells nobody: for benches. */
function primeAccount(device: Device, change: (account: payment.Account) => payment.Account): void {
  settleAccount(device)
  const reviewed = payment.review(
    change(accountOf(device)),
    accountSettingsOf(device),
    isNonDisablement(device, device.now),
  )
  device.items.write(account, reviewed.account)
  for (const signal of reviewed.signals)
    device.items.update(supplyState, (state) => supply.loadSwitch.on(state, signal).state)
}
const primePrepayment = (device: Device): void =>
  primeAccount(device, (before) =>
    before.paymentMode === 'prepayment'
      ? before
      : payment.setPaymentMode(before, {
          paymentMode: 'prepayment',
          suspendDebtDisabled: false,
          suspendDebtEmergency: false,
        }),
  )

const inRange = (millipence: number): number => {
  if (millipence !== (millipence | 0)) throw new GbcsError('invalidValue', `a balance of ${millipence} has no 32 bits`)
  return millipence
}

const modeOf = (number: number): payment.PaymentMode => {
  if (number === paymentModeNumber.credit) return 'credit'
  if (number === paymentModeNumber.prepayment) return 'prepayment'
  throw new GbcsError('invalidValue', `payment mode ${number}, expected 1 (credit) or 2 (prepayment)`)
}

const accountViews = [
  reading(o.account.modeAndStatus, {
    get: (device) => ({ paymentMode: paymentModeNumber[accountOf(device).paymentMode], accountStatus: ACTIVE }),
    prime: (device, { paymentMode }) =>
      primeAccount(device, (before) => payment.setPaymentMode(before, { ...before, paymentMode: modeOf(paymentMode) })),
  }),
  reading(o.account.creditChargeConfiguration, {
    get: (device) =>
      device.items.has(itemOf(o.account.creditChargeConfiguration))
        ? valueOf(device, o.account.creditChargeConfiguration)
        : payment.creditChargeRows(accountOf(device), hardwareOf(device).variant === 'twinElement'),
    prime(device, rows) {
      device.items.write(itemOf(o.account.creditChargeConfiguration), rows)
      const order = legalOr(undefined, () => payment.readCreditChargeRows(rows))
      if (order) primeAccount(device, (before) => payment.setPaymentMode(before, order))
    },
  }),
  setting(o.accountNext.modeAndStatus, { check: ({ paymentMode }) => modeOf(paymentMode) }),
  setting(o.accountNext.creditChargeConfiguration, { check: payment.readCreditChargeRows }),
]

const creditViews = [
  reading(o.meterBalance.currentCreditAmount, {
    get: (device) => {
      settleAccount(device)
      return accountOf(device).meterBalanceMillipence
    },
    prime: (device, millipence) => primeAccount(device, (before) => payment.setMeterBalance(before, millipence)),
  }),
  methodOf(o.meterBalance.updateAmount, ({ device }, millipence) => {
    settleAccount(device)
    legal(() => inRange(accountOf(device).meterBalanceMillipence + millipence))
    editAccount(device, (before) => payment.adjustMeterBalance(before, millipence))
  }),
  methodOf(o.meterBalance.setAmountToValue, ({ device }, millipence) =>
    editAccount(device, (before) => payment.setMeterBalance(before, millipence)),
  ),
  // the use case fixes the amount of both: 0
  methodOf(o.emergencyCredit.setAmountToValue, ({ device }) => editAccount(device, payment.resetEmergencyCredit)),
  methodOf(o.accumulatedDebt.setAmountToValue, ({ device }) => editAccount(device, payment.resetAccumulatedDebt)),
  methodOf(
    o.emergencyCredit.invokeCredit,
    ({ device }) => {
      settleAccount(device)
      const { active } = payment.activateEmergencyCredit(accountOf(device), accountSettingsOf(device))
      if (!active) throw new AccessError(accessResult.otherReason, 'emergency credit is not available')
      changeAccount(device, payment.activateEmergencyCredit)
    },
    ({ device }) => {
      primePrepayment(device)
      device.items.update(account, (before): payment.Account => ({ ...before, emergencyCredit: 'available' }))
    },
  ),
  reading(o.prepaymentBalanceCollection.value, {
    get(device) {
      settleAccount(device)
      return payment.prepaymentRegisters(accountOf(device))
    },
    prime: (device, { timeDebt1Millipence, timeDebt2Millipence, ...balances }) =>
      primeAccount(device, (before) => ({
        ...before,
        ...balances,
        timeDebtsMillipence: [timeDebt1Millipence, timeDebt2Millipence],
      })),
  }),
]

const debts = { timeDebt1: o.timeDebt1, timeDebt2: o.timeDebt2 } as const
const debtViews = [
  ...(['timeDebt1', 'timeDebt2'] as const).flatMap((debt) => {
    const { unitChargePassive, unitChargeActive, periodS, activatePassiveUnitCharge, updateTotalAmountRemaining } =
      debts[debt]
    return [
      setting(unitChargePassive, { check: payment.unitChargeMillipence }),
      setting(periodS, { before: settleAccount }),
      methodOf(activatePassiveUnitCharge, ({ device }) => {
        settleAccount(device)
        device.items.write(itemOf(unitChargeActive), valueOf(device, unitChargePassive))
      }),
      methodOf(updateTotalAmountRemaining, ({ device }, millipence) =>
        editAccount(device, (before) => payment.adjustDebt(before, debt, millipence)),
      ),
    ]
  }),
  setting(o.paymentDebt.proportion, {
    check: (proportion) => {
      if (proportion > 10_000) throw new GbcsError('invalidValue', `a share of ${proportion} ten-thousandths`)
    },
  }),
  methodOf(o.paymentDebt.updateTotalAmountRemaining, ({ device }, millipence) =>
    editAccount(device, (before) => payment.adjustDebt(before, 'paymentDebt', millipence)),
  ),
]

const limitViews = [
  // the legacy ECS08 names the limit in force where it means the next one, which its activation then copies (our decision)
  viewOf(o.maximumMeterBalance.valueActive, {
    get: ({ device }) => valueOf(device, o.maximumMeterBalance.valueActive),
    set: ({ device }, value) => device.items.write(itemOf(o.maximumMeterBalance.valuePassive), value),
    prime: ({ device }, value) => device.items.write(itemOf(o.maximumMeterBalance.valueActive), value),
  }),
  setting(o.nonDisablementCalendarNext.entries, { check: (entries) => scheduleCalendar(entries, []) }),
  setting(o.nonDisablementSpecialDaysNext.entries, { check: (days) => scheduleCalendar([], days) }),
  setting(o.account.lowCreditThreshold, { after: creditReview.later }),
]

const tokenViews = [
  methodOf(
    o.tokenGateway.enter,
    (context, digits) => {
      const { device, execution } = context
      const counter = execution?.message.originatorCounter ?? 0n
      const token = { digits: toLatin1(digits), by: 'command', utrnCounter: Number(counter >> 32n) } as const
      const step = judgeToken(device, token)
      if (step.outcome.kind === 'refused')
        refuse(context, new AccessError(accessResult.otherReason, `token refused: ${step.outcome.reason}`), step.raised)
      applyToken(device, step)
    },
    ({ device }) => primePrepayment(device),
  ),
]

/** Account, credits, debts and tokens: ECS02 to ECS04b, ECS07 to ECS09, ECS19, ECS26a, ECS26j, ECS82, CS01a. facts 5.8, 12.5. */
export const prepaymentViews = [...accountViews, ...creditViews, ...debtViews, ...limitViews, ...tokenViews]
