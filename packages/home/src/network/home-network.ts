import type { Eui64 } from '@smets2-sim/bytes'
import type { ImageId, LinkConditions } from '@smets2-sim/han'

/** The firmware of a device as its network sees it. */
export interface NetworkFirmware {
  readonly hardwareVersion: number
  /** What images are for it, and which one runs. */
  readonly running: () => ImageId
  /** A whole image has come: whether the device can use it. */
  readonly take: (image: Uint8Array) => boolean
}

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
  /** Missing for a device that gets no firmware over the network. */
  readonly firmware?: NetworkFirmware
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
  /** The hub has an OTA upgrade image for a device, which takes it when it hears of it. */
  offerImage(id: Eui64, image: Uint8Array): void
  /** Hears that a device has taken an image, or refused it. */
  onImage: (id: Eui64, image: ImageId, succeeded: boolean) => void
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
