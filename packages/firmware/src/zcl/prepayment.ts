import { utrnCounterOf } from '@smets2-sim/gbcs'
import { prepayment, zclStatus } from '@smets2-sim/zcl'
import {
  changeCredit,
  creditItems,
  creditSettings,
  paymentControls,
  readCredit,
  readSettings,
  reviewCredit,
  writeCredit,
} from '../gas/credit.js'
import { activateEmergencyCredit } from '../gas/credit-rules.js'
import { enterToken, topUpResult } from '../gas/top-up.js'
import { supplyStatus, supplyStatusOf, valveState } from '../gas/valve.js'
import type { Item } from '../state/item-store.js'
import { calendarInForce, calendarType } from './calendar.js'
import { type FieldsOf, refuseUnless } from './fields.js'
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

/** Cut-off value that leaves the disablement threshold as it is. facts 6.7. */
const UNCHANGED = -1
/** Identifier of the non-disablement calendar in the answer. gbz_commands.json, GCS02. */
const NON_DISABLEMENT_CALENDAR = 2

/** GCS02, GCS03. */
function changePaymentMode(context: ZclContext, fields: FieldsOf<Commands['changePaymentMode']>): ZclAnswer {
  const { device } = context
  const control = checkedControl(fields.proposedPaymentControlConfiguration)
  device.items.write(creditSettings.paymentControl, control)
  if (fields.cutOffValue !== UNCHANGED) device.items.write(creditSettings.disablementThreshold, fields.cutOffValue)
  afterwards(context, () => reviewCredit(device))
  return paymentModeAnswer(context)
}
function checkedControl(control: number): number {
  const allowed: readonly number[] = [paymentControls.credit, ...paymentControls.prepayment]
  refuseUnless(allowed.includes(control), `payment control configuration ${control}`)
  return control
}
const paymentModeAnswer = ({ device }: ZclContext): ZclAnswer => [
  {
    command: 'changePaymentModeResponse',
    fields: {
      friendlyCredit: calendarInForce(device, calendarType.nonDisablement) ? 1 : 0,
      friendlyCreditCalendarId: NON_DISABLEMENT_CALENDAR,
      emergencyCreditLimit: device.items.read(creditSettings.emergencyCreditLimit),
      emergencyCreditThreshold: device.items.read(creditSettings.emergencyCreditThreshold),
    },
  },
]

/** Debts by their amount type, the incremental ones: GBCS uses no other. gbz_commands.json, GCS04. */
const debts: Readonly<Record<number, keyof typeof creditItems>> = { 1: 'timeDebt1', 3: 'timeDebt2', 5: 'paymentDebt' }
const BY_TIME = 0
const BY_PAYMENT = 1

