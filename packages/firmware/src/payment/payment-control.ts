import type { PaymentModeOrder } from './change.js'

/** Credit mode, in which the two settings have no bits. */
export const CREDIT_MODE: PaymentModeOrder = {
  paymentMode: 'credit',
  suspendDebtEmergency: false,
  suspendDebtDisabled: false,
}
/** Payment Control Configuration of the Prepayment cluster, BITMAP16: the five values that GBCS allows. facts 6.7. */
const values: readonly (readonly [number, PaymentModeOrder])[] = [
  [0x0c94, CREDIT_MODE],
  [0x0497, { paymentMode: 'prepayment', suspendDebtEmergency: true, suspendDebtDisabled: true }],
  [0x0097, { paymentMode: 'prepayment', suspendDebtEmergency: true, suspendDebtDisabled: false }],
  [0x0c97, { paymentMode: 'prepayment', suspendDebtEmergency: false, suspendDebtDisabled: true }],
  [0x0897, { paymentMode: 'prepayment', suspendDebtEmergency: false, suspendDebtDisabled: false }],
]

/** What a bitmap orders; undefined for one that is not legal. */
export const paymentOrderOf = (bitmap: number): PaymentModeOrder | undefined =>
  values.find(([value]) => value === bitmap)?.[1]

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
