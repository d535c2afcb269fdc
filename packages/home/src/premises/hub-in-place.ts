import type { Eui64 } from '@smets2-sim/bytes'
import {
  admission,
  extendedPanId,
  historicLog,
  hubLog,
  HubRelay,
  linkKeyEstablished,
  type Place,
  recordTransmission,
  takeSubGhzPlace,
  transferEnded,
  type WanEnd,
  type WanFrame,
} from '@smets2-sim/chf'
import type { Device } from '@smets2-sim/firmware'
import type { ImageId } from '@smets2-sim/zcl'
import type { Admission, HomeNetwork, NetworkHub, NetworkNode } from '../network/home-network.js'
import type { WanHub, WanLink } from '../network/wan-link.js'
import type { HomeDevice } from './home-device.js'
import type { HubFunctions } from './hub-functions.js'

/** What a hub is put into, and what it is made of. */
export interface HubSite {
  readonly wan: WanLink
  readonly network: HomeNetwork
  /** The devices around it. */
  readonly nodes: ReadonlyMap<Eui64, NetworkNode>
  readonly chf: HomeDevice
  readonly gpf: HomeDevice
  readonly functions: HubFunctions
  /**
   * Whether a hub that nobody was told of serves everybody around it. Our decision: the first hub of a home does in a
   * network without frames, as on a bench, so that a home answers before it is commissioned. From the first device on
   * that it is told of its device log decides, and that of a hub that replaces it decides from the start.
   */
  readonly isBench: boolean
  /** Hands a message to a function of the hub itself. */
  own(target: Eui64, message: Uint8Array): void
  /** A message that the hub has nowhere to deliver. */
  undelivered(message: Uint8Array, why: string): void
}

/** Install code by device, as it stands on the label. */
const labelOf = (node: NetworkNode | undefined): Uint8Array => node?.label ?? new Uint8Array(0)
/** Of a device that had joined before the program was started again. Our decision. */
const REJOIN_S = 3600

/** The communications hub that is in place, from when it is switched on until it is off: a relay with its networks. */
export class HubInPlace implements WanHub, NetworkHub {
  readonly #site: HubSite
  readonly #relay: HubRelay
  #isOn = true
  /** What the network was last told of. */
  #told: readonly unknown[] = []

