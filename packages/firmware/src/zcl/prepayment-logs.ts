import { equalBytes } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { DebtPayment, TopUpEntryLogged } from '../gas/top-up.js'
import type { Log } from '../state/ring-log.js'
import { notFound } from './fields.js'
import { insertByTime } from './log-order.js'
import type { ClusterServer, ZclAnswer, ZclContext } from './profile.js'
import { visibleFrom } from './tenancy.js'

type Fields = Readonly<Record<string, any>>

/** The latest entries of a log up to a time, oldest first; reads that have a start ask from there on. facts 6.6. */
function latest<E extends { time: UtcSeconds }>(
  context: ZclContext,
  name: string,
  latestEndTime: number,
  count: number,
): readonly E[] {
  const from = Math.max(context.fromDateTime ?? 0, visibleFrom(context))
  const found = (context.device.log(name) as Log<E>).between(from, latestEndTime)
  return count === 0 ? found : found.slice(-count)
}
const single = { commandIndex: 0, totalNumberOfCommands: 1 } as const

/** GCS15e: newest first, as in the reference messages. */
function getTopUpLog(context: ZclContext, { latestEndTime, numberOfRecords }: Fields): ZclAnswer {
  const found = latest<TopUpEntryLogged>(context, 'topUps.buffer', latestEndTime, numberOfRecords)
  if (found.length === 0) return notFound
  const topUpPayload = found.map(({ code, amount, time }) => ({ code, amount, time })).reverse()
  return [{ command: 'publishTopUpLog', fields: { ...single, topUpPayload } }]
}

/** The payment debt is debt 3 of the ZCL. facts 10.11. */
const PAYMENT_DEBT = 2

/** GCS15d: oldest first, as in the reference messages. */
function getDebtRepaymentLog(context: ZclContext, { latestEndTime, numberOfDebts, debtType }: Fields): ZclAnswer {
  const found = latest<DebtPayment>(context, 'debtPayments.buffer', latestEndTime, numberOfDebts)
  if (found.length === 0 || debtType !== PAYMENT_DEBT) return notFound
  const debtPayload = found.map(({ time, amount, outstanding }) => ({
    collectionTime: time,
    amountCollected: amount,
    debtType: PAYMENT_DEBT,
    outstandingDebt: outstanding,
  }))
  return [{ command: 'publishDebtLog', fields: { ...single, debtPayload } }]
}

const timeOf = ({ time }: { time: UtcSeconds }): UtcSeconds => time

/** Logs of top-ups and of payment-debt payments. */
export const prepaymentLogReads: ClusterServer = {
  commands: {
    'prepayment.getTopUpLog': { handle: getTopUpLog },
    'prepayment.getDebtRepaymentLog': { handle: getDebtRepaymentLog },
  },
  learns: {
    'prepayment.publishTopUpLog': ({ device }, { topUpPayload }) =>
      insertByTime<TopUpEntryLogged>(device.log('topUps.buffer'), timeOf, topUpPayload, (one, other) =>
        equalBytes(one.code, other.code),
      ),
    'prepayment.publishDebtLog': ({ device }, { debtPayload }) =>
      insertByTime<DebtPayment>(
        device.log('debtPayments.buffer'),
        timeOf,
        (debtPayload as Fields[]).map(({ collectionTime, amountCollected, outstandingDebt }) => ({
          time: collectionTime,
          amount: amountCollected,
          outstanding: outstandingDebt,
        })),
        (one, other) => one.amount === other.amount,
      ),
  },
}
