import type { Eui64 } from '@smets2-sim/bytes'
import { type DecodedMessage, decodeMessage } from '@smets2-sim/gbcs'
import type { ReferenceMessage, ReferenceSet } from '../messages/index.js'

/** A reference message with its envelope decoded. */
export type DecodedReference = ReferenceMessage & { readonly message: DecodedMessage }
/** A reference set whose messages are decoded, as those need it that play them. */
export type DecodedSet = Omit<ReferenceSet, 'messages'> & { readonly messages: readonly DecodedReference[] }

export const decodeSet = (set: ReferenceSet): DecodedSet => ({
  ...set,
  messages: set.messages.map((row) => ({ ...row, message: decodeMessage(row.bytes) })),
})

/** The secret that the MAC of a message is made with; undefined when it has none, or nobody has it. */
export function macSecret(set: DecodedSet, { macBetween }: ReferenceMessage): Uint8Array | undefined {
  const [a, b] = (macBetween ?? []) as readonly Eui64[]
  return a && b ? set.secret(a, b) : undefined
}
