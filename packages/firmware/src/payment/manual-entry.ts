import type { UtcSeconds } from '@smets2-sim/cosem'

/** Failed entries in a row after which entry by hand is suspended (our decision: the facts give no number). */
export const FAILURES_BEFORE_LOCK_OUT = 5
/** How long it is suspended (our decision). At this rate the 32-bit MAC of a token cannot be guessed. */
export const LOCK_OUT_S = 600

/** Entry of tokens at the meter or a PPMID: protected against guessing. facts 9.7. */
export interface ManualEntry {
  readonly failures: number
  /** Entry is suspended before this time. */
  readonly suspendedUntil?: UtcSeconds
}

/** As it is before any failure, and again after a token that was credited. */
export const noFailuresYet: ManualEntry = { failures: 0 }

export const isLockedOut = ({ suspendedUntil }: ManualEntry, now: UtcSeconds): boolean =>
  suspendedUntil !== undefined && now < suspendedUntil

/** After a token that was not authentic; mistyped and duplicate ones are no guesses. */
export const afterFailure = ({ failures }: ManualEntry, now: UtcSeconds): ManualEntry =>
  failures + 1 < FAILURES_BEFORE_LOCK_OUT
    ? { failures: failures + 1 }
    : { failures: 0, suspendedUntil: now + LOCK_OUT_S }