/** GCS04. A debt does not go below 0: more than is owed clears it (our decision). */
function changeDebt({ device: { items } }: ZclContext, fields: FieldsOf<Commands['changeDebt']>): void {
  const debt = debts[fields.debtAmountType]
  const byPayment = debt === 'paymentDebt'
  refuseUnless(debt !== undefined, `debt amount type ${fields.debtAmountType}`)
  refuseUnless(fields.debtRecoveryMethod === (byPayment ? BY_PAYMENT : BY_TIME), 'the recovery method of another debt')
  refuseUnless(fields.debtRecoveryFrequency <= 1, `recovery frequency ${fields.debtRecoveryFrequency}`)
  items.update(creditItems[debt], (owed) => Math.max(0, owed + fields.debtAmount))
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
function creditAdjustment(context: ZclContext, fields: FieldsOf<Commands['creditAdjustment']>): void {
  const { device } = context
  const { creditAdjustmentType: type, creditAdjustmentValue: value } = fields
  const credit = readCredit(device)
  switch (type) {
    case adjustment.adjustBalance:
      writeCredit(device, { ...credit, balance: within(credit.balance + value) })
      break
    case adjustment.setBalance:
      writeCredit(device, {
        ...credit,
        balance: value,
        accumulatedDebt: 0,
        emergency: 'unavailable',
        emergencyLeft: 0,
        emergencyUsed: 0,
      })
      break
    case adjustment.setBill:
      writeCredit(device, { ...credit, billToDate: value })
      break
    case adjustment.adjustBill:
      writeCredit(device, { ...credit, billToDate: within(credit.billToDate - value) })
      break
    default:
      refuseUnless(false, `credit adjustment type ${type}`)
  }
  afterwards(context, () => reviewCredit(device))
}

/**
 * GCS06, PCS02: selects emergency credit where it is available. Where it is not the command is done without effect, as
 * the ZCL has it: what is lent is read from the attributes (our decision).
 */
function selectEmergencyCredit(context: ZclContext): void {
  const { device } = context
  changeCredit(device, (credit, settings) => activateEmergencyCredit(credit, settings) ?? { credit, raised: [] })
  afterwards(context, () => reviewCredit(device))
}

const NOTHING = -1
/** CS01b, PCS01. */
function consumerTopUp({ device, execution }: ZclContext, fields: FieldsOf<Commands['consumerTopUp']>): ZclAnswer {
  const wasOff = supplyStatusOf(valveState(device)) === supplyStatus.off
  const byCommand = execution && execution.role !== 'device'
  const outcome = enterToken(device, {
    digits: fields.topUpCode,
    ...(byCommand
      ? { by: 'command', utrnCounter: utrnCounterOf(execution.message.originatorCounter) }
      : { by: 'hand' }),
  })
  const source = fields.originatingDevice
  if (outcome.kind === 'refused') return { refused: topUpAnswer(topUpResult[outcome.reason], NOTHING, source, NOTHING) }
  const armed = wasOff && supplyStatusOf(valveState(device)) === supplyStatus.armed
  const result = armed ? topUpResult.acceptedSupplyArmed : topUpResult.accepted
  return topUpAnswer(result, outcome.amount, source, device.items.read(creditItems.balance))
}
const topUpAnswer = (resultType: number, topUpValue: number, sourceOfTopUp: number, creditRemaining: number) => [
  { command: 'consumerTopUpResponse', fields: { resultType, topUpValue, sourceOfTopUp, creditRemaining } },
]

/** A top-up that was accepted tells what the balance was before it, and that the meter was in prepayment mode. */
const learnTopUp: Learn = ({ device }, { resultType, topUpValue, creditRemaining }) => {
  if (resultType !== topUpResult.accepted && resultType < 0x10) return
  device.items.write(creditItems.balance, creditRemaining - topUpValue)
  if (!readSettings(device).prepayment) device.items.write(creditSettings.paymentControl, paymentControls.prepayment[3])
}

/** The answer to a change of mode tells of emergency credit, and whether there is a non-disablement calendar. */
const learnPaymentMode: Learn = ({ device }, fields) => {
  device.items.write(creditSettings.emergencyCreditLimit, fields['emergencyCreditLimit'])
  device.items.write(creditSettings.emergencyCreditThreshold, fields['emergencyCreditThreshold'])
  if (fields['friendlyCredit'] !== 0 && !calendarInForce(device, calendarType.nonDisablement))
    device.profile.zcl?.learns.get('calendar.publishSpecialDays')?.({ device, now: device.now }, someCalendar)
}
/** A non-disablement calendar of which nothing is known but that it is there. */
const someCalendar: Fields = {
  providerId: 0,
  issuerEventId: 0,
  issuerCalendarId: 0,
  startTime: 0,
  calendarType: calendarType.nonDisablement,
  totalNumberOfSpecialDays: 0,
  commandIndex: 0,
  totalNumberOfCommands: 1,
  specialDayEntry: [],
}

const as =
  <F>(handle: (context: ZclContext, fields: F) => ZclAnswer) =>
  (context: ZclContext, fields: Fields): ZclAnswer =>
    handle(context, fields as F)
const settingsRow = (
  time: (fields: Fields, fromDateTime: number | undefined) => number | undefined,
  ...pairs: readonly (readonly [field: string, kept: Item<number>])[]
): CommandRow => ({
  startTime: (fields, fromDateTime) => time(fields, fromDateTime) ?? 0,
  handle(context, fields) {
    for (const [field, kept] of pairs) context.device.items.write(kept, fields[field] as number)
    afterwards(context, () => reviewCredit(context.device))
  },
})
const implementation = ({ implementationDateTime }: Fields): number => implementationDateTime as number
const start = ({ startTime }: Fields): number => startTime as number

/** Account, debts and settings of a meter. */
export const prepaymentWrites: ClusterServer = {
  commands: {
    'prepayment.changePaymentMode': {
      handle: as(changePaymentMode),
      startTime: implementation,
      answer(context, { proposedPaymentControlConfiguration: control }) {
        checkedControl(control)
        return paymentModeAnswer(context)
      },
    },
    'prepayment.changeDebt': { handle: as(changeDebt) },
    'prepayment.creditAdjustment': { handle: as(creditAdjustment), startTime: start },
    'prepayment.selectAvailableEmergencyCredit': { handle: selectEmergencyCredit },
    'prepayment.consumerTopUp': {
      handle: as(consumerTopUp),
      failed: () => ({ refused: topUpAnswer(topUpResult.error, NOTHING, 0, NOTHING) }),
    },
    'prepayment.emergencyCreditSetup': settingsRow(
      start,
      ['emergencyCreditLimit', creditSettings.emergencyCreditLimit],
      ['emergencyCreditThreshold', creditSettings.emergencyCreditThreshold],
    ),
    'prepayment.setOverallDebtCap': settingsRow(implementation, ['overallDebtCap', creditSettings.debtCap]),
    'prepayment.setLowCreditWarningLevel': settingsRow(
      (_fields, fromDateTime) => fromDateTime,
      ['lowCreditWarningLevel', creditSettings.lowCreditThreshold],
    ),
    'prepayment.setMaximumCreditLimit': settingsRow(
      implementation,
      ['maximumCreditLevel', creditSettings.maxCreditLimit],
      ['maximumCreditPerTopUp', creditSettings.maxCreditPerTopUp],
    ),
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
    'prepayment.changePaymentModeResponse': learnPaymentMode,
  },
}
