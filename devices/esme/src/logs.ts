import * as o from '@smets2-sim/gbcs'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { ColumnLog, type DeviceProfile, type Log, ringLog } from '@smets2-sim/firmware'

/** 13 months of half hours. */
const THIRTEEN_MONTHS = 19_056
/** 3 months of half hours. */
const THREE_MONTHS = 4_464

interface ImportEntry {
  readonly time: UtcSeconds
  readonly primaryWh: number
  readonly secondaryWh?: number
}

/** Half hours of import in typed arrays: what a second element metered is there where there is one. */
class ImportProfileLog implements Log<ImportEntry> {
  readonly #columns = new ColumnLog(THIRTEEN_MONTHS, ['time', 'primaryWh', 'secondaryWh', 'isTwin'])
  readonly capacity = THIRTEEN_MONTHS

  get length(): number {
    return this.#columns.length
  }
  get revision(): number {
    return this.#columns.revision
  }
  append({ time, primaryWh, secondaryWh }: ImportEntry): void {
    this.#columns.append({ time, primaryWh, secondaryWh: secondaryWh ?? 0, isTwin: secondaryWh === undefined ? 0 : 1 })
  }
  clear(): void {
    this.#columns.clear()
  }
  *entries(): IterableIterator<ImportEntry> {
    for (const row of this.#columns.entries()) yield entryOf(row)
  }
  between(from: UtcSeconds, to: UtcSeconds): ImportEntry[] {
    return this.#columns.between(from, to).map(entryOf)
  }
}
type Row = { readonly time: number; readonly primaryWh: number; readonly secondaryWh: number; readonly isTwin: number }
const entryOf = ({ time, primaryWh, secondaryWh, isTwin }: Row): ImportEntry =>
  isTwin ? { time, primaryWh, secondaryWh } : { time, primaryWh }

const columns =
  <K extends string>(capacity: number, names: readonly [K, ...K[]]) =>
  (): Log<any> =>
    new ColumnLog(capacity, names)

/** Logs of an ESME by the member that reads them, with their capacities. facts 4.4, 5.5, 12.4. */
export const esmeLogs: DeviceProfile['logs'] = {
  [o.eventLog.buffer.item]: ringLog(100),
  [o.securityLog.buffer.item]: ringLog(100),
  [o.powerEventLog.buffer.item]: ringLog(100),
  [o.auxiliaryControllerEventLog.buffer.item]: ringLog(100),
  [o.boostFunctionEventLog.buffer.item]: ringLog(25),
  [o.importProfileLog.buffer.item]: () => new ImportProfileLog(),
  [o.exportProfileLog.buffer.item]: columns(THREE_MONTHS, ['time', 'activeWh', 'reactiveVarh']),
  [o.reactiveImportProfileLog.buffer.item]: columns(THREE_MONTHS, ['time', 'value']),
  [o.dailyConsumptionLog.buffer.item]: columns(731, ['time', 'value']),
  [o.dailyReadLog.buffer.item]: ringLog(31),
  [o.prepaymentDailyReadLog.buffer.item]: ringLog(31),
  [o.exportDailyReadLog.buffer.item]: ringLog(31),
  [o.billingCalendarLog.buffer.item]: ringLog(12),
  [o.billingCalendarPrepaymentLog.buffer.item]: ringLog(12),
  [o.billingModeTariffLog.buffer.item]: ringLog(12),
  [o.prepaymentCreditLog.buffer.item]: ringLog(5),
  [o.debtPaymentLog.buffer.item]: ringLog(10),
  ...Object.fromEntries(
    [o.averageRmsVoltageProfileLogPhase1, o.averageRmsVoltageProfileLogPhase2, o.averageRmsVoltageProfileLogPhase3].map(
      ({ buffer }) => [buffer.item, columns(4_320, ['time', 'value'])],
    ),
  ),
}
