/**
 * The counters of top-ups. A supplier counts tokens with a 32-bit UTRN counter; the originator counter of the
 * message is that counter in its upper half and 0 in its lower half. facts 9.5.
 */
import { GbcsError } from '@smets2-sim/bytes'

const MAX_UTRN_COUNTER = 0xffffffff
/** The token carries the UTRN counter modulo this. */
const PERIOD = 1024

export function originatorCounterOf(utrnCounter: number): bigint {
  if (!Number.isInteger(utrnCounter) || utrnCounter < 0 || utrnCounter > MAX_UTRN_COUNTER)
    throw new GbcsError('invalidValue', `UTRN counter ${utrnCounter}, expected 0 to ${MAX_UTRN_COUNTER}`)
  return BigInt(utrnCounter) << 32n
}

/** @throws GbcsError `invalidValue` when the lower half is not 0 */
export function utrnCounterOf(originatorCounter: bigint): number {
  if ((originatorCounter & 0xffffffffn) !== 0n || originatorCounter < 0n || originatorCounter >> 64n !== 0n)
    throw new GbcsError('invalidValue', `originator counter ${originatorCounter} is not that of a top-up`)
  return Number(originatorCounter >> 32n)
}

/** Bits 41 to 32 of the originator counter. */
export const truncateUtrnCounter = (utrnCounter: number): number => utrnCounter % PERIOD

/**
 * The UTRN counter that a token means: the one with these last 10 bits that lies nearest to the highest counter
 * which the device has accepted. facts 9.6.
 *
 * Undefined where that is below 0 or above 32 bits: no supplier can have used it (our decision).
 */
export function recoverUtrnCounter(highest: number, truncated: number): number | undefined {
  const low = highest % PERIOD
  const half = PERIOD / 2
  const turn = truncated < low - half ? PERIOD : truncated > low + half ? -PERIOD : 0
  const counter = highest - low + truncated + turn
  return counter < 0 || counter > MAX_UTRN_COUNTER ? undefined : counter
}
