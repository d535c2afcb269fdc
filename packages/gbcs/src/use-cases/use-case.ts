import type { Eui64 } from '@smets2-sim/bytes'
import type { RemotePartyRole } from '../roles.js'

export type DeviceKind = 'esme' | 'gsme' | 'gpf' | 'chf' | 'ppmid' | 'ihd' | 'hcalcs'

/** Message category of GBCS section 5: critical, non-critical, or a prepayment interface device to the gas meter. */
export type MessageCategory = 'SME.C.C' | 'SME.C.NC' | 'SME.C.PPMID-GSME'

/** What every use case declares, whatever its payload. Source: the use case tables of GBCS 4.0 (facts/use_cases.json). */
export interface UseCaseHead {
  /** The code in the specification: `ECS17b`. It is the name of the file too. */
  readonly name: string
  readonly title: string
  /** Message code of command and response. */
  readonly code: number
  /** Devices that execute it. */
  readonly devices: readonly DeviceKind[]
  readonly category: MessageCategory
  /** Roles whose commands are executed. */
  readonly from: readonly RemotePartyRole[]
  /** DUIS service request, where there is one: `4.1.1`. */
  readonly serviceRequest?: string
  /** The response carries personal data and is encrypted. */
  readonly sensitive?: boolean
  /** May carry an execution time in the future. */
  readonly futureDatable?: boolean
  /** The originator counter must be greater than the last accepted one. */
  readonly replayProtected?: boolean
  /** The counter belongs to the supplier's sequence for top-ups, which is apart from that for other commands (facts 2.2). */
  readonly topUp?: boolean
  /** The response carries the device's time in its grouping header (facts 1.3). */
  readonly timed?: boolean
  /** Its signature is by the contingency key, which the payload unlocks, and not by a key in a cell (facts 7.4). */
  readonly signedByContingencyKey?: boolean
  /** Where the protection of the command differs from its category's (facts 1.10): those accepted from a role on a device. */
  readonly protections?: (
    role: RemotePartyRole,
    device: DeviceKind,
  ) => readonly ('signatureAndMac' | 'mac' | 'signature')[]
}

/** What a payload is built from and read with: the identities and the counter of its message. */
export interface MessageContext {
  readonly originatorCounter: bigint
  /** Business originator of the command. */
  readonly originator: Eui64
  /** Device that executes it. */
  readonly target: Eui64
}

/** A typed command, ready to be put into an envelope by the party that sends it. */
export interface CommandRequest<V = unknown> {
  readonly useCase: UseCaseHead
  readonly target: Eui64
  /** The payload octets; they depend on the counter and the identities of the message. */
  payload(context: MessageContext): Uint8Array
  /** Reads the payload of the response. `open` gives the plaintext of a protected part. */
  read(content: Uint8Array, context: MessageContext, open: OpenSealed): ResponseReading<V>
}

/** Opens `31 00000000 || ciphertext || tag`; undefined when it is not authentic. */
export type OpenSealed = (sealed: Uint8Array) => Uint8Array | undefined

/** What a response says: one row for each item of the command, and the values by name. */
export interface ResponseReading<V = unknown> {
  /** Whether every item succeeded. */
  readonly ok: boolean
  readonly items: readonly { readonly name: string; readonly result: number | string; readonly value?: unknown }[]
  readonly value: V
}

/** Something with an entity identifier: a device of a home, or the identifier itself. */
export type Addressee = Eui64 | { readonly id: Eui64 }
export const addressOf = (to: Addressee): Eui64 => (typeof to === 'string' ? to : to.id)
