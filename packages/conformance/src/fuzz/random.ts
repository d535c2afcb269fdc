/** A stream of numbers that a seed decides: the same on every machine. */
export interface Random {
  /** An integer from 0 to `below` - 1. */
  below(below: number): number
  octet(): number
  pick<T>(values: readonly T[]): T
}

/** mulberry32 over a hash of the seed and the number of the input, so that each input can be made again by itself. */
export function randomOf(seed: number, index: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }
  const below = (limit: number): number => next() % limit
  return { below, octet: () => below(256), pick: (values) => values[below(values.length)] as (typeof values)[number] }
}
