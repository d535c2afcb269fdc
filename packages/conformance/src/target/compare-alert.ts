import { equalBytes, Writer } from '@smets2-sim/bytes'
import { type DecodedMessage, longInvokeId } from '@smets2-sim/gbcs'
import { type Findings, noFindings } from './allowed.js'
import { compareContent } from './compare-content.js'
import { compareHeader } from './compare-header.js'
import type { Inspection } from './inspect.js'
import type { RunTime } from './times.js'

/**
 * Compares an alert of a device with that of its twin: everything but the counter, which each draws for itself, and
 * what follows from it. Both are inspected before: what is wrong with the found one by itself is among its faults.
 */
export function compareAlert(found: Inspection, expected: Inspection, run: RunTime): Findings {
  const findings = noFindings()
  findings.faults.push(...found.faults)
  const [mine, theirs] = [found.message, expected.message]
  if (!mine || !theirs) return findings
  findings.allowed.add('alertCounter')
  compareHeader(mine, theirs, run, findings)
  const quoted = quotedCounters(mine, theirs)
  compareContent({ ...found, message: mine }, { ...expected, message: theirs }, run, findings, quoted)
  return findings
}

/** Where a payload may quote the counter of its alert: facts 4.1 (long-invoke-id), 1.8 (transaction-id of what is encrypted). */
const quotes: readonly {
  readonly octets: number
  readonly of: (counter: bigint) => Uint8Array
  /** The only offset at which it stands. */
  readonly at?: number
}[] = [
  { octets: 4, of: (counter) => new Writer(4).u32(longInvokeId(counter)).done(), at: 1 },
  { octets: 8, of: (counter) => new Writer(8).u64(counter).done() },
]

/** Ranges in which both payloads quote their own counter. One that quotes another is not among them, and so differs. */
function quotedCounters(mine: DecodedMessage, theirs: DecodedMessage): ReadonlyMap<number, number> {
  const ranges = new Map<number, number>()
  for (const { octets, of, at } of quotes) {
    const [own, other] = [mine, theirs].map(({ originatorCounter }) => of(originatorCounter))
    const last = Math.min(mine.content.length, theirs.content.length) - octets
    for (let from = at ?? 0; from <= Math.min(at ?? last, last); from++) {
      const isQuote = (content: Uint8Array, quote: Uint8Array | undefined): boolean =>
        quote !== undefined && equalBytes(content.subarray(from, from + octets), quote)
      if (isQuote(mine.content, own) && isQuote(theirs.content, other)) ranges.set(from, from + octets)
    }
  }
  return ranges
}
