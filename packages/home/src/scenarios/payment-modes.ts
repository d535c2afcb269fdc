import { encodeDateTime, logicalName, logicalNameBytes, type UtcSeconds } from '@smets2-sim/cosem'
import { type Addressee, type CommandRequest, ECS02, ECS03 } from '@smets2-sim/gbcs'

// Orders of a payment mode, as suppliers send them. facts 5.13.

const ALL = '111'
/** Not collected while the supply is disabled. */
const SUSPENDED = '110'

type Row = readonly [credit: string, charge: string, collection?: string]
const rows = (list: readonly Row[]) =>
  list.map(([credit, charge, collection = ALL]) => ({
    credit: logicalNameBytes(logicalName(`0-0:19.10.${credit}.255`)),
    charge: logicalNameBytes(logicalName(`0-0:19.20.${charge}.255`)),
    collection,
  }))

/** Credits: 0 meter balance, 1 emergency credit. Charges: 0 consumption, 1 and 2 time debts, 3 payment debt, 4 standing charge. */
const creditRows = rows([
  ['0', '0'],
  ['0', '4'],
])
const prepaymentRows = rows([
  ['0', '0'],
  ['0', '4'],
  ['0', '1', SUSPENDED],
  ['0', '2', SUSPENDED],
  ['0', '3'],
  ['1', '3'],
  ['1', '0'],
  ['1', '4'],
  ['1', '1', SUSPENDED],
  ['1', '2', SUSPENDED],
])
const ACTIVE = 2
/** Activation time that means now. facts 3.2. */
const NOW = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0xff])
const timeOf = (at: UtcSeconds | undefined): Uint8Array => (at === undefined ? NOW : encodeDateTime(at))

/** ECS02: credit mode, now or at a time. */
export const creditMode = (to: Addressee, at?: UtcSeconds): CommandRequest =>
  ECS02.command({
    to,
    accountNextModeAndStatus: { paymentMode: 1, accountStatus: ACTIVE },
    accountNextCreditChargeConfiguration: creditRows,
    accountNextActivationTime: timeOf(at),
  })

/** ECS03: prepayment mode, with the balance below which supply is disabled; time debts rest while it is. */
export const prepaymentMode = (
  to: Addressee,
  disablementThresholdMillipence: number,
  at?: UtcSeconds,
): CommandRequest =>
  ECS03.command({
    to,
    accountNextModeAndStatus: { paymentMode: 2, accountStatus: ACTIVE },
    disablementThresholdActivationValuePassive: disablementThresholdMillipence,
    accountNextCreditChargeConfiguration: prepaymentRows,
    disablementThresholdActivationActivatePassiveValueTime: timeOf(at),
    accountNextActivationTime: timeOf(at),
  })
