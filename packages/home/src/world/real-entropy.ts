import { randomBytes } from 'node:crypto'
import type { Entropy } from '@smets2-sim/firmware'

/** Random octets of the platform. */
export const realEntropy: Entropy = { bytes: (count) => new Uint8Array(randomBytes(count)) }
