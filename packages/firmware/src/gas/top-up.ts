import { latin1 } from '@smets2-sim/bytes'
import { raise } from '../alerts/raise.js'
import { utrnCounterCache } from '../credentials/top-up-floor.js'
import type { Device } from '../device.js'
import { type ManualEntry, noFailuresYet } from '../payment/manual-entry.js'
import { isTokenOfSupplier, tokenCountersOf } from '../payment/supplier-token.js'
import * as payment from '../payment/token.js'
import { ringLog } from '../state/common-logs.js'
import { type Item, item } from '../state/item-store.js'
import { readAccount, readSettings, reviewCredit, writeAccount } from './credit.js'

const manualEntry: Item<ManualEntry> = item('topUp.manualEntry', noFailuresYet)

/** Logs of top-ups and of payment-debt payments. facts 10.11. */
export const topUpLogs = { 'topUps.buffer': ringLog(5), 'debtPayments.buffer': ringLog(10) } as const
export interface TopUpEntryLogged {
  readonly time: number
  readonly code: Uint8Array
  readonly amount: number
}
export interface DebtPayment {
  readonly time: number
  readonly amount: number
  readonly outstanding: number
}

/** Takes a token by the rules of payment/, with the entries of the logs. facts 9.10. */
export function enterToken(device: Device, token: payment.Token): payment.TokenOutcome {
  const { items, now: time } = device
  const { state, outcome, raised } = payment.enterToken(
    { account: readAccount(device), counters: tokenCountersOf(device), manual: items.read(manualEntry) },
    readSettings(device),
    { ...token, now: time },
    (ptut, utrnCounter) => isTokenOfSupplier(device, ptut, utrnCounter),
  )
  items.write(manualEntry, state.manual)
  if (outcome.kind === 'credited') {
    writeAccount(device, state.account)
    items.write(utrnCounterCache, state.counters.cache)
    const { paymentDebtMillipence: amount } = outcome.parts
    const { paymentDebtMillipence: outstanding } = state.account
    device.after(() => {
      device.log('topUps.buffer').append({ time, code: latin1(token.digits), amount: outcome.millipence })
      if (amount > 0) device.log('debtPayments.buffer').append({ time, amount, outstanding })
    })
  }
  for (const name of raised) raise(device, name)
  if (outcome.kind === 'credited') reviewCredit(device)
  return outcome
}
