import type { RemotePartyRole } from '@smets2-sim/gbcs'

/** Why a message had no effect. Closed: each reason has its alert or log entry in `reactions.ts`. */
export type DiscardReason =
  | 'malformed' // no message, or not a complete one
  | 'notACommand'
  | 'notForThisDevice'
  | 'unknownMessageCode' // no use case of this device
  | 'unknownOriginator' // nobody whose credentials are on the device
  | 'notAuthorised' // known, but not in a role that may send this use case
  | 'wrongProtection' // MAC or signature missing, or one too many for the category
  | 'badSupplementary' // supplementary fields that the use case or the originator may not carry
  | 'replayed' // the counter is not greater than the last one accepted
  | 'badMac'
  | 'badSignature'
  | 'malformedPayload'
  | 'itemNotInUseCase' // an item that the message code does not open

/** What became of a message. */
export type Outcome =
  | {
      readonly kind: 'responded'
      readonly useCase: string
      readonly role: RemotePartyRole | 'device'
      readonly response: Uint8Array
    }
  | { readonly kind: 'discarded'; readonly reason: DiscardReason; readonly detail: string; readonly useCase?: string }
