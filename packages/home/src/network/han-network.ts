import { type Eui64, eui64, GbcsError } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import type { HanPort, PartnerLinkResult } from '@smets2-sim/firmware'
import {
  type DeviceStack,
  deviceStack,
  type FrameListener,
  hubStack,
  type HubStack,
  type HubTime,
  type LinkConditions,
  network,
  type Network,
  node,
  type Scheduler,
  withCrc,
} from '@smets2-sim/han'
import { otaStatus } from '@smets2-sim/zcl'
import type { World } from '../world/world.js'
import { AirMirror } from './air-mirror.js'
import { AirZcl } from './air-zcl.js'
import type { FaultRules } from './fault-rules.js'
import type {
  Admission,
  AdmittedNetwork,
  HomeNetwork,
  MirrorEnds,
  NetworkHub,
  NetworkNode,
  ZclEnds,
} from './home-network.js'

export interface HanNetworkOptions {
  readonly seed: number
  /** Of a frame, from one radio to the other; what the air takes where it is left out. */
  readonly latencyMs?: number
  readonly time: () => HubTime
}

interface Member {
  readonly node: NetworkNode
  readonly stack: DeviceStack
  isReachable: boolean
}
/** How long the hub's end of the network holds a message that the gas meter has asked for. Our decision. */
const GAS_HELD_S = 600

/**
 * The home area network as frames: a hub, devices that join with their install codes when the hub admits them, tunnels,
 * a gas meter that sleeps and fetches. Faults of messages hit what a device or the hub hands to its radio; faults of
 * links hit frames, which are then repeated.
 */
