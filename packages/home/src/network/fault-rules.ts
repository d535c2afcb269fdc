import { fraction } from '../world/seeded-entropy.js'
import { type Duration, durationMs } from '../world/duration.js'
import type { Entropy } from '@smets2-sim/firmware'

/** Where messages pass: a device by its name, the hub, or the wide area network beyond it. */
export type Place = string

/** Which messages a fault hits: every one of them that passes, counted from when the rule was made. */
export interface FaultScope {
  readonly from?: Place
  readonly to?: Place
  /** The how-manieth it hits first; 1 where it is left out. */
  readonly nth?: number
  /** How many it hits from then on; 1 where it is left out. */
  readonly times?: number
  /** Hits each of them only with this probability. */
  readonly probability?: number
}
export type FaultAction =
  | { readonly kind: 'drop' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'delay'; readonly by: Duration }
  /** Turns one bit over; a random one where it is left out. */
  | { readonly kind: 'corrupt'; readonly bit?: number }
export interface FaultRule {
  readonly scope: FaultScope
  readonly action: FaultAction
}

/** A message that passes, and how much later than others. */
export interface Passing {
  readonly message: Uint8Array
  readonly delayMs: number
}

/** The faults of all ways between places. Seeded: the same rules on the same messages do the same. */
export class FaultRules {
  readonly #entropy: Entropy
  #rules: { readonly rule: FaultRule; passed: number }[] = []

  constructor(entropy: Entropy) {
    this.#entropy = entropy
  }
  add(rule: FaultRule): void {
    this.#rules.push({ rule, passed: 0 })
  }
  clear(): void {
    this.#rules = []
  }

  /** What becomes of a message between two places: none, one, or more of it. */
  pass(from: Place, to: Place, message: Uint8Array): readonly Passing[] {
    let passing: readonly Passing[] = [{ message, delayMs: 0 }]
    for (const row of this.#rules)
      if (this.#hits(row, from, to)) passing = passing.flatMap((one) => this.#apply(row.rule.action, one))
    return passing
  }

  #hits(row: { readonly rule: FaultRule; passed: number }, from: Place, to: Place): boolean {
    const { scope } = row.rule
    if ((scope.from !== undefined && scope.from !== from) || (scope.to !== undefined && scope.to !== to)) return false
    const { nth = 1, times = 1, probability } = scope
    const passed = ++row.passed
    if (passed < nth || passed >= nth + times) return false
    return probability === undefined || fraction(this.#entropy) < probability
  }
  #apply(action: FaultAction, one: Passing): readonly Passing[] {
    switch (action.kind) {
      case 'drop':
        return []
      case 'duplicate':
        return [one, one]
      case 'delay':
        return [{ ...one, delayMs: one.delayMs + durationMs(action.by) }]
      case 'corrupt':
        return [{ ...one, message: this.#corrupted(one.message, action.bit) }]
    }
  }
  #corrupted(message: Uint8Array, bit = Math.floor(fraction(this.#entropy) * message.length * 8)): Uint8Array {
    const copy = message.slice()
    const at = (bit >> 3) % Math.max(1, copy.length)
    copy[at] = (copy[at] ?? 0) ^ (1 << (bit & 7))
    return copy
  }
}
