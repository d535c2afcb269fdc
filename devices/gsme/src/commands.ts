import {
  type Handover,
  type ClusterServer,
  type CommandRow,
  type Device,
  snapshotCause,
  type ZclContext,
  type ZclProfile,
} from '@smets2-sim/firmware'
import { billingDataLogUpdated, keepSnapshots } from './billing.js'

/** The same command, and what the meter does when it was carried out. */
const then = (row: CommandRow, follow: (context: ZclContext) => void): CommandRow => ({
  ...row,
  handle(context, fields) {
    const answer = row.handle(context, fields)
    if (!answer || !('refused' in answer || 'status' in answer)) follow(context)
    return answer
  },
})
const snapshot =
  (cause: number) =>
  ({ device }: ZclContext): void =>
    device.after(() => keepSnapshots(device, cause))

/** What a meter does besides what each command says: snapshots at changes. facts 10.11. */
export function meterCommands(commands: ZclProfile['commands']): ClusterServer {
  const row = (key: string): CommandRow => commands.get(key) as CommandRow
  return {
    commands: {
      'price.publishTariffInformation': then(
        row('price.publishTariffInformation'),
        snapshot(snapshotCause.changeOfTariff),
      ),
      'prepayment.changePaymentMode': then(
        row('prepayment.changePaymentMode'),
        snapshot(snapshotCause.changeOfMeterMode),
      ),
    },
  }
}

/**
 * A new supplier follows another: the registers at that moment end the bill of the one and begin that of the other, and
 * both are told, each under its own key. facts 10.11.
 */
export function supplierReplaced(device: Device, _changes: unknown, handovers: readonly Handover[]): void {
  const former = handovers.filter(({ role }) => role === 'supplier').map(({ losing }) => losing)
  if (former.length === 0) return
  keepSnapshots(device, snapshotCause.changeOfSupplier)
  billingDataLogUpdated(device, snapshotCause.changeOfSupplier, former)
}
