/** The two bands of the home area network. */
export type Band = '2.4GHz' | 'subGHz'

/** What a band means for a transmitter. */
export interface BandRules {
  readonly bitsPerSecond: number
  /** Octets sent before the frame: preamble, start of frame, length. */
  readonly headerOctets: number
  /** Longest frame, without its check sequence. */
  readonly maxOctets: number
  /** Share of the window in which one node may transmit; 1 is no limit. */
  readonly dutyCycle: number
  readonly dutyWindowMs: number
}

const CHECK_OCTETS = 2
const HOUR = 3_600_000

/**
 * Rates of the O-QPSK and the GFSK physical layers. The duty cycle of 2.5 % in an hour is our decision for devices in
 * 868 MHz: the facts (12.9) only say that there are thresholds.
 */
export const bandRules: Readonly<Record<Band, BandRules>> = {
  '2.4GHz': { bitsPerSecond: 250_000, headerOctets: 6, maxOctets: 125, dutyCycle: 1, dutyWindowMs: HOUR },
  subGHz: { bitsPerSecond: 100_000, headerOctets: 8, maxOctets: 125, dutyCycle: 0.025, dutyWindowMs: HOUR },
}

/** How long a frame of so many octets is on the air, in milliseconds. */
export const airtimeMs = (rules: BandRules, octets: number): number =>
  ((octets + rules.headerOctets + CHECK_OCTETS) * 8000) / rules.bitsPerSecond
