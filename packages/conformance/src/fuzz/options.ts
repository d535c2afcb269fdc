import { parseArgs } from 'node:util'
import { GbcsError } from '@smets2-sim/bytes'

export interface FuzzOptions {
  readonly count: number
  readonly seed: number
  /** Number of the first input. */
  readonly from: number
  /** Folder of a reference set whose messages are seeds too. */
  readonly rtds?: string
}

const DEFAULT_COUNT = 200_000

/** `--count N --seed N --from N --rtds DIR`; anything else is a GbcsError. */
export function fuzzOptions(args: readonly string[], defaultRtds?: string): FuzzOptions {
  const text = { type: 'string' } as const
  const values = parsed(
    () => parseArgs({ args: [...args], options: { count: text, seed: text, from: text, rtds: text } }).values,
  )
  const rtds = values.rtds ?? defaultRtds
  return {
    count: integer('count', values.count, DEFAULT_COUNT),
    seed: integer('seed', values.seed, 1),
    from: integer('from', values.from, 0),
    ...(rtds !== undefined && { rtds }),
  }
}

function parsed<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new GbcsError('invalidValue', (error as Error).message)
  }
}

function integer(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  if (!/^\d{1,9}$/.test(text.replaceAll('_', '')))
    throw new GbcsError('invalidValue', `--${name} ${JSON.stringify(text)} is not a number of up to 9 digits`)
  return Number(text.replaceAll('_', ''))
}
