import { toHex } from '@smets2-sim/bytes'
import { alertOf } from '@smets2-sim/gbcs'
import { alertCodeOf } from '../alerts/alert-code.js'
import type { FieldDetail } from '../report/result.js'
import type { Inspection } from './inspect.js'
import type { TargetKeys } from './keys.js'

type Fields = Readonly<Record<string, string>>

const code = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0')

/** Code and name of the alert in a message, for people. */
export function alertText({ message }: Inspection): string {
  const value = message && alertCodeOf(message)
  if (value === undefined) return 'without a code'
  const row = alertOf(value)
  return row ? `${code(value)} ${row.title}` : code(value)
}

type Verdict = Inspection['mac']
const protectionOf = (signature: Verdict, mac: Verdict): string =>
  [signature && `signature ${signature}`, mac && `MAC ${mac}`].filter(Boolean).join(', ') || 'none'

/** What is compared of an alert, field by field. A payload stands as it came, its encrypted parts besides as they are inside. */
function fieldsOf(inspection: Inspection | undefined, { parties }: TargetKeys): Fields {
  const { message, sealed = [], signature, mac } = inspection ?? {}
  if (!inspection || !message) return {}
  const { otherInformation: info, dateTime, content } = message
  const role = parties.find(({ id }) => id === message.target)?.role
  return {
    alert: alertText(inspection),
    recipient: `${message.target}${role ? ` (${role})` : ''}`,
    originator: message.originator,
    'originator counter': String(message.originatorCounter),
    'message code': code(info.messageCode),
    'supplementary party': info.supplementaryRemotePartyId ?? 'none',
    'supplementary counter': String(info.supplementaryRemotePartyCounter ?? 'none'),
    'date-time': dateTime ? toHex(dateTime) : 'none',
    protection: protectionOf(signature, mac),
    payload: toHex(content),
    ...Object.fromEntries(
      sealed.map(({ from, plaintext }) => [`plaintext of octet ${from}`, plaintext ? toHex(plaintext) : 'not opened']),
    ),
  }
}

/** The fields of an alert that came beside those of the one that was expected; either may be missing. */
export function alertFields(
  found: Inspection | undefined,
  expected: Inspection | undefined,
  keys: TargetKeys,
): readonly FieldDetail[] {
  // the twin does not have the private key of the device: that it signs says that a valid signature has to come
  const right = expected?.signature && { ...expected, signature: 'valid' as const }
  const [mine, theirs] = [fieldsOf(found, keys), fieldsOf(right ?? expected, keys)]
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)])
  return [...names].map((name) => ({ name, expected: theirs[name] ?? '', found: mine[name] ?? '' }))
}
