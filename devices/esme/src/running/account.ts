import { type Device, payment } from '@smets2-sim/firmware'
import { account, accountSettingsOf } from '../data/account.js'
import { reviewCredit } from './credit.js'
import { meterUp } from './meter-up.js'
import { controlStateOf, raiseAll } from './supply.js'

export const accountOf = (device: Device): payment.Account => device.items.read(account)

/** Charges and collects all that is due by now. What comes after is charged by the settings of then. */
export function settleAccount(device: Device): void {
  meterUp(device)
  if (accountOf(device).collectedUntil >= device.now) return
  become(device, (before, settings) =>
    payment.collect(before, settings, device.now, controlStateOf(device) === 'disabled'),
  )
}

type Change = (account: payment.Account, settings: payment.AccountSettings) => payment.AccountStep

function become(device: Device, change: Change): void {
  const step = change(accountOf(device), accountSettingsOf(device))
  device.items.write(account, step.account)
  raiseAll(device, step.raised)
}

/**
 * Changes the account at the present: what is due so far is charged first, the alerts of the change are raised, and the
 * credit is compared with its thresholds, which may turn the supply on or off.
 */
export function changeAccount(device: Device, change: Change): void {
  settleAccount(device)
  become(device, change)
  reviewCredit(device)
}

/** The same for a change that raises nothing of its own. */
export const editAccount = (device: Device, change: (account: payment.Account) => payment.Account): void =>
  changeAccount(device, (before) => ({ account: change(before), raised: [] }))
