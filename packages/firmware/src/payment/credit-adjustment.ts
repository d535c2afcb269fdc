import { GbcsError } from '@smets2-sim/bytes'
import type { Account } from './account.js'
import { adjustMeterBalance, resetAccumulatedDebt, resetEmergencyCredit, setMeterBalance } from './change.js'

/** Credit Adjustment Type of the Prepayment cluster. gbz_commands.json, GCS40a to GCS40d. */
export const creditAdjustmentType = {
  adjustPrepayment: 0,
  setPrepayment: 1,
  setBillToDate: 2,
  adjustBillToDate: 3,
} as const

/**
 * Carries out a Credit Adjustment on a gas meter. A bill is a balance seen from the other side: what is subtracted from
 * the bill to date (GCS40c, facts 12.5) is added to the balance. GCS40b resets emergency credit and accumulated debt too.
 * @throws GbcsError `invalidValue` for a type that is not defined
 */
export function adjustCredit(account: Account, type: number, millipence: number): Account {
  switch (type) {
    case creditAdjustmentType.adjustPrepayment:
    case creditAdjustmentType.adjustBillToDate:
      return adjustMeterBalance(account, millipence)
    case creditAdjustmentType.setPrepayment:
      return resetAccumulatedDebt(resetEmergencyCredit(setMeterBalance(account, millipence)))
    case creditAdjustmentType.setBillToDate:
      return setMeterBalance(account, 0 - millipence)
    default:
      throw new GbcsError('invalidValue', `credit adjustment type ${type}, expected 0 to 3`)
  }
}
