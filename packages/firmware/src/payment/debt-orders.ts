import { GbcsError } from '@smets2-sim/bytes'
import type { DebtRate } from './account.js'
import type { Debt } from './change.js'

/** Power of ten of a millipence: amounts of GBCS are in 10^-5 of the currency. */
const MILLIPENCE_SCALE = -5

/**
 * The amount of a unit charge (class 113) whose table has one element, the standing charge and the time debts: `charge`
 * times ten to the power of `priceScale`, in millipence.
 * @throws GbcsError `invalidValue` when the table has not one element, or the amount is no whole number of millipence
 */
export function unitChargeMillipence(unitCharge: {
  readonly scaling: { readonly priceScale: number }
  readonly charges: readonly { readonly charge: number }[]
}): number {
  const [only, ...more] = unitCharge.charges
  if (!only || more.length > 0)
    throw new GbcsError('invalidValue', `a charge by time has one amount, found ${unitCharge.charges.length}`)
  const power = unitCharge.scaling.priceScale - MILLIPENCE_SCALE
  const amount = power < 0 ? only.charge / 10 ** -power : only.charge * 10 ** power
  if (!Number.isSafeInteger(amount))
    throw new GbcsError(
      'invalidValue',
      `${only.charge} by 10^${unitCharge.scaling.priceScale} is no whole amount of 10^-5`,
    )
  return amount
}

/** What a Change Debt command orders: an amount to add, and how the debt is recovered from then on. */
export interface DebtOrder {
  readonly debt: Debt
  readonly addMillipence: number
  /** Of a time debt. */
  readonly rate?: DebtRate
  /** Of the payment debt: hundredths of a percent of each top-up. */
  readonly perPayment?: number
}

/** Debt Amount Type of Change Debt, the incremental ones: GBCS uses no other. gbz_commands.json, GCS04. */
const debts: Readonly<Record<number, Debt>> = { 1: 'timeDebt1', 3: 'timeDebt2', 5: 'paymentDebt' }
/** Debt Recovery Frequency. */
const periods: Readonly<Record<number, number>> = { 0: 3_600, 1: 86_400 }

/** @throws GbcsError `invalidValue` for an amount type, method or frequency that GBCS does not use */
export function readChangeDebt(fields: {
  readonly debtAmount: number
  readonly debtRecoveryMethod: number
  readonly debtAmountType: number
  readonly debtRecoveryFrequency: number
  readonly debtRecoveryAmount: number
  readonly debtRecoveryBalancePercentage: number
}): DebtOrder {
  const debt = debts[fields.debtAmountType]
  const byPayment = debt === 'paymentDebt'
  const periodS = periods[fields.debtRecoveryFrequency]
  if (debt === undefined || periodS === undefined || fields.debtRecoveryMethod !== (byPayment ? 1 : 0))
    throw new GbcsError(
      'invalidValue',
      `debt amount type ${fields.debtAmountType}, recovery method ${fields.debtRecoveryMethod}, frequency ${fields.debtRecoveryFrequency} are none that GBCS uses`,
    )
  const order = { debt, addMillipence: fields.debtAmount }
  return byPayment
    ? { ...order, perPayment: fields.debtRecoveryBalancePercentage }
    : { ...order, rate: { millipence: fields.debtRecoveryAmount, periodS } }
}
