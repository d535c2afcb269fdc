import type { CryptoProvider } from '@smets2-sim/crypto'
import { decodeMessage } from '@smets2-sim/gbcs'
import { type Damaged, damaged, forged } from '../abuse/damage.js'

/** Strides through all kinds of damage: prime, so that few samples are of many kinds. */
const STRIDE = 7919

/**
 * The `nth` wrong message made of a command: in turn one that somebody without keys makes, and one that somebody
 * makes who can make MACs.
 */
export function wrongMessage(
  p: CryptoProvider,
  macSecret: Uint8Array | undefined,
  bytes: Uint8Array,
  nth: number,
): Damaged {
  const message = decodeMessage(bytes)
  const forgeries = macSecret && message.mac && nth % 2 === 0 ? [...forged(p, macSecret, message)] : []
  // a link cannot carry a message of no octets
  const all = forgeries.length > 0 ? forgeries : [...damaged(bytes, message)].filter((one) => one.bytes.length > 0)
  return all[(nth * STRIDE) % all.length] as Damaged
}

/** How many wrong messages come before the command of an index, when so many are spread over a run. */
export function shareOf(index: number, commands: number, wrong: number): number {
  const upTo = (i: number): number => Math.ceil((i * wrong) / commands)
  return upTo(index + 1) - upTo(index)
}
