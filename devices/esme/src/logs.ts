import * as o from '@smets2-sim/gbcs'
import { ColumnLog, type DeviceProfile, type Log, RingLog } from '@smets2-sim/firmware'

interface Timed {
  readonly time: number
}
const ring = (capacity: number) => () => new RingLog<Timed>(capacity, ({ time }) => time)

/** 13 months of half hours. */
const THIRTEEN_MONTHS = 19_056
/** 3 months of half hours. */
const THREE_MONTHS = 4_464

/** Logs of an ESME by the member that reads them, with their capacities. facts 4.4, 5.5, 12.4. */
export const esmeLogs: DeviceProfile['logs'] = {
  [o.eventLog.buffer.item]: ring(100),
  [o.securityLog.buffer.item]: ring(100),
  [o.powerEventLog.buffer.item]: ring(100),
  [o.auxiliaryControllerEventLog.buffer.item]: ring(100),
  [o.boostFunctionEventLog.buffer.item]: ring(25),
  [o.importProfileLog.buffer.item]: ring(THIRTEEN_MONTHS),
  [o.exportProfileLog.buffer.item]: (): Log<any> => new ColumnLog(THREE_MONTHS, ['time', 'activeWh', 'reactiveVarh']),
  [o.reactiveImportProfileLog.buffer.item]: (): Log<any> => new ColumnLog(THREE_MONTHS, ['time', 'value']),
  [o.dailyConsumptionLog.buffer.item]: (): Log<any> => new ColumnLog(731, ['time', 'value']),
  [o.dailyReadLog.buffer.item]: ring(31),
  [o.prepaymentDailyReadLog.buffer.item]: ring(31),
  [o.exportDailyReadLog.buffer.item]: ring(31),
  [o.billingCalendarLog.buffer.item]: ring(12),
  [o.billingCalendarPrepaymentLog.buffer.item]: ring(12),
  [o.billingModeTariffLog.buffer.item]: ring(12),
  [o.prepaymentCreditLog.buffer.item]: ring(5),
  [o.debtPaymentLog.buffer.item]: ring(10),
  ...Object.fromEntries(
    [o.averageRmsVoltageProfileLogPhase1, o.averageRmsVoltageProfileLogPhase2, o.averageRmsVoltageProfileLogPhase3].map(
      ({ buffer }) => [buffer.item, (): Log<any> => new ColumnLog(4_320, ['time', 'value'])],
    ),
  ),
}
