import * as o from '@smets2-sim/gbcs'
import { type CellChange, type Device, type Handover, readAttribute } from '@smets2-sim/firmware'
import { billingDataLogUpdated } from './events.js'

/** Numbers of the payment mode in the account. facts 5.8. */
const PREPAYMENT = 2
const TOU_REGISTERS = 48
const BLOCK_REGISTERS = 8
/** Registers and counters of a block in its collection. facts 12.2. */
const BLOCK_STRIDE = 16

/** All registers at this moment, as the billing data log keeps them. facts 5.5. */
function registersNow(device: Device) {
  const { activeImportWh, secondaryActiveImportWh } = readAttribute(device, o.importRegisterCollection.value)
  const { primaryWh: touWh, secondaryWh: secondaryTouWh } = readAttribute(device, o.tariffTouRegisterCollection.value)
  const { primaryWh: blocks } = readAttribute(device, o.tariffBlockTouRegisterCollection.value)
  const block = (i: number): number[] =>
    Array.from({ length: BLOCK_REGISTERS }, (_, n) => blocks[i * BLOCK_STRIDE + n] ?? 0)
  return {
    time: device.now,
    activeImportWh,
    ...(secondaryActiveImportWh !== undefined && { secondaryActiveImportWh }),
    touWh: Array.from({ length: TOU_REGISTERS }, (_, n) => touWh[n] ?? 0),
    ...(secondaryTouWh !== undefined && { secondaryTouWh }),
    block1Wh: block(0),
    block2Wh: block(1),
    block3Wh: block(2),
    block4Wh: block(3),
  }
}

/**
 * A new supplier follows another: the billing period of the one ends and that of the other begins with one and the
 * same entry of the billing data log, of which both are told, each under its own key.
 */
export function supplierChanged(device: Device, _changes: readonly CellChange[], handovers: readonly Handover[]): void {
  const former = handovers.filter(({ role }) => role === 'supplier').map(({ losing }) => losing)
  if (former.length === 0) return
  const isPrepayment = readAttribute(device, o.account.modeAndStatus).paymentMode === PREPAYMENT
  const registers = registersNow(device)
  const balances = { time: device.now, ...readAttribute(device, o.prepaymentBalanceCollection.value) }
  device.after(() => {
    device.log(o.billingCalendarLog.buffer.item).append(registers)
    if (isPrepayment) device.log(o.billingCalendarPrepaymentLog.buffer.item).append(balances)
  })
  billingDataLogUpdated(device, isPrepayment, former)
}
