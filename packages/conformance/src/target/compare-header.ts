import { equalBytes, toHex } from '@smets2-sim/bytes'
import type { DecodedMessage } from '@smets2-sim/gbcs'
import type { Findings } from './allowed.js'
import { type RunTime, timeStampAt } from './times.js'

type Scalar = string | number | bigint | undefined

/** Notes a field that is otherwise than it has to be. */
export function differs(name: string, found: Scalar, expected: Scalar, { faults }: Findings): void {
  if (found !== expected) faults.push(`${name}: found ${found ?? 'none'}, expected ${expected ?? 'none'}`)
}

/** Compares what a response and an alert have alike: all fields of the header but the counters, and the protection. */
export function compareHeader(mine: DecodedMessage, theirs: DecodedMessage, run: RunTime, findings: Findings): void {
  for (const field of ['kind', 'originator', 'target'] as const) differs(field, mine[field], theirs[field], findings)
  for (const field of ['signature', 'mac'] as const) {
    differs(field, mine[field] && 'one', theirs[field] && 'one', findings)
    if (mine[field] && theirs[field]) findings.allowed.add(field)
  }
  const [info, other] = [mine.otherInformation, theirs.otherInformation]
  for (const field of ['messageCode', 'supplementaryRemotePartyId', 'supplementaryRemotePartyCounter'] as const)
    differs(field, info[field], other[field], findings)
  const [certificate, expected] = [info, other].map((one) => one.supplementaryCertificate)
  differs('supplementaryCertificate', certificate && toHex(certificate), expected && toHex(expected), findings)
  compareDateTime(mine.dateTime, theirs.dateTime, run, findings)
}

function compareDateTime(
  mine: Uint8Array | undefined,
  theirs: Uint8Array | undefined,
  run: RunTime,
  findings: Findings,
): void {
  if (!mine || !theirs) return differs('date-time', mine && 'one', theirs && 'one', findings)
  if (equalBytes(mine, theirs)) return
  const at = mine.findIndex((octet, i) => octet !== theirs[i])
  if (timeStampAt(mine, theirs, at, run)) findings.allowed.add('dateTime')
  else findings.faults.push(`date-time: found ${toHex(mine)}, expected ${toHex(theirs)} within ${run.toleranceS} s`)
}
