import { GbcsError, toHex } from '@smets2-sim/bytes'
import { asn1Payloads, type DecodedMessage, decodeAsn1, encodeAsn1 } from '@smets2-sim/gbcs'
import type { Findings } from './allowed.js'

/** A field whose octets are the device's own affair, and what they have to be all the same. */
export interface OwnField {
  /** For people: `any but success`. */
  readonly rule: string
  readonly holds: (value: unknown) => boolean
}
/** By the names that the payload's ASN.1 gives them. */
export type OwnFields = Readonly<Record<string, OwnField>>

/** What is not compared octet by octet, for people. */
export const ownFieldTexts = (own: OwnFields): readonly string[] =>
  Object.entries(own).map(([name, { rule }]) => `${name} (${rule})`)

/**
 * The content of the twin's response with the device's own values in it where they may be: then the octets of both are
 * compared. A value that breaks its rule is a fault. Only for payloads of ASN.1: others name no fields.
 */
export function withOwnFields(
  mine: DecodedMessage,
  theirs: DecodedMessage,
  own: OwnFields,
  findings: Findings,
): DecodedMessage {
  const type = asn1Payloads.get(theirs.otherInformation.messageCode)?.response
  if (!type) return theirs
  try {
    const { value, form } = decodeAsn1(type, theirs.content)
    const merged = merge(decodeAsn1(type, mine.content).value, value, own, findings) as typeof value
    return { ...theirs, content: encodeAsn1(type, merged, form) }
  } catch (error) {
    // what does not decode has been found wrong already, and is compared as it is
    if (error instanceof GbcsError) return theirs
    throw error
  }
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && !Array.isArray(value)

function merge(mine: unknown, theirs: unknown, own: OwnFields, findings: Findings): unknown {
  if (Array.isArray(mine) && Array.isArray(theirs))
    return theirs.map((item, i) => (i < mine.length ? merge(mine[i], item, own, findings) : (item as unknown)))
  if (!isFields(mine) || !isFields(theirs)) return theirs
  return Object.fromEntries(
    Object.entries(theirs).map(([name, value]) => {
      const [found, field] = [mine[name], own[name]]
      if (!field || found === undefined) return [name, merge(found, value, own, findings)]
      findings.allowed.add('ownValue')
      if (!field.holds(found)) findings.faults.push(`${name}: found ${shown(found)}, expected ${field.rule}`)
      return [name, found]
    }),
  )
}
const shown = (value: unknown): string => (value instanceof Uint8Array ? toHex(value) : String(value))
