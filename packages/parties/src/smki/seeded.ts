import { concat, utf8 } from '@smets2-sim/bytes'
import { type CryptoProvider, randomScalar } from '@smets2-sim/crypto'

/** What a seed gives for a label: the same for the same two, unrelated for any others. */
export interface Seeded {
  /** A private key. */
  scalar(label: string): Uint8Array
  /** A serial number of 16 octets, positive. */
  serialNumber(label: string): Uint8Array
  /** 32 octets. */
  octets(label: string): Uint8Array
}

/** Keys and serial numbers by SHA-256 of a seed and a label: good to repeat a run, no secret from anyone. */
export function seeded(p: CryptoProvider, seed: number): Seeded {
  const octets = (kind: string, label: string, attempt: number): Uint8Array =>
    p.sha256(utf8(`smets2-sim test SMKI ${seed} ${kind} ${attempt} ${label}`))
  return {
    scalar(label) {
      let attempt = 0
      return randomScalar(p, () => octets('key', label, attempt++))
    },
    octets: (label) => octets('octets', label, 0),
    serialNumber: (label) => concat(Uint8Array.of(0x40), octets('serial', label, 0).subarray(0, 15)),
  }
}
