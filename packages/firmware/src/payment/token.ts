import { GbcsError } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  type AlertName,
  checkDigitIsRight,
  decodeUtrn,
  type Ptut,
  ptutMillipence,
  recoverUtrnCounter,
  truncateUtrnCounter,
} from '@smets2-sim/gbcs'
import type { Account, AccountSettings } from './account.js'
import { applyTopUp, balanceAfter, divideTopUp, type TopUpParts } from './top-up.js'
import { highestCounter, isUsable, recordCounter, type TokenCounters } from './utrn-counters.js'
import { afterFailure, isLockedOut, type ManualEntry, noFailuresYet } from './manual-entry.js'

/** Why a token was not credited. The order is that in which it is tested. facts 9.10. */
export type TokenRefusal =
  | 'lockedOut'
  | 'notAToken'
  | 'notForThisDevice'
  | 'notAuthentic'
  | 'duplicate'
  | 'creditMode'
  | 'exceedsMaximumCredit'
  | 'exceedsMaximumBalance'

/** Log entry or alert of a refusal, and the result type of a Consumer Top Up Response. facts 4.5, 9.7, gbz_commands.json. */
export const tokenRefusals: Readonly<
  Record<TokenRefusal, { readonly alert?: AlertName; readonly resultType: number }>
> = {
  lockedOut: { alert: 'utrnRejectedAsLockedOut', resultType: 0x05 },
  notAToken: { resultType: 0x01 },
  notForThisDevice: { alert: 'utrnNotForThisDevice', resultType: 0x01 },
  notAuthentic: { alert: 'utrnNotAuthentic', resultType: 0x01 },
  duplicate: { alert: 'duplicateUtrnEntered', resultType: 0x02 },
  creditMode: { resultType: 0x03 },
  exceedsMaximumCredit: { alert: 'utrnExceedsMaximumCreditThreshold', resultType: 0x06 },
  exceedsMaximumBalance: {
    alert: 'creditWouldCauseMeterBalanceToExceedMaximumMeterBalanceThreshold',
    resultType: 0x04,
  },
}

/** All that a token may change. A device stores it as one: a token whose counter is kept is a token that was credited. */
export interface TokenState {
  readonly account: Account
  readonly counters: TokenCounters
  readonly manual: ManualEntry
}

/** A token and the way it came. `utrnCounter` is the upper half of the originator counter of CS01a and CS01b. facts 9.8. */
export type Token = { readonly digits: string } & (
  | { readonly by: 'command'; readonly utrnCounter: number }
  | { readonly by: 'keypad' | 'ppmid' }
)
/** A token at the time at which it is entered. */
export type TokenEntry = Token & { readonly now: UtcSeconds }

export type TokenOutcome =
  | {
      readonly kind: 'credited'
      readonly millipence: number
      readonly parts: TopUpParts
      readonly utrnCounter: number
    }
  | { readonly kind: 'refused'; readonly reason: TokenRefusal }

export interface TokenStep {
  readonly state: TokenState
  readonly outcome: TokenOutcome
  readonly raised: readonly AlertName[]
}

/**
 * Takes a token from a command, the keypad or a PPMID: credits it once, or says why not. `isAuthentic` tests the MAC
 * with the counter that the token means: `ptutMacIsValid` with the secret of the supplier's top-up key.
 *
 * Our decisions: a token that is not credited keeps its counter, so it can be entered again when its hindrance is gone; a
 * meter in credit mode refuses a good token without a log entry, so its money is never lost; a number with a right check
 * digit that is no token of this kind is logged as not for this device, a mistyped one is not logged.
 */
export function enterToken(
  state: TokenState,
  settings: AccountSettings,
  entry: TokenEntry,
  isAuthentic: (ptut: Ptut, utrnCounter: number) => boolean,
): TokenStep {
  const manual = entry.by !== 'command'
  if (manual && isLockedOut(state.manual, entry.now)) return refused(state, 'lockedOut')
  const read = readToken(state.counters, entry)
  if (typeof read === 'string') return failed(state, read, entry)
  const { ptut, utrnCounter } = read
  if (utrnCounter === undefined || !isAuthentic(ptut, utrnCounter)) return failed(state, 'notAuthentic', entry)
  if (!isUsable(state.counters, utrnCounter)) return refused(state, 'duplicate')
  const { account } = state
  const millipence = ptutMillipence(ptut)
  if (account.paymentMode === 'credit') return refused(state, 'creditMode')
  if (millipence > settings.maxCreditThresholdMillipence) return refused(state, 'exceedsMaximumCredit')
  const balance = balanceAfter(account, divideTopUp(account, settings, millipence, entry.now))
  if (balance > settings.maxMeterBalanceMillipence) return refused(state, 'exceedsMaximumBalance')
  const step = applyTopUp(account, settings, millipence, entry.now)
  return {
    state: {
      account: step.account,
      counters: recordCounter(state.counters, utrnCounter),
      manual: manual ? noFailuresYet : state.manual,
    },
    outcome: { kind: 'credited', millipence, parts: step.parts, utrnCounter },
    raised: manual ? ['creditAddedLocally', ...step.raised] : step.raised,
  }
}

/** The token of the digits and the counter that it means, which may be undefined; or why there is none. */
function readToken(
  counters: TokenCounters,
  entry: TokenEntry,
): { ptut: Ptut; utrnCounter: number | undefined } | 'notAToken' | 'notForThisDevice' {
  if (!/^[0-9]{20}$/.test(entry.digits) || !checkDigitIsRight(entry.digits)) return 'notAToken'
  let ptut: Ptut
  try {
    ptut = decodeUtrn(entry.digits)
  } catch (error) {
    if (error instanceof GbcsError) return 'notForThisDevice'
    throw error
  }
  if (entry.by !== 'command')
    return { ptut, utrnCounter: recoverUtrnCounter(highestCounter(counters), ptut.truncatedCounter) }
  const meant = truncateUtrnCounter(entry.utrnCounter) === ptut.truncatedCounter
  return { ptut, utrnCounter: meant ? entry.utrnCounter : undefined }
}

function refused(state: TokenState, reason: TokenRefusal): TokenStep {
  const { alert } = tokenRefusals[reason]
  return { state, outcome: { kind: 'refused', reason }, raised: alert ? [alert] : [] }
}

/** Refuses a token that is not of this supplier for this meter; by hand, that counts towards the lock-out. */
function failed(state: TokenState, reason: TokenRefusal, entry: TokenEntry): TokenStep {
  const step = refused(state, reason)
  if (entry.by === 'command' || reason === 'notAToken') return step
  const manual = afterFailure(state.manual, entry.now)
  return {
    ...step,
    state: { ...state, manual },
    raised: isLockedOut(manual, entry.now) ? [...step.raised, 'utrnManualEntrySuspended'] : step.raised,
  }
}
