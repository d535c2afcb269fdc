import type { Account, AccountSettings, AccountStep } from './account.js'
import { withTimeDebt } from './collect.js'
import { emergencyCreditMachine, type EmergencyCreditState, paymentModeMachine, type PaymentMode } from './modes.js'

// What commands and the user do to an account, besides topping it up.

const next = (account: Account, event: 'activated' | 'creditMode' | 'reset'): EmergencyCreditState =>
  emergencyCreditMachine.next(account.emergencyCredit, event) ?? account.emergencyCredit

export interface Activation extends AccountStep {
  /** Whether emergency credit is active now: the answer to ECS09, GCS06, PCS02 and the user. facts 5.8. */
  readonly active: boolean
}

/** Activates emergency credit where it is available. Where it is active already nothing happens, and that is a success. */
export function activateEmergencyCredit(account: Account, settings: AccountSettings): Activation {
  if (account.emergencyCredit !== 'available')
    return { account, raised: [], active: account.emergencyCredit === 'active' }
  return {
    account: {
      ...account,
      emergencyCredit: next(account, 'activated'),
      emergencyCreditMillipence: settings.emergencyCreditLimitMillipence,
    },
    raised: ['emergencyCreditActivated'],
    active: true,
  }
}

/** Adds a signed amount to the balance (ECS04a, GCS40a, GCS40c). */
export const adjustMeterBalance = (account: Account, millipence: number): Account => ({
  ...account,
  meterBalanceMillipence: account.meterBalanceMillipence + millipence,
})

/** Sets the balance (ECS04b, GCS40b, GCS40d set 0). The fraction of a millipence that was carried goes too. */
export const setMeterBalance = (account: Account, millipence: number): Account => ({
  ...account,
  meterBalanceMillipence: millipence,
  remainderMicropence: 0,
})

/** Forgets emergency credit, what is left and what is owed of it (ECS04b, GCS40b); it may be offered again. */
export const resetEmergencyCredit = (account: Account): Account => ({
  ...account,
  emergencyCredit: next(account, 'reset'),
  emergencyCreditMillipence: 0,
  emergencyCreditUsedMillipence: 0,
})

/** Forgets the accumulated debt (ECS04b, GCS40b). */
export const resetAccumulatedDebt = (account: Account): Account => ({ ...account, accumulatedDebtMillipence: 0 })

export type Debt = 'timeDebt1' | 'timeDebt2' | 'paymentDebt'

/** Adds a signed amount to a debt (ECS07, GCS04). A debt does not go below 0: more than is owed clears it (our decision). */
export function adjustDebt(account: Account, debt: Debt, millipence: number): Account {
  const adjusted = (owed: number): number => Math.max(0, owed + millipence)
  switch (debt) {
    case 'timeDebt1':
      return withTimeDebt(account, 0, adjusted(account.timeDebtsMillipence[0]))
    case 'timeDebt2':
      return withTimeDebt(account, 1, adjusted(account.timeDebtsMillipence[1]))
    case 'paymentDebt':
      return { ...account, paymentDebtMillipence: adjusted(account.paymentDebtMillipence) }
  }
}

/** A payment mode with its two settings, as ECS02, ECS03, GCS02 and GCS03 order it. */
export interface PaymentModeOrder {
  readonly paymentMode: PaymentMode
  readonly suspendDebtDisabled: boolean
  readonly suspendDebtEmergency: boolean
}

/**
 * Puts a payment mode in force. Balances and debts stay as they are; the supplier adjusts or resets them by commands of
 * their own (our decision). Credit mode knows no emergency credit: what was used of it becomes part of the balance.
 */
export function setPaymentMode(account: Account, order: PaymentModeOrder): Account {
  const event = order.paymentMode === 'credit' ? 'setCredit' : 'setPrepayment'
  const paymentMode = paymentModeMachine.next(account.paymentMode, event) ?? account.paymentMode
  const { suspendDebtDisabled, suspendDebtEmergency } = order
  const moved: Account = { ...account, paymentMode, suspendDebtDisabled, suspendDebtEmergency }
  if (paymentMode === 'prepayment') return moved
  return {
    ...moved,
    meterBalanceMillipence: account.meterBalanceMillipence - account.emergencyCreditUsedMillipence,
    emergencyCredit: next(account, 'creditMode'),
    emergencyCreditMillipence: 0,
    emergencyCreditUsedMillipence: 0,
  }
}
