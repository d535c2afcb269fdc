import type { UtcSeconds } from '@smets2-sim/cosem'
import { originatorCounterOf } from '@smets2-sim/gbcs'

/** Counters of one party, always rising. */
export class CounterSequence {
  #last: bigint

  /** `last` is the last one used before. */
  constructor(last: bigint) {
    this.#last = last
  }
  next(): bigint {
    return ++this.#last
  }
  /**
   * The next counter of a top-up: only its upper half counts (facts 9.5). It is above all others before it, so that it
   * is fresh whether or not a device keeps the two sequences apart.
   */
  nextTopUp(): number {
    const utrnCounter = Number(this.#last >> 32n) + 1
    this.#last = originatorCounterOf(utrnCounter)
    return utrnCounter
  }
}

/**
 * Where counters start when nobody says: the time in the upper half, so that a later run is above an earlier one, for
 * top-ups too. Our decision.
 */
export const counterOfTime = (now: UtcSeconds): bigint => originatorCounterOf(now)
