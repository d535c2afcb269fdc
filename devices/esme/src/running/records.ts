import * as o from '@smets2-sim/gbcs'
import { type Device, payment, raise } from '@smets2-sim/firmware'
import { account } from '../data/account.js'
import { voltageObjects } from '../data/metering.js'
import { billingDataLogUpdated, outageRestored } from '../events.js'
import { hardwareOf } from '../hardware.js'
import { type MeteringEvent, type MeteringEventKind, type RegisterEntry } from '../metering/index.js'

type EventOf<K extends MeteringEventKind> = MeteringEvent & { readonly kind: K }
type Records = { readonly [K in MeteringEventKind]?: (device: Device, event: EventOf<K>) => void }

/** Adds an entry to the log behind a member, when what causes it has succeeded. */
export const append = <E>(device: Device, { item }: o.Attribute<readonly E[]>, entry: E): void =>
  device.after(() => device.log(item).append(entry))

/** The six amounts of prepayment logs at a time. */
export const prepaymentEntryOf = (device: Device, time: number) => ({
  time,
  ...payment.prepaymentRegisters(device.items.read(account)),
})
const isPrepayment = (device: Device): boolean => device.items.read(account).paymentMode === 'prepayment'

/** What the meter does about what metering tells. Kinds that are not here have no consequence outside metering. */
const records: Records = {
  halfHourEnded(device, { time, ...energy }) {
    append(device, o.importProfileLog.buffer, {
      time,
      primaryWh: energy.activeImportWh,
      ...(hardwareOf(device).variant === 'twinElement' && { secondaryWh: energy.secondaryActiveImportWh }),
    })
    append(device, o.exportProfileLog.buffer, {
      time,
      activeWh: energy.activeExportWh,
      reactiveVarh: energy.reactiveExportVarh,
    })
    append(device, o.reactiveImportProfileLog.buffer, { time, value: energy.reactiveImportVarh })
  },
  dayEnded(device, { time, registers, activeExportWh, consumptionWh }) {
    append(device, o.dailyReadLog.buffer, registers)
    append(device, o.exportDailyReadLog.buffer, { time, value: activeExportWh })
    append(device, o.dailyConsumptionLog.buffer, { time, value: consumptionWh })
    if (isPrepayment(device)) append(device, o.prepaymentDailyReadLog.buffer, prepaymentEntryOf(device, time))
  },
  billing(device, { time, registers }) {
    const prepayment = isPrepayment(device)
    append(device, o.billingCalendarLog.buffer, registers)
    if (prepayment) append(device, o.billingCalendarPrepaymentLog.buffer, prepaymentEntryOf(device, time))
    billingDataLogUpdated(device, prepayment)
  },
  averageRmsVoltage(device, { time, phase, averageV }) {
    append(device, voltageObjects[phase].profile.buffer, { time, value: averageV })
  },
  supplyInterrupted(device, { time, alert }) {
    raise(device, alert, { time })
  },
  supplyRestored(device, { time, phase, interruptedAt }) {
    const isPolyphase = hardwareOf(device).variant === 'polyphase'
    outageRestored(device, isPolyphase ? phase : 'all', interruptedAt, time)
  },
  powerQuality(device, { time, alert, value }) {
    raise(device, alert, { time, powerValue: value })
  },
}

/** Records an event of metering. */
export function record<K extends MeteringEventKind>(device: Device, event: EventOf<K>): void {
  ;(records[event.kind] as ((device: Device, event: EventOf<K>) => void) | undefined)?.(device, event)
}

/** An entry of the billing data log for a change of payment mode or tariff: one for each second at most. facts 5.5. */
export function recordChange(device: Device, registers: RegisterEntry): void {
  const entry = { ...registers, ...payment.prepaymentRegisters(device.items.read(account)) }
  device.after(() => {
    const log = device.log(o.billingModeTariffLog.buffer.item)
    if (log.between(registers.time, registers.time).length === 0) log.append(entry)
  })
}
