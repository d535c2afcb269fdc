import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Cluster, CommandDefinition } from '@smets2-sim/zcl'
import type { Device } from '../device.js'
import type { Execution } from '../execution.js'

type Fields = Readonly<Record<string, any>>
export type AttributeValue = number | bigint | string | Uint8Array

/** What handlers of ZCL commands and views of attributes work on. */
export interface ZclContext<D extends Device = Device> {
  readonly device: D
  /** The command that is executed; undefined when the device is primed from outside, or catches up with time. */
  readonly execution?: Execution
  readonly now: UtcSeconds
  /** Start of a read, for commands that have no time of their own. facts 6.6. */
  readonly fromDateTime?: number
  /** Does something when the command is done with: after its response, or after the alert that it was executed. */
  afterwards?(action: () => void): void
}
/** Does something after the command, or at once where there is none. */
export const afterwards = ({ afterwards: later }: ZclContext, action: () => void): void =>
  later ? later(action) : action()

type Commands = readonly { readonly command: string; readonly fields: Fields }[]
/** What a command is answered with: a status, or commands of its cluster, also when they refuse it. Nothing is success. */
export type ZclAnswer = { readonly status: number } | { readonly refused: Commands } | Commands | void

/** A command that a device executes. */
export interface CommandRow {
  /** Executes it, now. Throws a ZclError to end it with a status. */
  handle(context: ZclContext, fields: Fields): ZclAnswer
  /** Commands that may wait: the time at which it takes effect (0 now, FFFFFFFE and FFFFFFFF cancel). */
  startTime?(fields: Fields, fromDateTime: number | undefined): number
  /** What the answer is while it waits; a default response where it is left out. */
  answer?(context: ZclContext, fields: Fields): ZclAnswer
  /** What else distinguishes two commands that wait: a tariff calendar from a prepayment one. */
  slot?(fields: Fields): string
  /** How it is answered when it failed; a default response with the status where it is left out. */
  failed?(status: number): ZclAnswer
}

/** Takes over what another device published. */
export type Learn = (context: ZclContext, fields: Fields) => void

/** The server of a cluster, or a part of one: what profiles of devices are put together from. Keys as in the profile. */
export interface ClusterServer {
  readonly commands?: Readonly<Record<string, CommandRow>>
  readonly attributes?: Readonly<Record<string, AttributeView>>
  readonly learns?: Readonly<Record<string, Learn>>
}

/** Rows of several servers as tables of a profile; a later server's row takes the place of an earlier one's. */
export const zclTables = (
  ...servers: readonly ClusterServer[]
): Pick<ZclProfile, 'commands' | 'attributes' | 'learns'> => ({
  commands: new Map(servers.flatMap(({ commands = {} }) => Object.entries(commands))),
  attributes: new Map(servers.flatMap(({ attributes = {} }) => Object.entries(attributes))),
  learns: new Map(servers.flatMap(({ learns = {} }) => Object.entries(learns))),
})

/** An attribute that is more than a stored item. */
export interface AttributeView {
  get(context: ZclContext): AttributeValue | undefined
  prime?(context: ZclContext, value: AttributeValue): void
}

/** What a kind of device knows of ZCL. Keys: `metering.currentSummationDelivered`, `prepayment.consumerTopUp`. */
export interface ZclProfile {
  readonly clusters: readonly Cluster[]
  readonly attributes: ReadonlyMap<string, AttributeView>
  readonly commands: ReadonlyMap<string, CommandRow>
  /** Published commands that another device of the home would take over, by key: how state is learned from outside. */
  readonly learns: ReadonlyMap<string, Learn>
  /** Octet of the clock status in responses; of the device's clock where it is left out. */
  clockStatus?(device: Device): number
  /** Marks the data as stamped by another device at that time. For test benches. */
  primeMirrored?(device: Device, time: UtcSeconds): void
  /** Takes over the billing data that an alert published, and raises that alert. For test benches. */
  billingDataUpdated?(device: Device, octets: Uint8Array, open: (sealed: Uint8Array) => Uint8Array | undefined): void
  /** Time in responses; the device's own where it is left out. */
  time?(device: Device): UtcSeconds
}

/** Short name of a cluster in keys. */
export const clusterKey = ({ name }: Pick<Cluster, 'name'>): string => {
  const joined = name.replace(/[^A-Za-z0-9]/g, '')
  return joined.charAt(0).toLowerCase() + joined.slice(1)
}
export type { CommandDefinition }

/** Ends a command or an attribute with a status other than success. */
export class ZclError extends Error {
  readonly status: number
  constructor(status: number, message = `ZCL status ${status}`) {
    super(message)
    this.status = status
  }
}
