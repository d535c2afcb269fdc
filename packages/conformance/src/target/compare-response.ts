import type { CryptoProvider } from '@smets2-sim/crypto'
import type { DecodedMessage } from '@smets2-sim/gbcs'
import { sameRequest } from '../exchanges/compare.js'
import { type Findings, noFindings } from './allowed.js'
import { compareContent } from './compare-content.js'
import { compareHeader, differs } from './compare-header.js'
import type { Inspection } from './inspect.js'
import { type OwnFields, withOwnFields } from './own-fields.js'
import type { RunTime } from './times.js'

/**
 * Compares the response of a device with that of its twin. Both are inspected before: what is wrong with the found one
 * by itself is among its faults. `own` are fields of the payload that are the device's own affair.
 */
export function compareResponse(
  p: CryptoProvider,
  found: Inspection,
  expected: Inspection,
  lastOwnCounter: bigint,
  run: RunTime,
  own: OwnFields = {},
): Findings {
  const findings = noFindings()
  findings.faults.push(...found.faults)
  const [mine, theirs] = [found.message, expected.message]
  if (!mine || !theirs) return findings
  differs('originatorCounter', mine.originatorCounter, theirs.originatorCounter, findings)
  compareHeader(mine, theirs, run, findings)
  compareOwnCounter(mine, theirs, lastOwnCounter, findings)
  if (sameRequest(p, mine, theirs, theirs.originator)) findings.allowed.add('newKey')
  else {
    const message = withOwnFields(mine, theirs, own, findings)
    compareContent({ ...found, message: mine }, { ...expected, message }, run, findings)
  }
  return findings
}

function compareOwnCounter(mine: DecodedMessage, theirs: DecodedMessage, last: bigint, findings: Findings): void {
  const [own, other] = [mine, theirs].map((one) => one.otherInformation.supplementaryOriginatorCounter)
  differs('supplementaryOriginatorCounter', own && 'one', other && 'one', findings)
  if (own === undefined) return
  findings.allowed.add('ownCounter')
  if (own <= last) findings.faults.push(`own counter ${own} is not above ${last}`)
}
