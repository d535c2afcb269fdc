import { concat, utf8 } from '@smets2-sim/bytes'
import type { CryptoProvider } from '@smets2-sim/crypto'
import type { Entropy } from '@smets2-sim/firmware'

/** Random octets that a seed and a label give: the same in each run, unrelated for other labels. */
export function seededEntropy(p: Pick<CryptoProvider, 'sha256'>, seed: number, label: string): Entropy {
  let block = 0
  let rest: Uint8Array = new Uint8Array(0)
  return {
    bytes(count) {
      while (rest.length < count) rest = concat(rest, p.sha256(utf8(`smets2-sim ${seed} ${label} ${block++}`)))
      const taken = rest.slice(0, count)
      rest = rest.slice(count)
      return taken
    },
  }
}

/** A number from 0 to below 1. */
export const fraction = (entropy: Entropy): number =>
  entropy.bytes(4).reduce((value, octet) => value * 256 + octet, 0) / 2 ** 32
