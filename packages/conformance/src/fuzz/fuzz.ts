import { equalBytes, GbcsError, toHex } from '@smets2-sim/bytes'
import { mutate } from './mutate.js'
import { type Random, randomOf } from './random.js'
import type { FuzzCase, FuzzTarget } from './target.js'

/** An input that a decoder treated wrongly. */
export interface FuzzFailure {
  readonly target: string
  /** Number of the input: `--from INDEX --count 1` with the same seed makes it again. */
  readonly index: number
  readonly problem: string
  /** The input in hexadecimal digits. */
  readonly input: string
}

/** What may come of an input: a value that encodes to it, or a GbcsError; undefined when it is so. */
export function problemOf({ decode, encode }: FuzzCase, octets: Uint8Array): { accepted: boolean; problem?: string } {
  let value: unknown
  try {
    value = decode(octets)
  } catch (error) {
    if (error instanceof GbcsError) return { accepted: false }
    return { accepted: false, problem: `decoding throws ${describe(error)}` }
  }
  if (value === undefined) return { accepted: true, problem: 'decoding gives undefined' }
  if (!encode) return { accepted: true }
  try {
    const again = encode(value)
    return equalBytes(again, octets)
      ? { accepted: true }
      : { accepted: true, problem: `encodes to other octets: ${toHex(again)}` }
  } catch (error) {
    return { accepted: true, problem: `encoding the value throws ${describe(error)}` }
  }
}
const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

/** A target, a seed of it, and what became of the seed. */
function inputOf(targets: readonly FuzzTarget[], random: Random) {
  const { name, cases } = random.pick(targets)
  const chosen = random.pick(cases)
  return { name, chosen, octets: mutate(chosen.octets, random.pick(cases).octets, random) }
}

export interface FuzzTally {
  inputs: number
  /** Inputs that decoded to a value; the others were refused with a GbcsError. */
  accepted: number
  readonly perTarget: Map<string, number>
  readonly failures: FuzzFailure[]
}
const MAX_FAILURES = 20

/**
 * Feeds `count` inputs to the decoders, the same for the same seed. Yields the number of the input before it is
 * decoded, so that who drives it can tell which one does not come back.
 */
export function* fuzz(
  targets: readonly FuzzTarget[],
  options: { readonly seed: number; readonly from?: number; readonly count: number },
  tally: FuzzTally,
): Generator<number, void> {
  const { seed, from = 0, count } = options
  for (let index = from; index < from + count && tally.failures.length < MAX_FAILURES; index++) {
    yield index
    const { name, chosen, octets } = inputOf(targets, randomOf(seed, index))
    const { accepted, problem } = problemOf(chosen, octets)
    tally.inputs++
    tally.accepted += Number(accepted)
    tally.perTarget.set(name, (tally.perTarget.get(name) ?? 0) + 1)
    if (problem !== undefined) tally.failures.push({ target: name, index, problem, input: toHex(octets) })
  }
}

export const newTally = (): FuzzTally => ({ inputs: 0, accepted: 0, perTarget: new Map(), failures: [] })
