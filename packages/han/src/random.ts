/** Random numbers from a seed: the same seed gives the same numbers, on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  fraction(): number
  /** From 0 up to, not including, `limit`. */
  below(limit: number): number
  /** True with this probability. No number is drawn for 0 and 1. */
  chance(probability: number): boolean
  bytes(count: number): Uint8Array
}

/** Mixes a text into a seed, so that each use of one seed has numbers of its own. */
export function derivedSeed(seed: number, text: string): number {
  let hash = seed ^ 0x9e3779b9
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x85ebca6b) ^ (hash >>> 13)
  return hash >>> 0
}

/** A Weyl sequence whose steps are mixed to 32 bits. Nothing secret may come from it. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  const fraction = (): number => next() / 2 ** 32
  return {
    fraction,
    below: (limit) => Math.floor(fraction() * limit),
    chance: (probability) => (probability <= 0 ? false : probability >= 1 ? true : fraction() < probability),
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 0xff),
  }
}
