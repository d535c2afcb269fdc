import { GbcsError } from '@smets2-sim/bytes'

/**
 * The number that a device draws once is a fraction in ten-thousandths (our reading of the sample of ECS26c: number 2000,
 * limit 1000 s, offset 200 s).
 */
export const OFFSET_NUMBER_SCALE = 10_000

/** The randomised offset number of a device, drawn from two octets of its entropy at manufacture: 0 to 9999. */
export const randomisedOffsetNumberOf = (entropy: Uint8Array): number => {
  if (entropy.length < 2) throw new GbcsError('misuse', `2 octets are needed to draw a number, found ${entropy.length}`)
  return Math.floor((((entropy[0] as number) * 256 + (entropy[1] as number)) * OFFSET_NUMBER_SCALE) / 65_536)
}

/** The randomised offset in seconds, by which a device carries out its calendars later: so a million do not switch at once. */
export const randomisedOffsetS = (number: number, limitS: number): number =>
  Math.round((number * limitS) / OFFSET_NUMBER_SCALE)
