import type { Eui64 } from '@smets2-sim/bytes'
import { type CommandRequest, encodeMessage, type MessageBody, type OtherInformation } from '@smets2-sim/gbcs'

/** Who sends a command, and under which counter. */
export interface Sender {
  readonly originator: Eui64
  readonly originatorCounter: bigint
  /** Besides the message code: the party in whose name the access control broker asks. */
  readonly supplementary?: Omit<OtherInformation, 'messageCode'>
}

/** The grouping header and payload of a command, before anybody has signed it. */
export function commandBody(
  request: CommandRequest,
  { originator, originatorCounter, supplementary }: Sender,
): MessageBody {
  const { useCase, target } = request
  const context = { originatorCounter, originator: supplementary?.supplementaryRemotePartyId ?? originator, target }
  return {
    kind: 'command',
    originatorCounter,
    originator,
    target,
    otherInformation: { messageCode: useCase.code, ...supplementary },
    content: request.payload(context),
  }
}

/**
 * What a party gets to sign: a command without signature and MAC. Some systems end it with the octet 00 of an absent
 * signature. facts 1.2.
 */
export const preCommandOf = (
  request: CommandRequest,
  sender: Sender,
  form: 'bare' | 'withSignatureLength' = 'bare',
): Uint8Array => encodeMessage({ ...commandBody(request, sender), preCommand: form })
