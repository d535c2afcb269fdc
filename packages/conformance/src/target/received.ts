import type { ConformanceResult } from '../report/result.js'
import type { Inspection } from './inspect.js'

/** Counts what is right with the messages that came, in the columns of every conformance result. */
export class Received {
  readonly #seen: Inspection[] = []

  add(inspection: Inspection): void {
    this.#seen.push(inspection)
  }
  result(): ConformanceResult['messages'] {
    const count = (test: (one: Inspection) => boolean): number => this.#seen.filter(test).length
    const sealed = this.#seen.flatMap((one) => one.sealed)
    return {
      total: this.#seen.length,
      roundTrip: count(({ roundTrip }) => roundTrip),
      signatures: {
        checked: count((one) => one.signature !== undefined),
        valid: count((one) => one.signature === 'valid'),
      },
      macs: { checked: count((one) => one.mac !== undefined), valid: count((one) => one.mac === 'valid') },
      protected: { found: sealed.length, opened: sealed.filter(({ plaintext }) => plaintext).length },
    }
  }
}
