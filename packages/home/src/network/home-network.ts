import type { Eui64 } from '@smets2-sim/bytes'
import type { HanPort, HanReceiver, Push } from '@smets2-sim/firmware'
import type { LinkConditions } from '@smets2-sim/han'
import type { Cluster } from '@smets2-sim/zcl'

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

/** What a device, or a function of the hub, does with ZCL that arrives, and of which clusters it is server or client. */
export interface ZclEnds {
  readonly receiver: HanReceiver
  readonly servers: readonly Cluster[]
  readonly clients: readonly Cluster[]
}
/** What a gas meter tells its proxy whenever its radio is on. */
export interface MirrorEnds {
  /** What the meter has to tell now, oldest first; nothing while the two are not joined. */
  waiting(): readonly Push[]
  /** The proxy has it, and the meter knows. */
  arrived(push: Push): void
  /** The proxy hears it. */
  heard(push: Push): void
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
  /** The way of a device, or of a function of the hub, to the others by ZCL. It may be had before the device is attached. */
  port(id: Eui64): HanPort
  /** What the device does with ZCL that arrives. */
  serve(id: Eui64, ends: ZclEnds): void
  /** Connects a gas meter with its proxy. */
  mirror(meter: Eui64, ends: MirrorEnds): void
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
