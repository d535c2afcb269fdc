import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AlertName } from '@smets2-sim/gbcs'
import { machine } from '../machine/machine.js'

/** Emergency credit: offered when the balance is low, lent once, offered again after all of it was repaid. */
export const emergencyCreditMachine = machine('emergency credit of a gas meter', {
  unavailable: { balanceLow: 'available' },
  available: { activated: 'active', balanceRestored: 'unavailable', reset: 'unavailable' },
  active: { usedUp: 'exhausted', repaid: 'unavailable', reset: 'unavailable' },
  exhausted: { repaid: 'unavailable', reset: 'unavailable' },
})
export type EmergencyCreditState = (typeof emergencyCreditMachine.states)[number]

export interface DebtRate {
  readonly amount: number
  readonly periodS: number
}

/** What the supplier sets, in 10^-5 of the currency. facts 12.5. */
export interface CreditSettings {
  readonly prepayment: boolean
  readonly suspendDebtEmergency: boolean
  readonly suspendDebtDisabled: boolean
  readonly disablementThreshold: number
  readonly lowCreditThreshold: number
  readonly emergencyCreditLimit: number
  readonly emergencyCreditThreshold: number
  /** A day. */
  readonly standingCharge: number
  readonly debtRates: readonly [DebtRate, DebtRate]
  /** Share of each top-up for the payment debt, in hundredths of a percent. */
  readonly debtRecoveryPerPayment: number
  /** Most of the payment debt that top-ups recover in a week from Monday; none where it is 0. */
  readonly debtCap: number
}

/** Money of a gas meter, in 10^-5 of the currency. Debts are never negative. */
export interface Credit {
  /** What is left in prepayment mode. */
  readonly balance: number
  /** What is owed in credit mode; it rises with use. facts 12.5. */
  readonly billToDate: number
  readonly emergency: EmergencyCreditState
  readonly emergencyLeft: number
  readonly emergencyUsed: number
  readonly accumulatedDebt: number
  readonly timeDebts: readonly [number, number]
  readonly paymentDebt: number
  /** Payment debt recovered in the week of that number. */
  readonly recovered: { readonly week: number; readonly amount: number }
}
export interface CreditStep {
  readonly credit: Credit
  readonly raised: readonly AlertName[]
}

const isEmergencyInUse = (credit: Credit, settings: CreditSettings): boolean =>
  (credit.emergency === 'active' || credit.emergency === 'exhausted') && credit.balance <= settings.disablementThreshold

/** Takes an amount: in credit mode it is owed; else from the balance down to the threshold, then emergency credit, then the balance again. */
export function charge(credit: Credit, settings: CreditSettings, amount: number): CreditStep {
  if (!settings.prepayment) return { credit: { ...credit, billToDate: credit.billToDate + amount }, raised: [] }
  const above = Math.max(0, credit.balance - settings.disablementThreshold)
  const lent = credit.emergency === 'active' ? Math.min(credit.emergencyLeft, Math.max(0, amount - above)) : 0
  const usedUp = lent > 0 && lent === credit.emergencyLeft
  return {
    credit: {
      ...credit,
      balance: credit.balance - (amount - lent),
      emergencyLeft: credit.emergencyLeft - lent,
      emergencyUsed: credit.emergencyUsed + lent,
      emergency: usedUp ? 'exhausted' : credit.emergency,
    },
    raised: usedUp ? ['emergencyCreditExhausted'] : [],
  }
}

const DAY_S = 86_400
const HOUR_S = 3_600
const completed: readonly AlertName[] = ['debtCollectionCompletedTimeDebt1', 'debtCollectionCompletedTimeDebt2']

