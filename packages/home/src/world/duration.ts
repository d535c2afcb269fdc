import { GbcsError } from '@smets2-sim/bytes'

/** A span of time: seconds, or a text of numbers and units: `30m`, `1h 30m`, `250ms`. */
export type Duration = number | string

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of a duration. @throws GbcsError `invalidValue` for what is none, or negative */
export function durationMs(duration: Duration): number {
  if (typeof duration === 'number') {
    if (duration >= 0 && Number.isFinite(duration)) return Math.round(duration * 1000)
  } else if (/^\s*(\d+(\.\d+)?\s*(ms|s|m|h|d)\s*)+$/.test(duration)) {
    const parts = duration.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/g)
    return Math.round(
      [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit as string] as number), 0),
    )
  }
  throw new GbcsError('invalidValue', `${JSON.stringify(duration)} is no duration, expected seconds or a text like 30m`)
}
