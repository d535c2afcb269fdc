import { GbcsError, Reader, toLatin1 } from '@smets2-sim/bytes'
import { decodeDateTime, type UtcSeconds } from '@smets2-sim/cosem'
import { fromGeneralizedTime } from '@smets2-sim/gbcs'

/** The forms in which payloads quote a time. facts 1.3, 4.1, 6.6, 7. */
const forms: readonly {
  readonly octets: number
  readonly read: (bytes: Uint8Array) => UtcSeconds
  /** Octets that say something else, and have to be equal: day of week, deviation, clock status. */
  readonly fixed?: readonly number[]
}[] = [
  { octets: 12, read: (bytes) => decodeDateTime(bytes).time, fixed: [4, 9, 10, 11] },
  { octets: 15, read: generalizedTime },
  { octets: 4, read: (bytes) => new Reader(bytes).u32('time') },
  { octets: 4, read: (bytes) => new Reader(bytes.slice().reverse()).u32('time') },
]

function generalizedTime(bytes: Uint8Array): UtcSeconds {
  const text = toLatin1(bytes)
  if (!/^\d{14}Z$/.test(text)) throw new GbcsError('invalidValue', `${text} is no time`)
  return fromGeneralizedTime(text)
}

/** From when to when a run lasts, and how far two clocks may be apart. */
export interface RunTime {
  readonly from: UtcSeconds
  readonly to: UtcSeconds
  readonly toleranceS: number
}

/** Whether two times are of this run, and near enough to each other. */
export const sameTime = (a: UtcSeconds, b: UtcSeconds, { from, to, toleranceS }: RunTime): boolean =>
  Math.abs(a - b) <= toleranceS && [a, b].every((time) => time >= from - toleranceS && time <= to + toleranceS)

function tryRead(read: (bytes: Uint8Array) => UtcSeconds, bytes: Uint8Array): UtcSeconds | undefined {
  try {
    return read(bytes)
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

/** Octets from `at` on, where both hold a time stamp of this run in one of the forms; its end and how far they are apart. */
export interface TimeStamp {
  readonly end: number
  readonly apartS: number
}

/** The time stamp that covers octet `at` of both, of which the earlier octets are equal or part of it. */
export function timeStampAt(a: Uint8Array, b: Uint8Array, at: number, run: RunTime): TimeStamp | undefined {
  for (const { octets, read, fixed = [] } of forms)
    for (let start = Math.max(0, at - octets + 1); start <= at; start++) {
      if (start + octets > Math.min(a.length, b.length)) break
      if (fixed.some((i) => a[start + i] !== b[start + i])) continue
      const [x, y] = [a, b].map((bytes) => tryRead(read, bytes.subarray(start, start + octets)))
      if (x !== undefined && y !== undefined && sameTime(x, y, run))
        return { end: start + octets, apartS: Math.abs(x - y) }
    }
  return undefined
}
