import { toLatin1 } from '@smets2-sim/bytes'
import { utrnCounterOf } from '@smets2-sim/gbcs'
import { prepayment, zclStatus } from '@smets2-sim/zcl'
import { changeAccount, creditItems, creditSettings, readAccount, reviewCredit } from '../gas/credit.js'
import { enterToken } from '../gas/top-up.js'
import type { Device } from '../device.js'
import { supplyStatus } from '../gas/valve.js'
import type { Account } from '../payment/account.js'
import {
  activateEmergencyCredit,
  adjustDebt,
  type Debt,
  resetAccumulatedDebt,
  resetEmergencyCredit,
} from '../payment/change.js'
import { CREDIT_MODE, paymentControl } from '../payment/payment-control.js'
import { tokenRefusals } from '../payment/token.js'
import { zclSupplyStatus } from '../supply/supply.js'
import type { Item } from '../state/item-store.js'
import { type FieldsOf, refuseUnless } from './fields.js'
import { prepaymentSettings } from './prepayment-settings.js'
import {
  afterwards,
  type ClusterServer,
  type CommandRow,
  type Learn,
  type ZclAnswer,
  type ZclContext,
  ZclError,
} from './profile.js'

type Commands = (typeof prepayment)['toServer']
type Fields = Readonly<Record<string, any>>

/** Debts by their amount type, the incremental ones: GBCS uses no other. gbz_commands.json, GCS04. */
const debts: Readonly<Record<number, Debt>> = { 1: 'timeDebt1', 3: 'timeDebt2', 5: 'paymentDebt' }
const BY_TIME = 0
const BY_PAYMENT = 1

const edit = (device: Device, change: (account: Account) => Account): void =>
  void changeAccount(device, (account) => ({ account: change(account), raised: [] }))

/** GCS04. */
function changeDebt({ device }: ZclContext, fields: FieldsOf<Commands['changeDebt']>): void {
  const debt = debts[fields.debtAmountType]
  const byPayment = debt === 'paymentDebt'
  refuseUnless(debt !== undefined, `debt amount type ${fields.debtAmountType}`)
  refuseUnless(fields.debtRecoveryMethod === (byPayment ? BY_PAYMENT : BY_TIME), 'the recovery method of another debt')
  refuseUnless(fields.debtRecoveryFrequency <= 1, `recovery frequency ${fields.debtRecoveryFrequency}`)
  edit(device, (account) => adjustDebt(account, debt, fields.debtAmount))
  const { items } = device
  if (byPayment) {
    refuseUnless(fields.debtRecoveryBalancePercentage <= 10_000, 'more than the whole of a top-up')
    return items.write(creditSettings.debtPerPayment, fields.debtRecoveryBalancePercentage)
  }
  const n = debt === 'timeDebt1' ? 0 : 1
  refuseUnless(fields.debtRecoveryAmount >= 0, 'a negative recovery amount')
  items.write(creditSettings.debtAmount[n] as Item<number>, fields.debtRecoveryAmount)
  items.write(creditSettings.debtFrequency[n] as Item<number>, fields.debtRecoveryFrequency)
}

/** Kinds of adjustment. gbz_commands.json, GCS40a to GCS40d. */
const adjustment = { adjustBalance: 0, setBalance: 1, setBill: 2, adjustBill: 3 } as const
const MAX_INT32 = 0x7fffffff
const within = (value: number): number => {
  if (Math.abs(value) > MAX_INT32) throw new ZclError(zclStatus.invalidValue)
  return value
}

/**
 * GCS40a to GCS40d. What is adjusted on a bill is subtracted: it is credit to the consumer (facts 12.5). A reset of the
 * prepayment balance forgets emergency credit and accumulated debt too, as on an electricity meter (facts 5.8).
 */
function creditAdjustment({ device }: ZclContext, fields: FieldsOf<Commands['creditAdjustment']>): void {
  const { items } = device
  const { creditAdjustmentType: type, creditAdjustmentValue: value } = fields
  switch (type) {
    case adjustment.adjustBalance:
      items.update(creditItems.balance, (balance) => within(balance + value))
      break
    case adjustment.setBalance:
      items.write(creditItems.balance, value)
      edit(device, (account) => resetAccumulatedDebt(resetEmergencyCredit(account)))
      break
    case adjustment.setBill:
      items.write(creditItems.billToDate, value)
      break
    case adjustment.adjustBill:
      items.update(creditItems.billToDate, (bill) => within(bill - value))
      break
    default:
      refuseUnless(false, `credit adjustment type ${type}`)
  }
}

