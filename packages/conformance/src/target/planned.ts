import type { Eui64 } from '@smets2-sim/bytes'
import type { CommandRequest, RemotePartyRole, UseCase, UtrnValueClass } from '@smets2-sim/gbcs'
import type { Protection } from '@smets2-sim/firmware'
import type { Difference } from '../report/result.js'
import type { OwnFields } from './own-fields.js'

/** What a request has to know of the message that it goes into. */
export interface RequestContext {
  readonly target: Eui64
  readonly originatorCounter: bigint
  /** Digits of the token that the supplier has issued, in a top-up. */
  readonly utrn?: string
}

/** A command to be sent, whoever the device is: everything but identities, counters and protection. */
export interface PlannedCommand {
  readonly scenario: string
  readonly useCase: UseCase
  /** Name that the set gives the use case; it may carry a variant. */
  readonly name: string
  readonly from: RemotePartyRole
  /** The party in whose name the access control broker asks, and whether its certificate goes along. facts 1.4. */
  readonly inNameOf?: { readonly role: RemotePartyRole | undefined; readonly certified: boolean }
  readonly protection: Protection
  /** A top-up has a counter of its own form, and the supplier's token of this amount; one without an amount goes as it is. */
  readonly topUp?: { readonly token?: { readonly value: number; readonly valueClass: UtrnValueClass } }
  /** It has to be refused: it does a right device no harm, whatever its use case. */
  readonly refused?: true
  /** Fields of the response that are the device's own affair. */
  readonly own?: OwnFields
  request(context: RequestContext): CommandRequest
}

/** What a run sends. */
export interface Plan {
  readonly commands: readonly PlannedCommand[]
  /** Scenarios that are not sent, and why. */
  readonly leftOut: readonly Difference[]
}
