import type { prepayment } from '@smets2-sim/zcl'
import { creditSettings } from '../gas/credit.js'
import { CUT_OFF_UNCHANGED, paymentOrderOf } from '../payment/payment-control.js'
import type { Item } from '../state/item-store.js'
import { calendarInForce, calendarType } from './calendar.js'
import { type FieldsOf, refuseUnless } from './fields.js'
import type { ClusterServer, CommandRow, Learn, ZclAnswer, ZclContext } from './profile.js'

type Fields = Readonly<Record<string, any>>

/** Identifier of the non-disablement calendar in the answer. gbz_commands.json, GCS02. */
const NON_DISABLEMENT_CALENDAR = 2

/** GCS02, GCS03. */
function changePaymentMode(context: ZclContext, fields: Fields): ZclAnswer {
  const { proposedPaymentControlConfiguration: control, cutOffValue } = fields as FieldsOf<
    (typeof prepayment)['toServer']['changePaymentMode']
  >
  checkControl(control)
  const { items } = context.device
  items.write(creditSettings.paymentControl, control)
  if (cutOffValue !== CUT_OFF_UNCHANGED) items.write(creditSettings.disablementThreshold, cutOffValue)
  return paymentModeAnswer(context)
}
const checkControl = (control: number): void =>
  refuseUnless(paymentOrderOf(control) !== undefined, `payment control configuration ${control}`)
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

const settings = (
  time: (fields: Fields, fromDateTime: number | undefined) => number | undefined,
  ...pairs: readonly (readonly [field: string, kept: Item<number>])[]
): CommandRow => ({
  startTime: (fields, fromDateTime) => time(fields, fromDateTime) ?? 0,
  handle({ device }, fields) {
    for (const [field, kept] of pairs) device.items.write(kept, fields[field] as number)
  },
})
const implementation = ({ implementationDateTime }: Fields): number => implementationDateTime as number
const start = ({ startTime }: Fields): number => startTime as number

/** Payment mode and prepayment settings, now or at a time: GCS02, GCS03, GCS05. */
export const prepaymentSettings: ClusterServer = {
  commands: {
    'prepayment.changePaymentMode': {
      handle: changePaymentMode,
      startTime: implementation,
      answer(context, { proposedPaymentControlConfiguration: control }) {
        checkControl(control)
        return paymentModeAnswer(context)
      },
    },
    'prepayment.emergencyCreditSetup': settings(
      start,
      ['emergencyCreditLimit', creditSettings.emergencyCreditLimit],
      ['emergencyCreditThreshold', creditSettings.emergencyCreditThreshold],
    ),
    'prepayment.setOverallDebtCap': settings(implementation, ['overallDebtCap', creditSettings.debtCap]),
    'prepayment.setLowCreditWarningLevel': settings(
      (_fields, fromDateTime) => fromDateTime,
      ['lowCreditWarningLevel', creditSettings.lowCreditThreshold],
    ),
    'prepayment.setMaximumCreditLimit': settings(
      implementation,
      ['maximumCreditLevel', creditSettings.maxCreditLimit],
      ['maximumCreditPerTopUp', creditSettings.maxCreditPerTopUp],
    ),
  },
  learns: { 'prepayment.changePaymentModeResponse': learnPaymentMode },
}
