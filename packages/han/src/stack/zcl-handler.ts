import type { Eui64 } from '@smets2-sim/bytes'
import {
  type CommandDefinition,
  encodeFields,
  type Field,
  type FieldsValue,
  type TypedValue,
  type ZclFrame,
} from '@smets2-sim/zcl'

/** An endpoint of a node. */
export interface Peer {
  readonly eui64: Eui64
  readonly endpoint: number
}

/** A command as it is sent: its identifier and its payload. */
export interface Command {
  readonly id: number
  readonly payload: Uint8Array
}
/** Makes a command of its row in the cluster's table and its fields. */
export const command = <F extends Record<string, Field<any>>>(
  definition: CommandDefinition<F>,
  fields: FieldsValue<F>,
): Command => ({ id: definition.id, payload: encodeFields(definition, fields) })

/** A command that came in; without a name when no table knows it. */
export interface ReceivedCommand {
  readonly frame: ZclFrame
  readonly name?: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly broadcast: boolean
}

/** The answer to a command: another command, or a ZCL status for the default response. */
export type Reply = Command | number | undefined

/** What an endpoint does for a cluster, as its server or as its client. What is left out is refused with the right status. */
export interface ClusterHandler {
  /** The value of an attribute, or undefined when it is not supported. */
  read?(id: number, from: Peer): TypedValue | undefined
  /** A ZCL status. */
  write?(id: number, data: TypedValue, from: Peer): number
  /** Attributes that the other side reports. */
  report?(records: readonly { readonly id: number; readonly data: TypedValue }[], from: Peer): void
  /** Undefined answers with success, where an answer is due. */
  command?(command: ReceivedCommand, from: Peer): Reply
}

/** Server or client of a cluster. */
export type Side = 'server' | 'client'

/** What became of a request. */
export type Outcome<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** A status instead of the response. */
  | { readonly kind: 'refused'; readonly status: number }
  /** No way there, not delivered, or no answer in time. */
  | { readonly kind: 'failed'; readonly reason: 'unknownNode' | 'unreachable' | 'noAnswer' }
