import { GbcsError } from '@smets2-sim/bytes'

/** What was decoded, or undefined when the octets are none of ours: a radio ignores what it does not understand. */
export function attempt<T>(decode: () => T): T | undefined {
  try {
    return decode()
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}
