import { concat, type Eui64, eui64 } from '@smets2-sim/bytes'
import {
  type DecodedMessage,
  encodeMessage,
  groupedOctetsOf,
  messageMac,
  signedOctetsOf,
  withMac,
} from '@smets2-sim/gbcs'
import type { CryptoProvider } from '@smets2-sim/crypto'

/** A command that must have no effect, and what was done to it. */
export interface Damaged {
  readonly kind: string
  readonly bytes: Uint8Array
}

/** Offsets that get a bit changed: all of the header, MAC and signature, and a sample of the content. */
const CONTENT_SAMPLES = 24

/** The command with octets changed, cut off or added: whoever does this has no key. */
export function* damaged(bytes: Uint8Array, message: DecodedMessage): Generator<Damaged> {
  const contentAt = bytes.length - tailOf(message) - message.content.length
  const stride = Math.max(1, Math.floor(message.content.length / CONTENT_SAMPLES))
  for (let at = 0; at < bytes.length; at++) {
    const inContent = at >= contentAt && at < contentAt + message.content.length
    if (inContent && (at - contentAt) % stride !== 0) continue
    // another bit at each place, so that all bits are met
    yield { kind: `bit ${at % 8} of octet ${at}`, bytes: changed(bytes, at, 1 << at % 8) }
    if (!inContent) yield { kind: `all bits of octet ${at}`, bytes: changed(bytes, at, 0xff) }
  }
  for (const length of [
    0,
    1,
    2,
    7,
    8,
    20,
    Math.floor(bytes.length / 2),
    bytes.length - 13,
    bytes.length - 12,
    bytes.length - 1,
  ])
    if (length >= 0 && length < bytes.length) yield { kind: `cut to ${length} octets`, bytes: bytes.slice(0, length) }
  for (const extra of [1, 2, 12, 64])
    yield { kind: `${extra} octets appended`, bytes: concat(bytes, new Uint8Array(extra)) }
  yield { kind: 'the message twice', bytes: concat(bytes, bytes) }
}

/** Octets after the content: signature length, signature, MAC. */
const tailOf = ({ signature, mac }: DecodedMessage): number => 1 + (signature?.length ?? 0) + (mac?.length ?? 0)

function changed(bytes: Uint8Array, at: number, mask: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = (copy[at] as number) ^ mask
  return copy
}

/**
 * Commands that the access control broker would have put its MAC on, but that the device must refuse: without the
 * signature, for another device, from a stranger, with another party's signature on changed content.
 */
export function* forged(p: CryptoProvider, z: Uint8Array, message: DecodedMessage): Generator<Damaged> {
  const remade = (kind: string, change: Partial<DecodedMessage>, signature?: Uint8Array): Damaged => {
    const body = { ...message, ...change }
    const grouped = groupedOctetsOf(signedOctetsOf(body), signature)
    return { kind, bytes: withMac(grouped, messageMac(p, z, body, grouped)) }
  }
  const { signature } = message
  yield remade('for another device', { target: flipped(message.target) }, signature)
  yield remade('from a stranger', { originator: flipped(message.originator) }, signature)
  yield remade(
    'of an unknown message code',
    { otherInformation: { ...message.otherInformation, messageCode: 0x0fff } },
    signature,
  )
  yield remade('as a response', { kind: 'response' }, signature)
  yield remade('as an alert', { kind: 'alert' }, signature)
  if (signature) {
    yield remade('with its MAC but without its signature', {})
    yield remade(
      'with the signature of another content',
      { content: changed(message.content, message.content.length - 1, 1) },
      signature,
    )
    yield remade(
      'with another counter than was signed',
      { originatorCounter: message.originatorCounter + 1n },
      signature,
    )
  }
  yield { kind: 'without its MAC', bytes: encodeMessage({ ...bare(message), ...(signature && { signature }) }) }
  yield { kind: 'as a pre-command', bytes: encodeMessage({ ...bare(message), preCommand: 'bare' }) }
}

const bare = ({ kind, originatorCounter, originator, target, otherInformation, content }: DecodedMessage) => ({
  kind,
  originatorCounter,
  originator,
  target,
  otherInformation,
  content,
})
function flipped(id: Eui64): Eui64 {
  return eui64(id.slice(0, 15) + (id.endsWith('f') ? 'e' : 'f'))
}
