import { equalBytes, toHex } from '@smets2-sim/bytes'
import type { CryptoProvider } from '@smets2-sim/crypto'
import type { DecodedMessage } from '@smets2-sim/gbcs'
import { sameRequest } from '../exchanges/compare.js'
import { type Findings, noFindings } from './allowed.js'
import { compareOctets } from './compare-octets.js'
import type { Inspection } from './inspect.js'
import { type RunTime, timeStampAt } from './times.js'

/**
 * Compares the response of a device with that of its twin. Both are inspected before: what is wrong with the found one
 * by itself is among its faults.
 */
export function compareResponse(
  p: CryptoProvider,
  found: Inspection,
  expected: Inspection,
  lastOwnCounter: bigint,
  run: RunTime,
): Findings {
  const findings = noFindings()
  findings.faults.push(...found.faults)
  const [mine, theirs] = [found.message, expected.message]
  if (!mine || !theirs) return findings
  compareHeader(mine, theirs, lastOwnCounter, run, findings)
  if (sameRequest(p, mine, theirs, theirs.originator)) {
    findings.allowed.add('newKey')
    return findings
  }
  const sealed = found.sealed.map((part, i) => ({ part, other: expected.sealed[i] }))
  const aligned = sealed.filter(({ part, other }) => other && part.from === other.from && part.to === other.to)
  const skip = new Map(aligned.map(({ part }) => [part.from, part.to]))
  compareOctets('content', mine.content, theirs.content, run, findings, skip)
  for (const { part, other } of aligned) {
    if (!part.plaintext || !other?.plaintext) continue
    if (!equalBytes(mine.content.subarray(part.from, part.to), theirs.content.subarray(part.from, part.to)))
      findings.allowed.add('ciphertext')
    compareOctets(`plaintext of octet ${part.from}`, part.plaintext, other.plaintext, run, findings)
  }
  return findings
}

type Scalar = string | number | bigint | undefined

function compareHeader(
  mine: DecodedMessage,
  theirs: DecodedMessage,
  lastOwnCounter: bigint,
  run: RunTime,
  { faults, allowed }: Findings,
): void {
  const differs = (name: string, found: Scalar, expected: Scalar): void => {
    if (found !== expected) faults.push(`${name}: found ${found ?? 'none'}, expected ${expected ?? 'none'}`)
  }
  for (const field of ['kind', 'originatorCounter', 'originator', 'target'] as const)
    differs(field, mine[field], theirs[field])
  for (const field of ['signature', 'mac'] as const) {
    differs(field, mine[field] && 'one', theirs[field] && 'one')
    if (mine[field] && theirs[field]) allowed.add(field)
  }
  const [info, other] = [mine.otherInformation, theirs.otherInformation]
  for (const field of ['messageCode', 'supplementaryRemotePartyId', 'supplementaryRemotePartyCounter'] as const)
    differs(field, info[field], other[field])
  const own = info.supplementaryOriginatorCounter
  differs('supplementaryOriginatorCounter', own && 'one', other.supplementaryOriginatorCounter && 'one')
  if (own !== undefined) {
    allowed.add('ownCounter')
    if (own <= lastOwnCounter) faults.push(`own counter ${own} is not above ${lastOwnCounter}`)
  }
  compareDateTime(mine.dateTime, theirs.dateTime, run, { faults, allowed })
}

function compareDateTime(
  mine: Uint8Array | undefined,
  theirs: Uint8Array | undefined,
  run: RunTime,
  { faults, allowed }: Findings,
): void {
  if (!mine || !theirs) {
    if (mine || theirs) faults.push(`date-time: found ${mine ? 'one' : 'none'}, expected ${theirs ? 'one' : 'none'}`)
  } else if (!equalBytes(mine, theirs)) {
    const at = mine.findIndex((octet, i) => octet !== theirs[i])
    if (timeStampAt(mine, theirs, at, run)) allowed.add('dateTime')
    else faults.push(`date-time: found ${toHex(mine)}, expected ${toHex(theirs)} within ${run.toleranceS} s`)
  }
}