/** Collects what falls due at a full hour: standing charge at midnight UTC, time debts at the end of their periods. */
export function collect(credit: Credit, settings: CreditSettings, hour: UtcSeconds, supplyIsOff: boolean): CreditStep {
  const raised: AlertName[] = []
  const take = (amount: number): void => {
    if (settings.prepayment && settings.suspendDebtEmergency && isEmergencyInUse(credit, settings)) {
      credit = { ...credit, accumulatedDebt: credit.accumulatedDebt + amount }
      return
    }
    const step = charge(credit, settings, amount)
    credit = step.credit
    raised.push(...step.raised)
  }
  if (hour % DAY_S === 0 && settings.standingCharge > 0) take(settings.standingCharge)
  if (!settings.prepayment || (supplyIsOff && settings.suspendDebtDisabled)) return { credit, raised }
  settings.debtRates.forEach(({ amount, periodS }, n) => {
    const owed = credit.timeDebts[n] as number
    if (owed === 0 || amount === 0 || hour % (periodS || HOUR_S) !== 0) return
    const part = Math.min(owed, amount)
    take(part)
    credit = { ...credit, timeDebts: replaced(credit.timeDebts, n, owed - part) }
    if (part === owed) raised.push(completed[n] as AlertName)
  })
  return { credit, raised }
}
const replaced = (debts: readonly [number, number], n: number, owed: number): [number, number] =>
  n === 0 ? [owed, debts[1]] : [debts[0], owed]

/** Monday 2000-01-03: weeks of the debt cap count from here. */
const weekOf = (time: UtcSeconds): number => Math.floor((time - 2 * DAY_S) / (7 * DAY_S))

/** Where the money of a top-up goes; the parts add up to its value. facts 12.5. */
export interface TopUpParts {
  readonly paymentDebt: number
  readonly accumulatedDebt: number
  readonly emergency: number
  readonly balance: number
}
export function divideTopUp(credit: Credit, settings: CreditSettings, amount: number, now: UtcSeconds): TopUpParts {
  let rest = amount
  const take = (owed: number): number => {
    const part = Math.min(rest, Math.max(0, owed))
    rest -= part
    return part
  }
  const recovered = credit.recovered.week === weekOf(now) ? credit.recovered.amount : 0
  const cap = settings.debtCap > 0 ? settings.debtCap - recovered : Infinity
  const share = Math.floor((amount * settings.debtRecoveryPerPayment) / 10_000)
  const paymentDebt = take(Math.min(share, cap, credit.paymentDebt))
  const accumulatedDebt = take(credit.accumulatedDebt)
  const lift = take(settings.disablementThreshold - credit.balance)
  const emergency = take(credit.emergencyUsed)
  return { paymentDebt, accumulatedDebt, emergency, balance: lift + rest }
}

export function applyTopUp(credit: Credit, parts: TopUpParts, now: UtcSeconds): CreditStep {
  const paymentDebt = credit.paymentDebt - parts.paymentDebt
  const emergencyUsed = credit.emergencyUsed - parts.emergency
  const repaid = parts.emergency > 0 && emergencyUsed === 0
  const week = weekOf(now)
  return {
    credit: {
      ...credit,
      balance: credit.balance + parts.balance,
      accumulatedDebt: credit.accumulatedDebt - parts.accumulatedDebt,
      paymentDebt,
      emergencyUsed,
      emergencyLeft: repaid ? 0 : credit.emergencyLeft,
      emergency: (repaid ? emergencyCreditMachine.next(credit.emergency, 'repaid') : undefined) ?? credit.emergency,
      recovered: {
        week,
        amount: (credit.recovered.week === week ? credit.recovered.amount : 0) + parts.paymentDebt,
      },
    },
    raised: parts.paymentDebt > 0 && paymentDebt === 0 ? ['debtCollectionCompletedPaymentDebt'] : [],
  }
}

/** Lends emergency credit where it is offered. Undefined where it is not; again where it is lent already changes nothing. */
export function activateEmergencyCredit(credit: Credit, settings: CreditSettings): CreditStep | undefined {
  if (credit.emergency === 'active') return { credit, raised: [] }
  if (credit.emergency !== 'available') return undefined
  return {
    credit: { ...credit, emergency: 'active', emergencyLeft: settings.emergencyCreditLimit },
    raised: ['emergencyCreditActivated'],
  }
}

/** What the credit is worth: only use, charges by time, top-ups and the supplier change it, never a move between registers. */
export const netWorth = ({
  balance,
  billToDate,
  emergencyUsed,
  accumulatedDebt,
  timeDebts,
  paymentDebt,
}: Credit): number => balance - billToDate - emergencyUsed - accumulatedDebt - timeDebts[0] - timeDebts[1] - paymentDebt
