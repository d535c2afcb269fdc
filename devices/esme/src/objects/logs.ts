import * as o from '@smets2-sim/gbcs'
import { type CosemContext, type Device, type Log, methodOf, plainView, raise, type View } from '@smets2-sim/firmware'
import { tenancyStart } from '../running/tenancy.js'

type TimedLog = o.Attribute<readonly { readonly time: number }[]>

/** Logs of what the people in the premises have used and paid: what was before a change of tenancy is for nobody. */
const personal: readonly TimedLog[] = [
  o.importProfileLog.buffer,
  o.exportProfileLog.buffer,
  o.reactiveImportProfileLog.buffer,
  o.dailyConsumptionLog.buffer,
  o.dailyReadLog.buffer,
  o.exportDailyReadLog.buffer,
  o.prepaymentDailyReadLog.buffer,
  o.billingCalendarLog.buffer,
  o.billingCalendarPrepaymentLog.buffer,
  o.billingModeTariffLog.buffer,
  o.prepaymentCreditLog.buffer,
  o.debtPaymentLog.buffer,
]

/** Row for a log that is read from the change of tenancy on. */
function personalLog(member: TimedLog): readonly [string, View] {
  const read = (device: Device, from: number, to: number) =>
    member.schema.encode(
      (device.log(member.item) as Log<{ time: number }>).between(Math.max(from, tenancyStart(device)), to),
    )
  return [
    member.key,
    {
      ...plainView(member),
      get: ({ device }) => read(device, 0, Infinity),
      select: ({ device }, { from, to }) => read(device, from, to),
    },
  ]
}

const clear =
  ({ item }: TimedLog) =>
  ({ device }: CosemContext): void => {
    device.after(() => device.log(item).clear())
    raise(device, 'eventLogCleared')
  }

/** Logs: all are read by range; two can be cleared (ECS15a, ECS15c), the security log cannot. facts 4.4. */
export const logViews = [
  ...personal.map(personalLog),
  methodOf(o.eventLog.reset, clear(o.eventLog.buffer)),
  methodOf(o.auxiliaryControllerEventLog.reset, clear(o.auxiliaryControllerEventLog.buffer)),
]
