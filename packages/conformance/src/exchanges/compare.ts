import { equalBytes, GbcsError, toHex } from '@smets2-sim/bytes'
import { type CryptoProvider, parseCertificationRequest } from '@smets2-sim/crypto'
import {
  type DecodedMessage,
  decodeMessage,
  encodeMessage,
  useCaseByCode,
  decodeAsn1,
  issueResponse,
} from '@smets2-sim/gbcs'
import type { Bench } from '../bench-device/bench-device.js'

/**
 * Compares what a device sent with the reference; undefined when they are the same in every byte. Of a signature
 * only the 64 octets may differ, and they must verify under the device's own key; of a certification request the
 * new key and its proof of possession.
 */
export function difference(
  { crypto }: { readonly crypto: CryptoProvider },
  { publicKey, device }: Pick<Bench, 'publicKey' | 'device'>,
  answer: Uint8Array,
  reference: Uint8Array,
): string | undefined {
  const [mine, theirs] = [decodeMessage(answer), decodeMessage(reference)]
  if ((mine.signature === undefined) !== (theirs.signature === undefined))
    return `signature: found ${mine.signature ? 'one' : 'none'}, expected ${theirs.signature ? 'one' : 'none'}`
  if (mine.signature && !crypto.verify(publicKey, mine.signedOctets, mine.signature))
    return 'the signature does not verify'
  const expected = withoutSignature(
    sameRequest(crypto, mine, theirs, device.id) ? { ...theirs, content: mine.content } : theirs,
  )
  const found = withoutSignature(mine)
  if (equalBytes(found, expected)) return undefined
  return firstDifference(found, expected, mine, theirs)
}

const withoutSignature = (message: DecodedMessage): Uint8Array =>
  encodeMessage(message.signature ? { ...message, signature: new Uint8Array(64) } : message)

/** Whether both contents are certification requests for the same use, for this device, each possessed. */
export function sameRequest(p: CryptoProvider, mine: DecodedMessage, theirs: DecodedMessage, id: string): boolean {
  if (useCaseByCode(theirs.otherInformation.messageCode)?.name !== 'CS02c') return false
  try {
    const requests = [mine, theirs].map(({ content }) => {
      const { value } = decodeAsn1(issueResponse, content)
      return value.kind === 'certificationRequest' ? parseCertificationRequest(value.value as Uint8Array) : undefined
    })
    const [a, b] = requests
    if (!a || !b) return false
    // the length of a proof of possession varies with its value
    const sameBody = toHex(a.body).replace(toHex(a.publicKey), toHex(b.publicKey)) === toHex(b.body)
    return a.isPossessed(p) && a.entityId === id && sameBody
  } catch (error) {
    if (error instanceof GbcsError) return false
    throw error
  }
}

function firstDifference(
  found: Uint8Array,
  expected: Uint8Array,
  mine: DecodedMessage,
  theirs: DecodedMessage,
): string {
  for (const field of ['originatorCounter', 'originator', 'target'] as const)
    if (mine[field] !== theirs[field]) return `${field}: found ${mine[field]}, expected ${theirs[field]}`
  const time = [mine.dateTime, theirs.dateTime].map((octets) => (octets ? toHex(octets) : 'none'))
  if (time[0] !== time[1]) return `date-time: found ${time[0]}, expected ${time[1]}`
  if (!equalBytes(mine.content, theirs.content)) {
    let at = 0
    while (mine.content[at] === theirs.content[at] && at < mine.content.length) at++
    const show = (octets: Uint8Array): string => toHex(octets.subarray(Math.max(0, at - 8), at + 24))
    return `content of ${mine.content.length} octets, expected ${theirs.content.length}; from octet ${Math.max(0, at - 8)} found ${show(mine.content)}, expected ${show(theirs.content)}`
  }
  let at = 0
  while (found[at] === expected[at]) at++
  return `octet ${at}: found ${toHex(found.subarray(at, at + 8))}, expected ${toHex(expected.subarray(at, at + 8))}`
}
