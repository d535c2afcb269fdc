import { equalBytes } from '@smets2-sim/bytes'
import type { DecodedMessage } from '@smets2-sim/gbcs'
import type { Findings } from './allowed.js'
import { compareOctets } from './compare-octets.js'
import type { Inspection } from './inspect.js'
import type { RunTime } from './times.js'

type Inspected = Pick<Inspection, 'sealed'> & { readonly message: DecodedMessage }

/**
 * Compares two payloads octet by octet; of an encrypted part what is inside it. `skip` gives the end of a range that
 * starts at an offset and is judged otherwise.
 */
export function compareContent(
  found: Inspected,
  expected: Inspected,
  run: RunTime,
  findings: Findings,
  skip: ReadonlyMap<number, number> = new Map(),
): void {
  const [mine, theirs] = [found.message.content, expected.message.content]
  const sealed = found.sealed.map((part, i) => ({ part, other: expected.sealed[i] }))
  const aligned = sealed.filter(({ part, other }) => other && part.from === other.from && part.to === other.to)
  const judged = new Map([...skip, ...aligned.map(({ part }) => [part.from, part.to] as const)])
  compareOctets('content', mine, theirs, run, findings, judged)
  for (const { part, other } of aligned) {
    if (!part.plaintext || !other?.plaintext) continue
    if (!equalBytes(mine.subarray(part.from, part.to), theirs.subarray(part.from, part.to)))
      findings.allowed.add('ciphertext')
    compareOctets(`plaintext of octet ${part.from}`, part.plaintext, other.plaintext, run, findings)
  }
}
