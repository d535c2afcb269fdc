import type { Account, AccountSettings } from './account.js'
import { isEmergencyCreditInUse } from './draw.js'
import type { EmergencyCreditState } from './modes.js'

/** Bits of the credit status of the Prepayment cluster, which displays read. */
const LOW_CREDIT = 0x02
const EMERGENCY_ENABLED = 0x04
const EMERGENCY_AVAILABLE = 0x08
const EMERGENCY_SELECTED = 0x10
const EMERGENCY_IN_USE = 0x20
const CREDIT_EXHAUSTED = 0x40
const CREDIT_OK = 0x01

/** What a display is told of the credit besides its amounts. */
export interface CreditStanding {
  readonly emergencyCredit: EmergencyCreditState
  /** The supplier lends emergency credit at all. */
  readonly isEmergencyCreditLent: boolean
  readonly isEmergencyCreditInUse: boolean
  /** Combined credit is below the low credit threshold. */
  readonly isLow: boolean
  /** Credit is below the disablement threshold and no emergency credit is left. */
  readonly isExhausted: boolean
}

/** The bitmap. Emergency credit that is used up is selected still: that nothing of it is left tells it apart (our decision). */
export const creditStatus = (standing: CreditStanding): number =>
  (standing.isLow || standing.isExhausted ? 0 : CREDIT_OK) |
  (standing.isLow ? LOW_CREDIT : 0) |
  (standing.isEmergencyCreditLent ? EMERGENCY_ENABLED : 0) |
  emergencyBits[standing.emergencyCredit] |
  (standing.isEmergencyCreditInUse ? EMERGENCY_IN_USE : 0) |
  (standing.isExhausted ? CREDIT_EXHAUSTED : 0)
const emergencyBits: Readonly<Record<EmergencyCreditState, number>> = {
  unavailable: 0,
  available: EMERGENCY_AVAILABLE,
  active: EMERGENCY_SELECTED,
  exhausted: EMERGENCY_SELECTED,
}

/** How an account stands. */
export const standingOf = (account: Account, settings: AccountSettings): CreditStanding => ({
  emergencyCredit: account.emergencyCredit,
  isEmergencyCreditLent: settings.emergencyCreditLimitMillipence > 0,
  isEmergencyCreditInUse: isEmergencyCreditInUse(account, settings),
  isLow: account.watch.low,
  isExhausted: account.watch.exhausted,
})

/** What the bitmap says, together with the emergency credit that is left; the reverse of `creditStatus`. */
export function readCreditStatus(bitmap: number, emergencyCreditMillipence: number): CreditStanding {
  const has = (bit: number): boolean => (bitmap & bit) !== 0
  const selected: EmergencyCreditState = emergencyCreditMillipence > 0 ? 'active' : 'exhausted'
  return {
    emergencyCredit: has(EMERGENCY_SELECTED) ? selected : has(EMERGENCY_AVAILABLE) ? 'available' : 'unavailable',
    isEmergencyCreditLent: has(EMERGENCY_ENABLED),
    isEmergencyCreditInUse: has(EMERGENCY_IN_USE),
    isLow: has(LOW_CREDIT),
    isExhausted: has(CREDIT_EXHAUSTED),
  }
}
