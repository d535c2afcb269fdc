import { type DecodedMessage, decodeMessage } from '@smets2-sim/gbcs'
import { GbcsError } from '@smets2-sim/bytes'

/** What became of a command that was given to the network. */
export type WanAnswer =
  | { readonly kind: 'response'; readonly message: Uint8Array }
  /** Only a simulated network tells this: a real device is silent. */
  | { readonly kind: 'discarded'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'timeout' }

/** The way from the parties to the devices of homes. Alerts and late responses come back by `FarEnd.accept`. */
export interface Wan {
  /** Delivers a command, and waits for its answer at most so long, in seconds of the devices' time. */
  exchange(command: Uint8Array, timeoutS: number): Promise<WanAnswer>
}

/** The message, or undefined when the octets are none. */
export function tryDecode(bytes: Uint8Array): DecodedMessage | undefined {
  try {
    return decodeMessage(bytes)
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

/** Whether a message claims to answer a command: the same counter, the two parties swapped. facts 1.2. */
export const isAnswerTo = (
  command: Pick<DecodedMessage, 'originator' | 'target' | 'originatorCounter'>,
  message: DecodedMessage,
): boolean =>
  message.kind === 'response' &&
  message.originatorCounter === command.originatorCounter &&
  message.originator === command.target &&
  message.target === command.originator
