import { accessResult } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import { AccessError, type Activate, itemOf, payment } from '@smets2-sim/firmware'
import { account } from '../data/account.js'
import { valueOf } from '../data/items.js'
import { settleAccount } from './account.js'
import { creditReview, recordBefore } from './changes.js'

/** Values of payment_mode in class 111. facts 5.8. */
export const paymentModeNumber = { credit: 1, prepayment: 2 } as const
/** An account that is in force. facts 5.8. */
export const ACTIVE = 2

/**
 * The passive account takes effect: its payment mode and its credit and charge configuration become those of the active
 * account, which stays the active one. facts 3.4. The two must order the same mode (our decision).
 */
export const switchPaymentMode: Activate = (device) => {
  const { paymentMode } = valueOf(device, o.accountNext.modeAndStatus)
  const configuration = valueOf(device, o.accountNext.creditChargeConfiguration)
  const order = payment.readCreditChargeRows(configuration)
  if (paymentModeNumber[order.paymentMode] !== paymentMode)
    throw new AccessError(accessResult.otherReason, `payment mode ${paymentMode} with charges of ${order.paymentMode}`)
  settleAccount(device)
  recordBefore(device)
  device.items.write(itemOf(o.account.creditChargeConfiguration), configuration)
  device.items.update(account, (before) => payment.setPaymentMode(before, order))
  creditReview.later(device)
}
