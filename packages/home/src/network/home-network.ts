import type { Eui64 } from '@smets2-sim/bytes'
import type { HanPort, HanReceiver, PartnerLinkResult, Push } from '@smets2-sim/firmware'
import type { Band, FrameListener, LinkConditions } from '@smets2-sim/han'
import type { Cluster, ImageId } from '@smets2-sim/zcl'

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
  /** What kind of device it says that it is: of the hub's own numbers. */
  readonly deviceType: number
  /** 2.4 GHz where it is left out. */
  readonly band?: Band
  /** A node that sleeps hears what is for it when it wakes, every so often. */
  readonly wakeEveryMs?: number
  /** Install code on its label, 16 octets. */
  readonly label?: Uint8Array
  /** Takes a message from the hub; missing for a display that takes none. */
  readonly receive?: (message: Uint8Array) => void
  /** Whether it would be in this network (extended PAN identifier): one that belongs to another home would not. B14. */
  readonly belongs?: (extendedPanId: Uint8Array) => boolean
  /** It has become a member of this network, or has come back to it. */
  readonly joined?: (extendedPanId: Uint8Array) => void
  /** Missing for a device that gets no firmware over the network. */
  readonly firmware?: NetworkFirmware
}

/** A device that the hub lets onto the network: a row of its device log. facts 8. */
export interface Admission {
  readonly id: Eui64
  /** Of the hub's own numbers. */
  readonly deviceType: number
  /** Empty where the hub knows none: of one that has a key. */
  readonly installCode: Uint8Array
  /** Hash of the link key with which it may come back, 16 octets; `historic` of one that was taken off the log since. */
  readonly key?: { readonly hash: Uint8Array; readonly isHistoric: boolean }
  readonly joinTimeoutS: number
}
/** The network that a hub keeps: its extended PAN identifier, and whom it lets on it. */
export interface AdmittedNetwork {
  readonly extendedPanId: Uint8Array
  /** `everybody`: of a hub on a bench. */
  readonly admissions: readonly Admission[] | 'everybody'
}

/** The hub as the network sees it. */
export interface NetworkHub {
  readonly id: Eui64
  /** The gas proxy in it. */
  readonly proxy: Eui64
  /** Whether it is the hub itself, or the gas proxy in it. */
  isInside(id: Eui64): boolean
  receive(from: Eui64, message: Uint8Array): void
  /** A device has joined, or come back, with this hash of its link key. */
  joined(device: NetworkNode, hashedLinkKey: Uint8Array): void
  /** A device that slept asks for its messages: the next one may go to it. */
  asked(device: Eui64): void
  /** How many messages wait for a device that sleeps. */
  waiting(device: Eui64): number
  /** A device has taken an image, or refused it. */
  imageEnded(device: Eui64, image: ImageId, succeeded: boolean): void
}

/** What a device, or the gas proxy in the hub, does with ZCL that arrives, and of which clusters it is server or client. */
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
 * The home area network between the hub in place and the devices around it. Whether messages are handed over directly
 * or go through joined nodes, tunnels and frames is its own matter. It keeps no messages for devices that sleep: the
 * hub does.
 */
export interface HomeNetwork {
  attach(node: NetworkNode): void
  detach(id: Eui64): void
  /** Takes this hub for the one in place; without one nobody hears anybody. */
  setHub(hub: NetworkHub | undefined): void
  /** The hub in place was off and on: what was under way is given up. */
  hubRestarted(): void
  /** The hub's network, or its whitelist, has changed to this. */
  admit(network: AdmittedNetwork): void
  /** Whether the device is on the network of the hub in place. */
  has(id: Eui64): boolean
  /** A message of the hub for a device. `delivered` hears once whether the device has it. */
  toDevice(id: Eui64, message: Uint8Array, delivered: (isDelivered: boolean) => void): void
  /** Messages wait at the hub for a device that sleeps: it asks for them when it wakes. */
  pending(id: Eui64): void
  /** A message of a device for the hub. */
  toHub(id: Eui64, message: Uint8Array): void
  /** The way of a device, or of the gas proxy, to the others by ZCL. It may be had before the device is attached. */
  port(id: Eui64): HanPort
  /** What a device does with ZCL that arrives. */
  serve(id: Eui64, ends: ZclEnds): void
  /** The same for the gas proxy in whatever hub is in place. */
  serveProxy(ends: ZclEnds): void
  /** Connects a gas meter with the gas proxy. */
  mirror(meter: Eui64, ends: MirrorEnds): void
  /** Whether the link to a device is there. Our decision: what is sent meanwhile is lost, as on air. */
  setReachable(id: Eui64, reachable: boolean): void
  /** A device has lost its power, or has it again. */
  setPowered(id: Eui64, powered: boolean): void
  /** A device was reset: it knows no network any more, and looks for one. */
  forget(id: Eui64): void
  /** What comes of agreeing a link key between two devices. Missing where there is nothing to agree. */
  partnerLink?(id: Eui64, other: Eui64): PartnerLinkResult
  /** The hub has an OTA upgrade image for a device, which takes it when it hears of it. */
  offerImage(id: Eui64, image: Uint8Array): void
  /** How well a device hears the others, and they it. Missing where there are no frames. @throws GbcsError `invalidValue` */
  setLink?(id: Eui64, conditions: Partial<LinkConditions>): void
  /** Calls the listener for every frame on the air, with milliseconds since 2000; missing where there are no frames. */
  onFrame?(listener: FrameListener): () => void
}
