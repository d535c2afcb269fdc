import { toHex } from '@smets2-sim/bytes'
import type { Findings } from './allowed.js'
import { type RunTime, timeStampAt } from './times.js'

/** Differences that are told one by one. */
const SHOWN = 8

/**
 * Compares octet by octet. Where both have a time stamp of this run, it may be off by the tolerance. `skip` gives the
 * end of a range that starts at an offset and is compared otherwise.
 */
export function compareOctets(
  what: string,
  found: Uint8Array,
  expected: Uint8Array,
  run: RunTime,
  findings: Findings,
  skip: ReadonlyMap<number, number> = new Map(),
): void {
  const faults: string[] = []
  let at = 0
  while (at < Math.min(found.length, expected.length)) {
    const after = skip.get(at)
    if (after !== undefined) at = after
    else if (found[at] === expected[at]) at++
    else {
      const stamp = timeStampAt(found, expected, at, run)
      if (stamp) {
        findings.allowed.add('timeStamp')
        at = stamp.end
      } else {
        const end = endOfDifference(found, expected, at)
        const show = (octets: Uint8Array): string => toHex(octets.subarray(at, end))
        faults.push(`${what} from octet ${at}: found ${show(found)}, expected ${show(expected)}`)
        at = end
      }
      // one octet more or less makes all that follows different
      if (found.length !== expected.length && faults.length > 0) break
    }
  }
  if (found.length !== expected.length)
    findings.faults.push(`${what} of ${found.length} octets, expected ${expected.length}`)
  findings.faults.push(...faults.slice(0, SHOWN))
  if (faults.length > SHOWN) findings.faults.push(`and ${faults.length - SHOWN} more differences in the ${what}`)
}

/** Octets after which two that differ are the same again. */
function endOfDifference(a: Uint8Array, b: Uint8Array, at: number): number {
  let end = at
  while (end < Math.min(a.length, b.length) && a[end] !== b[end] && end - at < 16) end++
  return end
}
