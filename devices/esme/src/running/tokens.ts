import * as o from '@smets2-sim/gbcs'
import { type Device, payment, utrnCounterCache } from '@smets2-sim/firmware'
import { account, accountSettingsOf, manualEntry } from '../data/account.js'
import { settleAccount } from './account.js'
import { reviewCredit } from './credit.js'
import { append } from './records.js'
import { raiseAll } from './supply.js'

/** What becomes of a token, before anything does. */
export function judgeToken(device: Device, token: payment.Token): payment.TokenStep {
  settleAccount(device)
  const { items } = device
  return payment.enterToken(
    { account: items.read(account), counters: payment.tokenCountersOf(device), manual: items.read(manualEntry) },
    accountSettingsOf(device),
    { ...token, now: device.now },
    (ptut, utrnCounter) => payment.isTokenOfSupplier(device, ptut, utrnCounter),
  )
}

/** Lets it become so: credit, counters and lock-out at once, with the entries of the logs. facts 5.5, 9.7. */
export function applyToken(device: Device, { state, outcome, raised }: payment.TokenStep): void {
  const { items } = device
  items.write(account, state.account)
  items.write(utrnCounterCache, state.counters.cache)
  items.write(manualEntry, state.manual)
  raiseAll(device, raised)
  if (outcome.kind === 'refused') return
  const { now: time } = device
  append(device, o.prepaymentCreditLog.buffer, { time, amountMillipence: outcome.millipence })
  const { paymentDebtMillipence } = outcome.parts
  if (paymentDebtMillipence > 0)
    append(device, o.debtPaymentLog.buffer, { time, amountMillipence: paymentDebtMillipence })
  reviewCredit(device)
}
