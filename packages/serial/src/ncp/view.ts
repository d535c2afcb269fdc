import type { Eui64 } from '@smets2-sim/bytes'
import type { AttributeResult, TypedValue } from '@smets2-sim/zcl'

/** An application of a device, as its simple descriptor tells it. */
export interface NcpEndpoint {
  readonly id: number
  readonly profile: number
  readonly deviceId: number
  readonly deviceVersion: number
  readonly inputClusters: readonly number[]
  readonly outputClusters: readonly number[]
}
/** A device of the network, as its descriptors tell it. */
export interface NcpDevice {
  readonly eui64: Eui64
  readonly shortAddress: number
  readonly manufacturerCode: number
  /** A sleepy device is an end device that listens now and then. */
  readonly kind: 'router' | 'endDevice' | 'sleepyEndDevice'
  readonly endpoints: readonly NcpEndpoint[]
}
/** The coordinator whose radio the stick plays. */
export interface NcpCoordinator {
  readonly eui64: Eui64
  readonly panId: number
  readonly extendedPanId: Eui64
  /** 11 to 26. */
  readonly channel: number
  readonly networkKey: Uint8Array
}

/** How often a program wants to hear of an attribute, in seconds; `maxS` FFFF ends it. */
export interface ReportingWish {
  readonly attribute: number
  readonly type: number
  readonly minS: number
  readonly maxS: number
  /** Least change that is worth a report; only for attributes that are quantities. */
  readonly change?: TypedValue['value']
}

/** What happens in the network without being asked. */
export type NcpEvent =
  /** The device has joined, or is back. */
  | { readonly kind: 'announced'; readonly device: Eui64 }
  | {
      readonly kind: 'reported'
      readonly device: Eui64
      readonly endpoint: number
      readonly cluster: number
      readonly records: readonly { readonly id: number; readonly data: TypedValue }[]
    }

/**
 * The network behind a radio stick, in the clear: all that a Zigbee program is shown of a home. It is a tool for
 * developers; a program that knows no certificates sees here what a real network would not show it.
 */
export interface NcpNetworkView {
  readonly coordinator: NcpCoordinator
  devices(): readonly NcpDevice[]
  /** One result for each identifier, in the same order. */
  readAttributes(
    device: Eui64,
    endpoint: number,
    cluster: number,
    ids: readonly number[],
  ): readonly AttributeResult[] | Promise<readonly AttributeResult[]>
  /** The ZCL status of each wish. Without it, no attribute is reportable. */
  configureReporting?(
    device: Eui64,
    endpoint: number,
    cluster: number,
    wishes: readonly ReportingWish[],
  ): readonly number[]
  /** The program opens the network for so many seconds (FF: until further notice), or closes it (0). */
  permitJoin(seconds: number): void
  /** Gives the way to stop. */
  onEvent?(listener: (event: NcpEvent) => void): () => void
}
