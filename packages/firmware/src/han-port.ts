import type { Eui64 } from '@smets2-sim/bytes'
import type { Cluster } from '@smets2-sim/zcl'
import type { AttributeValue } from './zcl/profile.js'

/** Fields of a command, as its row in the cluster's table types them. */
export type HanFields = Readonly<Record<string, any>>

/** A command of a cluster by its name in the table. */
export interface HanCommand {
  readonly cluster: Cluster
  readonly name: string
  readonly fields: HanFields
}

/** Values of attributes by name; an attribute that the other device does not have is missing. */
export type AttributeValues = Readonly<Record<string, AttributeValue>>

/** What became of a request. */
export type HanOutcome<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** A ZCL status instead of the response. */
  | { readonly kind: 'refused'; readonly status: number }
  /** No such node, no way there, or no answer in time. */
  | { readonly kind: 'failed'; readonly reason: 'unknownNode' | 'unreachable' | 'noAnswer' }
/** Is called once: at once, or later in the time of the network. */
export type HanDone<T> = (outcome: HanOutcome<T>) => void

/**
 * A device's way to the others of its home network. Calls back and returns nothing, so that the same device works where
 * answers take time and where they do not, in virtual time and in real time. Every value passes through ZCL octets.
 */
export interface HanPort {
  /** The hub of the network, which tells the time; undefined before the device has joined. */
  readonly hub: Eui64 | undefined
  /** Reads attributes of a server. */
  read(target: Eui64, cluster: Cluster, names: readonly string[], done: HanDone<AttributeValues>): void
  /**
   * Sends a command to a server. `response` names the command that answers it; without one a default response does, and
   * the answer has no fields.
   */
  command(target: Eui64, command: HanCommand, response: string | undefined, done: HanDone<HanFields>): void
  /** Sends a command to a client of this device, which answers with a status. */
  publish(target: Eui64, command: HanCommand, done?: HanDone<HanFields>): void
  /** Tells a client of this device values of attributes. */
  report(target: Eui64, cluster: Cluster, values: AttributeValues): void
  /** How well the device is heard: 0 to 255; undefined before it was heard at all. */
  linkQuality(target: Eui64): number | undefined
}

/** The answer to a command: another command of the same cluster by its name, or a ZCL status. */
export type HanReply = { readonly name: string; readonly fields: HanFields } | number

/** What a device does with what arrives from another. What it does not do is refused with the status of the ZCL. */
export interface HanReceiver {
  /** The value of an attribute of its server, or undefined when it has none for this reader. */
  read?(from: Eui64, cluster: Cluster, name: string): AttributeValue | undefined
  /** A ZCL status. */
  write?(from: Eui64, cluster: Cluster, name: string, value: AttributeValue): number
  /** A command for its server. */
  command?(from: Eui64, command: HanCommand): HanReply
  /** A command that a server sent to it; the result is a ZCL status. */
  published?(from: Eui64, command: HanCommand): number
  /** Values that a server reports to it. */
  reported?(from: Eui64, cluster: Cluster, values: AttributeValues): void
}
