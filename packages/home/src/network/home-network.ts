import type { Eui64 } from '@smets2-sim/bytes'
import type { LinkConditions } from '@smets2-sim/han'

/** A device as its network sees it. */
export interface NetworkNode {
  readonly id: Eui64
  /** Its name in the home: `esme`. */
  readonly name: string
  /** A node that sleeps hears what is for it when it wakes, every so often. */
  readonly wakeEveryMs?: number
  /** Install code on its label, 16 octets. */
  readonly label?: Uint8Array
  /** Takes a message from the hub; missing for a display that takes none. */
  readonly receive?: (message: Uint8Array) => void
}

/** A device that the hub lets onto the network: a row of its device log. facts 8. */
export interface Admission {
  readonly id: Eui64
  /** Of the hub's own numbers. */
  readonly deviceType: number
  readonly installCode: Uint8Array
  readonly joinTimeoutS: number
}

/**
 * The home area network between the hub and the devices around it. Whether messages are handed over directly or go
 * through joined nodes, tunnels and frames is its own matter.
 */
export interface HomeNetwork {
  attach(node: NetworkNode): void
  detach(id: Eui64): void
  has(id: Eui64): boolean
  /** A message of the hub for a device. One that cannot be reached does not get it. */
  toDevice(id: Eui64, message: Uint8Array): void
  /** A message of a device for the hub. */
  toHub(id: Eui64, message: Uint8Array): void
  /** Whether the link to a device is there. Our decision: what is sent meanwhile is lost, as on air. */
  setReachable(id: Eui64, reachable: boolean): void
  /** Hears what reaches the hub. */
  onHub: (from: Eui64, message: Uint8Array) => void
  /** The hub's whitelist has changed to this. Missing where everybody is on the network from the start. */
  admit?(admissions: readonly Admission[]): void
  /** Hears of every device that has joined, or come back, with the hash of its link key. */
  onJoined?(listener: (device: Eui64, hashedLinkKey: Uint8Array) => void): void
  /** How well a device hears the others, and they it. Missing where there are no frames. @throws GbcsError `invalidValue` */
  setLink?(id: Eui64, conditions: Partial<LinkConditions>): void
  /** Calls the listener for every frame on the air, with milliseconds since 2000; missing where there are no frames. */
  onFrame?(listener: (octets: Uint8Array, timeMs: number) => void): () => void
}