export class HanNetwork implements HomeNetwork {
  readonly #world: World
  readonly #faults: FaultRules
  readonly #time: () => HubTime
  readonly #air: Network
  readonly #members = new Map<Eui64, Member>()
  #hub: NetworkHub | undefined
  #stack: HubStack | undefined
  #network: AdmittedNetwork = { extendedPanId: new Uint8Array(8), admissions: [] }
  readonly #mirror = new AirMirror(() => this.#stack?.mirror.meter)
  readonly #zcl = new AirZcl({
    hub: () => this.#hub && this.#stack && { hub: this.#hub, stack: this.#stack },
    device: (id) => this.#members.get(id)?.stack,
    quality: (a, b) => this.#quality(a, b),
  })

  constructor(world: World, faults: FaultRules, { seed, latencyMs, time }: HanNetworkOptions) {
    this.#world = world
    this.#faults = faults
    this.#time = time
    const scheduler: Scheduler = {
      now: () => world.nowMs,
      at: (ms, action) => void world.at(ms, 'the home area network', action),
    }
    this.#air = network({ scheduler, cipher: native, seed, ...(latencyMs !== undefined && { link: { latencyMs } }) })
  }

  attach(attached: NetworkNode): void {
    const { id, band, wakeEveryMs, receive, firmware } = attached
    const sleepy = wakeEveryMs !== undefined
    const stack = deviceStack(node(this.#air, { eui64: id, sleepy, ...(band && { bands: [band] }) }), {
      tunnel: receive ? (sleepy ? 'gas' : 'server') : 'none',
      ...(receive && { onMessage: receive }),
      ...(firmware && { firmware: { ...firmware, verify: firmware.take } }),
      ...(sleepy && { gas: { wakeIntervalS: wakeEveryMs / 1000, reports: () => this.#mirror.reportsOf(id) } }),
      onState: (state) => {
        if (state === 'joined') attached.joined?.(this.#network.extendedPanId)
      },
    })
    this.#members.set(id, { node: attached, stack, isReachable: true })
  }
  /** The device goes off the air. */
  detach(id: Eui64): void {
    this.#members.get(id)?.stack.power(false)
    this.#members.delete(id)
  }

  /** The radio of the hub before goes off the air; one that is the same hub again keeps it. */
  setHub(hub: NetworkHub | undefined): void {
    const isSame = hub !== undefined && this.#stack?.node.eui64 === hub.id
    this.#hub = hub
    if (isSame) return
    this.#stack?.power(false)
    if (this.#stack) this.#air.detach(this.#stack.node.mac)
    this.#network = { extendedPanId: new Uint8Array(8), admissions: [] }
    this.#stack = hub && this.#stackOf(hub.id)
    this.#zcl.hubChanged()
    for (const [id, { isReachable }] of this.#members)
      if (hub && !isReachable) this.#air.link(id, hub.id, { reachable: false })
  }
  #stackOf(id: Eui64): HubStack {
    return hubStack(node(this.#air, { eui64: id, bands: ['2.4GHz', 'subGHz'] }), {
      time: this.#time,
      onMessage: (from, message) => this.#hub?.receive(from, message),
      ...this.#mirror.listener(),
      onEvent: (event) => {
        if (event.kind === 'imageTaken')
          this.#hub?.imageEnded(event.device, event.image, event.status === otaStatus.success)
        if (event.kind !== 'joined' || !event.device.hashedLinkKey) return
        const member = this.#members.get(event.device.eui64)
        if (member) this.#hub?.joined(member.node, event.device.hashedLinkKey)
      },
      gasMessageTimeoutS: GAS_HELD_S,
      gasMessages: {
        next: (meter) => this.#hub?.asked(meter),
        waiting: (meter) => this.#hub?.waiting(meter) ?? 0,
      },
    })
  }
  hubRestarted(): void {
    this.#stack?.power(false)
    this.#stack?.power(true)
  }
  /** Whether the hub has admitted the device: of others it knows nothing. */
  has(id: Eui64): boolean {
    return this.#members.has(id) && this.#stack?.typeOf(id) !== undefined
  }

  /** Brings the hub's network to this: new devices are switched on and join, former ones are sent away. */
  admit(admitted: AdmittedNetwork): void {
    const hub = this.#stack
    this.#network = admitted
    if (!hub) return
    const extendedPanId = eui64(admitted.extendedPanId)
    if (hub.backup().extendedPanId !== extendedPanId) hub.restore({ extendedPanId, devices: [] })
    const admissions = this.#admissions
    for (const { eui64: known } of hub.devices) if (!admissions.some(({ id }) => id === known)) hub.unregister(known)
    for (const admission of admissions) if (hub.typeOf(admission.id) === undefined) this.#admitOne(hub, admission)
  }
  get #admissions(): readonly Admission[] {
    const { admissions } = this.#network
    return admissions === 'everybody' ? [] : admissions
  }
  /** One that has its key comes back by itself; another one, or one that has lost it, joins with its install code. */
  #admitOne(hub: HubStack, { id, deviceType, installCode, key, joinTimeoutS }: Admission): void {
    const member = this.#members.get(id)
    if (!member) return
    if (key && !key.isHistoric && member.stack.state !== 'idle')
      return hub.readmit({ eui64: id, deviceType: member.node.deviceType, hashedLinkKey: key.hash })
    hub.register({ eui64: id, deviceType, installCode, joinTimeoutS })
    this.#start(member)
  }
  #start({ node: { label, belongs }, stack }: Member): void {
    if (label && belongs?.(this.#network.extendedPanId) !== false) stack.join(withCrc(label))
  }

  setReachable(id: Eui64, reachable: boolean): void {
    const member = this.#members.get(id)
    if (!member) return
    member.isReachable = reachable
    for (const other of this.#others(id)) this.#air.link(id, other, { reachable })
  }
  setPowered(id: Eui64, powered: boolean): void {
    const member = this.#members.get(id)
    // it remembers its network and its tunnel
    if (member) member.stack.node.mac.powered = powered
  }
  forget(id: Eui64): void {
    const member = this.#members.get(id)
    if (!member) return
    member.stack.leave()
    if (this.#admissions.some((one) => one.id === id)) this.#start(member)
  }
  setLink(id: Eui64, conditions: Partial<LinkConditions>): void {
    if (!this.#members.has(id)) throw new GbcsError('misuse', `no device ${id} on the network`)
    for (const other of this.#others(id)) this.#air.link(id, other, conditions)
  }
  #others(id: Eui64): Eui64[] {
    return [...(this.#hub ? [this.#hub.id] : []), ...this.#members.keys()].filter((other) => other !== id)
  }

  /**
   * Two devices agree a key by way of the hub, which vouches for those that it has admitted: of others there is none. Our
   * decision; a device that is still on its way onto the network is waited for.
   */
  partnerLink(id: Eui64, other: Eui64): PartnerLinkResult {
    const isThere = (one: Eui64): boolean =>
      this.#hub?.isInside(one) === true || (this.has(one) && this.#members.get(one)?.isReachable === true)
    return isThere(id) && isThere(other) ? 'success' : 'noPartnerLinkKeyReceived'
  }

  offerImage(id: Eui64, image: Uint8Array): void {
    this.#stack?.offerImage(id, image)
  }
  pending(): void {
    this.#stack?.gasMessagePending()
  }
  toDevice(id: Eui64, message: Uint8Array, delivered: (isDelivered: boolean) => void): void {
    const [hub, member] = [this.#stack, this.#members.get(id)]
    if (!hub || !member?.node.receive) return delivered(false)
    let [underway, isDelivered] = [0, false]
    const over = (ok: boolean): void => {
      isDelivered ||= ok
      if (--underway <= 0) delivered(isDelivered)
    }
    const passing = this.#faults.pass('hub', member.node.name, message)
    underway = passing.length
    if (underway === 0) over(false)
    for (const one of passing) this.#later(one, (octets) => hub.send(id, octets, over))
  }
  toHub(id: Eui64, message: Uint8Array): void {
    const member = this.#members.get(id)
    if (!member) return
    for (const one of this.#faults.pass(member.node.name, 'hub', message))
      this.#later(one, (octets) => member.stack.send(octets))
  }
  #later(
    { message, delayMs }: { readonly message: Uint8Array; readonly delayMs: number },
    send: (message: Uint8Array) => void,
  ): void {
    if (delayMs === 0) send(message)
    else this.#world.after(delayMs, 'delayed message', () => send(message))
  }

  mirror(meter: Eui64, ends: MirrorEnds): void {
    this.#mirror.connect(meter, ends)
  }
  port(id: Eui64): HanPort {
    return this.#zcl.port(id)
  }
  serve(id: Eui64, ends: ZclEnds): void {
    this.#zcl.serve(id, ends)
  }
  serveProxy(ends: ZclEnds): void {
    this.#zcl.serveProxy(ends)
  }
  /** 255 for a link that loses nothing; what is not reached is not heard. */
  #quality(from: Eui64, to: Eui64): number | undefined {
    const { reachable, loss } = this.#air.links.of(from, to)
    return reachable ? Math.round(FULL_QUALITY * (1 - loss)) : undefined
  }

  onFrame(listener: FrameListener): () => void {
    return this.#air.onFrame(listener)
  }
}

const FULL_QUALITY = 255
