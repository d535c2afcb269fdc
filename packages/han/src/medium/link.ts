import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { derivedSeed, type Random, seeded } from '../random.js'

/** How well two nodes hear each other. Probabilities are from 0 to 1. */
export interface LinkConditions {
  /** False: they do not hear each other at all. */
  readonly reachable: boolean
  /** From the end of a frame until the receiver has it. */
  readonly latencyMs: number
  /** At most so much more, at random. */
  readonly jitterMs: number
  /** That a frame, or its acknowledgement, is not received. */
  readonly loss: number
  /** That a frame is received twice. */
  readonly duplication: number
  /** That a frame is held back, so that later ones overtake it. */
  readonly reordering: number
  /** How long at most it is held back. */
  readonly heldBackMs: number
}

export const perfectLink: LinkConditions = {
  reachable: true,
  latencyMs: 1,
  jitterMs: 0,
  loss: 0,
  duplication: 0,
  reordering: 0,
  heldBackMs: 100,
}

/** Names a pair of nodes, whichever comes first. */
const pairOf = (a: Eui64, b: Eui64): string => (a < b ? `${a}-${b}` : `${b}-${a}`)

/** Conditions of every pair of nodes, and the random numbers of each: one link's faults never shift another's. */
export class Links {
  readonly #conditions = new Map<string, LinkConditions>()
  readonly #random = new Map<string, Random>()
  #changes = 0

  constructor(
    readonly seed: number,
    readonly standard: LinkConditions,
  ) {
    check(standard)
  }

  of(a: Eui64, b: Eui64): LinkConditions {
    return this.#conditions.get(pairOf(a, b)) ?? this.standard
  }

  /** Changes what is named; the rest of the link stays as it was. */
  set(a: Eui64, b: Eui64, change: Partial<LinkConditions>): void {
    const conditions = { ...this.of(a, b), ...change }
    check(conditions)
    this.#conditions.set(pairOf(a, b), conditions)
    this.#changes++
  }

  random(a: Eui64, b: Eui64): Random {
    const pair = pairOf(a, b)
    const known = this.#random.get(pair)
    if (known) return known
    const random = seeded(derivedSeed(this.seed, pair))
    this.#random.set(pair, random)
    return random
  }

  /** Grows with every change, so that a route kept from before is known to be old. */
  get changes(): number {
    return this.#changes
  }
}

function check(conditions: LinkConditions): void {
  for (const key of ['loss', 'duplication', 'reordering'] as const)
    if (!(conditions[key] >= 0 && conditions[key] <= 1))
      throw new GbcsError('invalidValue', `${key} is ${conditions[key]}, expected a probability from 0 to 1`)
  for (const key of ['latencyMs', 'jitterMs', 'heldBackMs'] as const)
    if (!(conditions[key] >= 0)) throw new GbcsError('invalidValue', `${key} is ${conditions[key]}, expected 0 or more`)
}
