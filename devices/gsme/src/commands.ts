import {
  afterwards,
  type Handover,
  type ClusterServer,
  type CommandRow,
  type Device,
  push,
  readCredit,
  snapshotCause,
  type ZclContext,
  type ZclProfile,
} from '@smets2-sim/firmware'
import { keepSnapshots } from './billing.js'

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

const all = { latestEndTime: 0xfffffffe, numberOfRecords: 5, numberOfDebts: 1, debtType: 2 } as const

/** The proxy gets the latest top-ups, and the payment of a debt that one made. facts 10.11. */
function pushTopUp(context: ZclContext, commands: ZclProfile['commands'], debtBefore: number): void {
  const { device } = context
  const read = (command: string): void => {
    const answer = commands.get(`prepayment.${command}`)?.handle({ device, now: device.now }, all)
    if (!Array.isArray(answer)) return
    for (const { command: published, fields } of answer as { command: string; fields: Record<string, unknown> }[])
      push(device, { kind: 'published', time: device.now, command: `prepayment.${published}`, fields })
  }
  read('getTopUpLog')
  if (readCredit(device).paymentDebt < debtBefore) read('getDebtRepaymentLog')
}

/** What a meter does besides what each command says: snapshots at changes, and news for its proxy. facts 10.11. */
export function meterCommands(commands: ZclProfile['commands']): ClusterServer {
  const row = (key: string): CommandRow => commands.get(key) as CommandRow
  const topUp = row('prepayment.consumerTopUp')
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
      'prepayment.consumerTopUp': {
        ...topUp,
        handle(context, fields) {
          const debtBefore = readCredit(context.device).paymentDebt
          return then(topUp, () => afterwards(context, () => pushTopUp(context, commands, debtBefore))).handle(
            context,
            fields,
          )
        },
      },
    },
  }
}

/** A new supplier starts from registers that both can quote. facts 10.11. */
export function supplierReplaced(device: Device, _changes: unknown, handovers: readonly Handover[]): void {
  if (handovers.some(({ role }) => role === 'supplier')) keepSnapshots(device, snapshotCause.changeOfSupplier)
}
