/** Entries of the UTRN Counter Cache. facts 9.7. */
export const CACHE_SIZE = 100

/** Which tokens were credited: the UTRN Counter Cache and the floor below which none is accepted. */
export interface TokenCounters {
  /** Counters of credited tokens, ascending, the 100 highest. */
  readonly cache: readonly number[]
  /** Counters up to this one are refused; -1 when there is no floor. */
  readonly floor: number
}

export const noTokensYet: TokenCounters = { cache: [], floor: -1 }

/** The counter around which those of new tokens are looked for. facts 9.6. */
export const highestCounter = ({ cache, floor }: TokenCounters): number => cache.at(-1) ?? Math.max(0, floor)

/**
 * Whether a token with this counter was surely not credited before: not in the cache, above the floor, and above the
 * lowest entry once the cache is full. A counter below that may have been forgotten, so it counts as a duplicate (facts
 * 9.7, inferred there).
 */
export const isUsable = ({ cache, floor }: TokenCounters, utrnCounter: number): boolean =>
  utrnCounter > floor &&
  !cache.includes(utrnCounter) &&
  (cache.length < CACHE_SIZE || utrnCounter > (cache[0] as number))

/**
 * Records a credited token. A full cache forgets its lowest counter, not its oldest: only so is a forgotten counter
 * always below all that are kept, and no token can be credited twice (our decision).
 */
export const recordCounter = ({ cache, floor }: TokenCounters, utrnCounter: number): TokenCounters => ({
  cache: [...cache, utrnCounter].sort((a, b) => a - b).slice(-CACHE_SIZE),
  floor,
})

/**
 * The counters after control of the supplier role changed hands: the specialist floor of CS02b for prepayment top-ups,
 * whose upper half is a UTRN counter. The counters of the former supplier mean nothing to the new one's. facts 2.2, 9.7.
 */
export const withFloor = (floorSeqNumber: bigint): TokenCounters => ({
  cache: [],
  floor: Number(BigInt.asUintN(32, floorSeqNumber >> 32n)),
})