  constructor(site: HubSite) {
    const { chf, gpf, network, functions } = (this.#site = site)
    this.#relay = new HubRelay(
      chf.device,
      {
        toWan: (frame) => site.wan.toParties(frame),
        confirmWan: (number) => site.wan.confirm(number),
        toDevice: (target, message, number) => {
          functions.passesToDevice(target, message)
          network.toDevice(target, message, (succeeded) => this.#delivered(target, number, succeeded))
        },
        pending: (target) => network.pending(target),
        own: (target, message) => site.own(target, message),
        ended: (ending, message, target) => {
          if (ending === 'unknownTarget') site.undelivered(message, `no device ${target ?? ''} on the network`)
          if (ending === 'noTarget') site.undelivered(message, 'the octets name no target')
        },
        placeOfStranger: (id) => this.#placeOfStranger(id),
      },
      gpf.id,
    )
  }

  /** Switches it on: for the first time, or again with what it holds. Messages for devices that sleep wait on. */
  powerOn(): void {
    // the network of a hub that was off for a moment is still there
    this.look()
    this.#do(() => this.#relay.powerOn())
    for (const id of this.#site.nodes.keys()) if (this.waiting(id) > 0) this.#site.network.pending(id)
  }
  /** It is off, or gone: what comes later is not its matter. */
  powerOff(): void {
    this.#isOn = false
  }
  /** Looks whether the device log has changed: the network admits by it. */
  look(): void {
    const { items } = this.#site.chf.device
    const now = [items.read(hubLog), items.read(historicLog), items.read(extendedPanId)]
    if (!this.#isOn || now.every((one, i) => one === this.#told[i])) return
    this.#told = now
    const pan = items.read(extendedPanId)
    this.#site.network.admit({ extendedPanId: pan, admissions: this.#isBench ? 'everybody' : this.#admissions() })
  }

  // the wide area network

  wanUp(): void {
    this.#do(() => this.#relay.wanUp())
  }
  wanDown(): void {
    this.#do(() => this.#relay.wanDown())
  }
  fromWan(frame: WanFrame): void {
    this.#do(() => this.#relay.fromWan(frame))
  }
  wanConfirmed(number: number): void {
    this.#do(() => this.#relay.wanConfirmed(number))
  }
  get farEnd(): WanEnd {
    return this.#relay.farEnd
  }
  get waitingForWan(): number {
    return this.#relay.waitingForWan
  }

  // the home area network

  get id(): Eui64 {
    return this.#site.chf.id
  }
  get proxy(): Eui64 {
    return this.#site.gpf.id
  }
  isInside(id: Eui64): boolean {
    return id === this.#site.chf.id || id === this.#site.gpf.id
  }
  receive(from: Eui64, message: Uint8Array): void {
    this.#do((hub) => recordTransmission(hub, from, { succeeded: true }))
    this.#site.functions.passesFromDevice(from, message)
    this.send(from, message)
  }
  /** What a function of the hub itself, or a device of its network, has to say to the parties. */
  send(from: Eui64, message: Uint8Array): void {
    this.#do(() => this.#relay.toWan(from, message))
  }
  joined({ id, deviceType, band }: NetworkNode, hashedLinkKey: Uint8Array): void {
    this.#do((hub) => {
      linkKeyEstablished(hub, id, hashedLinkKey, deviceType)
      if (band === 'subGHz') takeSubGhzPlace(hub, id)
    })
  }
  asked(device: Eui64): void {
    this.#do(() => this.#relay.retrieve(device))
  }
  waiting(device: Eui64): number {
    return this.#relay.waitingFor(device)
  }
  imageEnded(device: Eui64, image: ImageId, succeeded: boolean): void {
    this.#do((hub) => {
      transferEnded(hub, device, image, succeeded)
      hub.save()
    })
  }
  #delivered(target: Eui64, number: number, succeeded: boolean): void {
    this.#do(() => this.#relay.delivered(number, { succeeded }))
    if (this.#isOn && !succeeded && this.waiting(target) > 0) this.#site.network.pending(target)
  }

  /** Changes the hub, as long as it is on: only one that is writes to its store. */
  #do(body: (hub: Device) => unknown): void {
    if (this.#isOn) this.#site.chf.change(body)
  }

  get #isBench(): boolean {
    const { items } = this.#site.chf.device
    return this.#site.isBench && items.read(hubLog).length === 0 && items.read(historicLog).length === 0
  }
  #placeOfStranger(id: Eui64): Place {
    const node = this.#isBench ? this.#site.nodes.get(id) : undefined
    if (!node?.receive) return 'unknown'
    return node.wakeEveryMs === undefined ? 'awake' : 'asleep'
  }
  /**
   * Whom the hub lets onto its network: those in its device log that have a key, and those whose time to join runs. A
   * network of frames keeps no keys over a restart of the program, so that who had joined does so again by its label.
   */
  #admissions(): Admission[] {
    const { device: hub } = this.#site.chf
    return hub.items.read(hubLog).flatMap(({ deviceId: id, deviceType, installCode, joining }): Admission[] => {
      const admitted = admission(hub, id)
      if (!admitted) return []
      const key =
        admitted.with === 'installCode'
          ? undefined
          : { hash: admitted.hashedLinkKey, isHistoric: admitted.with === 'historicKey' }
      const code = installCode.length > 0 ? installCode : labelOf(this.#site.nodes.get(id))
      const joinTimeoutS = joining ? joining.until - hub.now : REJOIN_S
      return [{ id, deviceType, installCode: code, ...(key && { key }), joinTimeoutS }]
    })
  }
}
