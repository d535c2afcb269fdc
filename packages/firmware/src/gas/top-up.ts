import { type Eui64, GbcsError, latin1 } from '@smets2-sim/bytes'
import {
  type AlertName,
  checkDigitIsRight,
  decodeUtrn,
  type Ptut,
  ptutMacIsValid,
  ptutMillipence,
  recoverUtrnCounter,
} from '@smets2-sim/gbcs'
import { raise } from '../alerts/raise.js'
import { topUpFloor, utrnCounterCache } from '../credentials/top-up-floor.js'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import { afterFailure, isLockedOut, type ManualEntry, noFailuresYet } from '../payment/manual-entry.js'
import { highestCounter, isUsable, recordCounter, type TokenCounters } from '../payment/utrn-counters.js'
import { ringLog } from '../state/common-logs.js'
import { changeCredit, creditSettings, readCredit, readSettings, reviewCredit } from './credit.js'
import { applyTopUp, divideTopUp, type TopUpParts } from './credit-rules.js'

/** How a token is answered: result types of a Consumer Top Up Response. gbz_commands.json, CS01b. */
export const topUpResult = {
  accepted: 0x00,
  invalid: 0x01,
  duplicate: 0x02,
  error: 0x03,
  maxCreditReached: 0x04,
  lockedOut: 0x05,
  tooLarge: 0x06,
  acceptedSupplyArmed: 0x12,
} as const
type Refusal = Exclude<keyof typeof topUpResult, 'accepted' | 'acceptedSupplyArmed'>

/** A token and the way it came: by a command of the supplier, with its counter, or by hand at the meter or a display. */
export type TopUpEntry = { readonly digits: Uint8Array } & (
  | { readonly by: 'command'; readonly utrnCounter: number }
  | { readonly by: 'hand' }
)
export type TopUpOutcome =
  | { readonly kind: 'credited'; readonly amount: number }
  | { readonly kind: 'refused'; readonly reason: Refusal }

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

const alertOf: Readonly<Partial<Record<Refusal, AlertName>>> = {
  duplicate: 'duplicateUtrnEntered',
  lockedOut: 'utrnRejectedAsLockedOut',
  maxCreditReached: 'creditWouldCauseMeterBalanceToExceedMaximumMeterBalanceThreshold',
  tooLarge: 'utrnExceedsMaximumCreditThreshold',
}

/**
 * Takes a token: credits it once, or says why not. facts 9.10. A token that is refused for its value keeps its counter,
 * so it can be entered again when its hindrance is gone (our decision); a meter in credit mode refuses every token.
 */
export function enterToken(device: Device, entry: TopUpEntry): TopUpOutcome {
  const byHand = entry.by === 'hand'
  if (byHand && isLockedOut(device.items.read(manualEntry), device.now)) return refused(device, 'lockedOut')
  const read = readToken(device, entry)
  if (!('ptut' in read)) {
    if (byHand && read.isGuess) countFailure(device)
    return refused(device, 'invalid', read.alert)
  }
  const { ptut, utrnCounter } = read
  if (!isUsable(countersOf(device), utrnCounter)) return refused(device, 'duplicate')
  const settings = readSettings(device)
  if (!settings.prepayment) return refused(device, 'error')
  const amount = ptutMillipence(ptut)
  const limit = (kept: Item<number>): number => (device.items.has(kept) ? device.items.read(kept) : Infinity)
  if (amount > limit(creditSettings.maxCreditPerTopUp)) return refused(device, 'tooLarge')
  const parts = divideTopUp(readCredit(device), settings, amount, device.now)
  if (readCredit(device).balance + parts.balance > limit(creditSettings.maxCreditLimit))
    return refused(device, 'maxCreditReached')
  device.items.write(utrnCounterCache, recordCounter(countersOf(device), utrnCounter).cache)
  if (byHand) device.items.reset(manualEntry)
  changeCredit(device, (credit) => applyTopUp(credit, parts, device.now))
  log(device, entry.digits, amount, parts)
  if (byHand) raise(device, 'creditAddedLocally')
  reviewCredit(device)
  return { kind: 'credited', amount }
}

type Read = { ptut: Ptut; utrnCounter: number } | { alert?: AlertName; isGuess: boolean }

/** The token of the digits with its counter, if it is one of this supplier for this device. */
function readToken(device: Device, entry: TopUpEntry): Read {
  const supplier = device.anchors.get('supplier', 'prePaymentTopUp')
  const digits = String.fromCharCode(...entry.digits)
  // a mistyped number is no guess, and not logged
  if (!/^[0-9]{20}$/.test(digits) || !checkDigitIsRight(digits)) return { isGuess: false }
  let ptut: Ptut
  try {
    ptut = decodeUtrn(digits)
  } catch (error) {
    if (!(error instanceof GbcsError)) throw error
    return { alert: 'utrnNotForThisDevice', isGuess: true }
  }
  const utrnCounter =
    entry.by === 'command'
      ? entry.utrnCounter
      : recoverUtrnCounter(highestCounter(countersOf(device)), ptut.truncatedCounter)
  if (
    !supplier ||
    utrnCounter === undefined ||
    !isAuthentic(device, supplier.entityId, supplier.publicKey, ptut, utrnCounter)
  )
    return { alert: 'utrnNotAuthentic', isGuess: true }
  return { ptut, utrnCounter }
}

function isAuthentic(device: Device, id: Eui64, publicKey: Uint8Array, ptut: Ptut, utrnCounter: number): boolean {
  const { crypto, keys } = device.ports
  const z = keys.agree({ id, usage: 'prePaymentTopUp', publicKey })
  return ptutMacIsValid(crypto, z, { supplier: id, device: device.id, utrnCounter }, ptut)
}

/** The counters of the device: the floor is the upper half of that which a change of supplier sets; -1 when there is none. */
const countersOf = ({ items }: Device): TokenCounters => ({
  cache: items.read(utrnCounterCache),
  floor: Number(items.read(topUpFloor) >> 32n),
})

function countFailure(device: Device): void {
  const manual = afterFailure(device.items.read(manualEntry), device.now)
  device.items.write(manualEntry, manual)
  if (isLockedOut(manual, device.now)) raise(device, 'utrnManualEntrySuspended')
}

function refused(device: Device, reason: Refusal, alert = alertOf[reason]): TopUpOutcome {
  if (alert) raise(device, alert)
  return { kind: 'refused', reason }
}

function log(device: Device, code: Uint8Array, amount: number, { paymentDebt }: TopUpParts): void {
  const time = device.now
  const outstanding = readCredit(device).paymentDebt
  device.after(() => {
    device.log('topUps.buffer').append({ time, code: code.slice(), amount })
    if (paymentDebt > 0) device.log('debtPayments.buffer').append({ time, amount: paymentDebt, outstanding })
  })
}
/** The octets of digits as they stand in a command. */
export const digitsOf = latin1