/**
 * GCS06, PCS02: selects emergency credit where it is available. Where it is not the command is done without effect, as
 * the ZCL has it: what is lent is read from the attributes (our decision).
 */
const selectEmergencyCredit = ({ device }: ZclContext): void => void changeAccount(device, activateEmergencyCredit)

/** Result types of an accepted top-up, and of one that could not be taken. gbz_commands.json, CS01b. */
const ACCEPTED = 0x00
const ACCEPTED_SUPPLY_ARMED = 0x12
const ERROR = 0x03
const NOTHING = -1
/** CS01b, PCS01. */
function consumerTopUp({ device, execution }: ZclContext, fields: FieldsOf<Commands['consumerTopUp']>): ZclAnswer {
  const wasOff = supplyStatus(device) === zclSupplyStatus.disabled
  const byCommand = execution && execution.role !== 'device'
  const outcome = enterToken(device, {
    digits: toLatin1(fields.topUpCode),
    ...(byCommand
      ? { by: 'command', utrnCounter: utrnCounterOf(execution.message.originatorCounter) }
      : { by: 'ppmid' }),
  })
  const source = fields.originatingDevice
  if (outcome.kind === 'refused')
    return { refused: topUpAnswer(tokenRefusals[outcome.reason].resultType, NOTHING, source, NOTHING) }
  const armed = wasOff && supplyStatus(device) === zclSupplyStatus.armed
  const result = armed ? ACCEPTED_SUPPLY_ARMED : ACCEPTED
  return topUpAnswer(result, outcome.millipence, source, device.items.read(creditItems.balance))
}
const topUpAnswer = (resultType: number, topUpValue: number, sourceOfTopUp: number, creditRemaining: number) => [
  { command: 'consumerTopUpResponse', fields: { resultType, topUpValue, sourceOfTopUp, creditRemaining } },
]

/** A top-up that was accepted tells what the balance was before it, and that the meter was in prepayment mode. */
const learnTopUp: Learn = ({ device }, { resultType, topUpValue, creditRemaining }) => {
  if (resultType !== ACCEPTED && resultType < 0x10) return
  device.items.write(creditItems.balance, creditRemaining - topUpValue)
  if (readAccount(device).paymentMode === 'credit')
    device.items.write(creditSettings.paymentControl, paymentControl({ ...CREDIT_MODE, paymentMode: 'prepayment' }))
}

const as =
  <F>(handle: (context: ZclContext, fields: F) => ZclAnswer) =>
  (context: ZclContext, fields: Fields): ZclAnswer =>
    handle(context, fields as F)
/** The credit is compared with its thresholds when the command is done with. */
const reviewed = (row: CommandRow): CommandRow => ({
  ...row,
  handle(context, fields) {
    const answer = row.handle(context, fields)
    afterwards(context, () => reviewCredit(context.device))
    return answer
  },
})
const settings = Object.fromEntries(
  Object.entries(prepaymentSettings.commands ?? {}).map(([key, row]) => [key, reviewed(row)]),
)

/** Account, debts and settings of a meter. */
export const prepaymentWrites: ClusterServer = {
  commands: {
    ...settings,
    'prepayment.changeDebt': { handle: as(changeDebt) },
    'prepayment.creditAdjustment': reviewed({
      handle: as(creditAdjustment),
      startTime: ({ startTime }) => startTime as number,
    }),
    'prepayment.selectAvailableEmergencyCredit': reviewed({ handle: selectEmergencyCredit }),
    'prepayment.consumerTopUp': {
      handle: as(consumerTopUp),
      failed: () => ({ refused: topUpAnswer(ERROR, NOTHING, 0, NOTHING) }),
    },
  },
  attributes: {
    // an unsigned attribute for an amount that may be in the consumer's favour: two's complement (our decision)
    'metering.billToDateDelivered': {
      get: ({ device }) => device.items.read(creditItems.billToDate) >>> 0,
      prime: ({ device }, value) => device.items.write(creditItems.billToDate, (value as number) | 0),
    },
  },
  learns: {
    'prepayment.consumerTopUpResponse': learnTopUp,
    ...prepaymentSettings.learns,
  },
}
