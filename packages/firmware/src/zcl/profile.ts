import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Cluster, CommandDefinition } from '@smets2-sim/zcl'
import type { Device } from '../device.js'
import type { Execution } from '../execution.js'

type Fields = Readonly<Record<string, unknown>>
export type AttributeValue = number | bigint | string | Uint8Array

/** What handlers of ZCL commands and views of attributes work on. */
export interface ZclContext<D extends Device = Device> {
  readonly device: D
  /** The command that is executed; undefined when the device is primed from outside, or catches up with time. */
  readonly execution?: Execution
  readonly now: UtcSeconds
  /** Start of a read, for commands that have no time of their own. facts 6.6. */
  readonly fromDateTime?: number
}

/** What a command is answered with: a status, or commands of its cluster. Nothing is success. */
export type ZclAnswer =
  | { readonly status: number }
  | readonly { readonly command: string; readonly fields: Fields }[]
  | void

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
}

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
  readonly learns: ReadonlyMap<string, (context: ZclContext, fields: Fields) => void>
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
