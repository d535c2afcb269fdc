import { type Eui64, eui64, GbcsError } from '@smets2-sim/bytes'
import { parseTarget, type Target } from '@smets2-sim/serial'
import { InvalidArgumentError } from 'commander'

/** A whole number from 0 on. */
export function wholeNumber(text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) throw new InvalidArgumentError('expected a whole number.')
  return number
}

/** An entity identifier. */
export const entityId = (text: string): Eui64 => told(() => eui64(text))

/** Where a link leads: `tcp://host:port` or `serial:/dev/name?baud=115200`, either with `framing=gfi|slip|auto`. */
export const linkTarget = (text: string): Target => told(() => parseTarget(text))

/** The framings of `--framing`. */
export const framings = ['gfi', 'slip', 'auto'] as const
export type Framing = (typeof framings)[number]

function told<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof GbcsError ? new InvalidArgumentError(`${error.message}.`) : error
  }
}
