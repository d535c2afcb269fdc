import { GbcsError } from '@smets2-sim/bytes'
import type { PaymentModeOrder } from './change.js'

/** Payment Control Configuration of the Prepayment cluster, BITMAP16: the five values that GBCS allows. facts 6.7. */
const values: readonly (readonly [number, PaymentModeOrder])[] = [
  [0x0c94, { paymentMode: 'credit', suspendDebtEmergency: false, suspendDebtDisabled: false }],
  [0x0497, { paymentMode: 'prepayment', suspendDebtEmergency: true, suspendDebtDisabled: true }],
  [0x0097, { paymentMode: 'prepayment', suspendDebtEmergency: true, suspendDebtDisabled: false }],
  [0x0c97, { paymentMode: 'prepayment', suspendDebtEmergency: false, suspendDebtDisabled: true }],
  [0x0897, { paymentMode: 'prepayment', suspendDebtEmergency: false, suspendDebtDisabled: false }],
]

/** @throws GbcsError `invalidValue` for any other value */
export function readPaymentControl(bitmap: number): PaymentModeOrder {
  const row = values.find(([value]) => value === bitmap)
  if (!row)
    throw new GbcsError('invalidValue', `payment control configuration 0x${bitmap.toString(16)} is no legal value`)
  return row[1]
}

/** The bitmap that stands for a payment mode; in credit mode the two settings have no bits. */
export const paymentControl = (order: PaymentModeOrder): number =>
  (
    values.find(
      ([, o]) =>
        o.paymentMode === order.paymentMode &&
        (o.paymentMode === 'credit' ||
          (o.suspendDebtDisabled === order.suspendDebtDisabled &&
            o.suspendDebtEmergency === order.suspendDebtEmergency)),
    ) as (typeof values)[number]
  )[0]

/** Cut-off value that leaves the disablement threshold as it is (0xFFFFFFFF). facts 6.7. */
export const CUT_OFF_UNCHANGED = -1
