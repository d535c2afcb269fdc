import { equalBytes, GbcsError } from '@smets2-sim/bytes'
import { logicalName, logicalNameBytes } from '@smets2-sim/cosem'
import type { PaymentModeOrder } from './change.js'

/** One row of credit_charge_configuration (class 111, attribute 11): this credit pays this charge. */
export interface CreditChargeRow {
  readonly credit: Uint8Array
  readonly charge: Uint8Array
  /** Three bits: `111`, or `110` for time debts that are suspended while the supply is disabled. */
  readonly collection: string
}

const credit = (n: number): Uint8Array => logicalNameBytes(logicalName(`0-0:19.10.${n}.255`))
const charge = (n: number): Uint8Array => logicalNameBytes(logicalName(`0-0:19.20.${n}.255`))
const [METER_BALANCE, EMERGENCY_CREDIT, ACCUMULATED_DEBT] = [0, 1, 2] as const
const [CONSUMPTION, TIME_DEBT_1, TIME_DEBT_2, PAYMENT_DEBT, STANDING, SECONDARY] = [0, 1, 2, 3, 4, 5] as const
const isTimeDebt = (n: number): boolean => n === TIME_DEBT_1 || n === TIME_DEBT_2

/** The rows that order a payment mode, in the order of facts 5.13; `twin` adds the second element of a twin-element meter. */
export function creditChargeRows(order: PaymentModeOrder, twin: boolean): CreditChargeRow[] {
  const suspended = order.suspendDebtDisabled ? '110' : '111'
  const rows = (from: number, charges: readonly number[], bits = suspended): CreditChargeRow[] =>
    charges.map((n) => ({ credit: credit(from), charge: charge(n), collection: isTimeDebt(n) ? bits : '111' }))
  if (order.paymentMode === 'credit')
    return rows(METER_BALANCE, twin ? [CONSUMPTION, STANDING, SECONDARY] : [CONSUMPTION, STANDING])
  return [
    ...rows(METER_BALANCE, [CONSUMPTION, STANDING, TIME_DEBT_1, TIME_DEBT_2, PAYMENT_DEBT]),
    ...rows(EMERGENCY_CREDIT, [PAYMENT_DEBT, CONSUMPTION, STANDING, TIME_DEBT_1, TIME_DEBT_2]),
    ...(order.suspendDebtEmergency ? rows(ACCUMULATED_DEBT, [STANDING, TIME_DEBT_1, TIME_DEBT_2], '111') : []),
    ...(twin ? [...rows(METER_BALANCE, [SECONDARY]), ...rows(EMERGENCY_CREDIT, [SECONDARY])] : []),
  ]
}

const orders: readonly PaymentModeOrder[] = [
  { paymentMode: 'credit', suspendDebtDisabled: false, suspendDebtEmergency: false },
  ...[false, true].flatMap((suspendDebtDisabled) =>
    [false, true].map((suspendDebtEmergency) => ({
      paymentMode: 'prepayment' as const,
      suspendDebtDisabled,
      suspendDebtEmergency,
    })),
  ),
]

/**
 * What a credit_charge_configuration orders. Only the five values of facts 5.13 are legal, each with or without the rows
 * of a second element.
 * @throws GbcsError `invalidValue` for any other
 */
export function readCreditChargeRows(found: readonly CreditChargeRow[]): PaymentModeOrder & { readonly twin: boolean } {
  for (const twin of [false, true])
    for (const order of orders) if (isSame(found, creditChargeRows(order, twin))) return { ...order, twin }
  throw new GbcsError(
    'invalidValue',
    `${found.length} rows of credit_charge_configuration are none of the legal values`,
  )
}

const isSame = (a: readonly CreditChargeRow[], b: readonly CreditChargeRow[]): boolean =>
  a.length === b.length &&
  a.every((row, i) => {
    const other = b[i] as CreditChargeRow
    return (
      row.collection === other.collection &&
      equalBytes(row.credit, other.credit) &&
      equalBytes(row.charge, other.charge)
    )
  })
