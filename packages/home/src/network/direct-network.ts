import { equalBytes, type Eui64, eui64Bytes } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { han, type HanPort } from '@smets2-sim/firmware'
import type { HubTime } from '@smets2-sim/han'
import { decodeOtaImage } from '@smets2-sim/zcl'
import type { World } from '../world/world.js'
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

interface Link {
  readonly node: NetworkNode
  reachable: boolean
  powered: boolean
  /** Whether it is on the network of the hub in place. */
  isMember: boolean
  /** Hash of the link key that it has. Of one that had joined before the program was started nobody knows it. */
  key: Uint8Array | 'unknown' | undefined
  /** It wakes soon, and has something to ask for. */
  wakes: boolean
  /** The image that the hub has for it. */
  image?: Uint8Array
}

export interface DirectNetworkOptions {
  readonly latencyMs: number
  readonly time: () => HubTime
}

/** Time status of a reliable hub. facts 10.12. */
const MASTER_SUPERSEDING = 0x09

/**
 * A network without frames: a message is there after the latency, ZCL at once, and who is let in is in at once.
 * Sleeping, faults, lost links and admission are as real: a device is on the network when the hub in place has admitted it, with the install
 * code of its label or the link key that it has, and when it belongs to no other network. Only a hub on a bench, which
 * admits everybody, has all devices on it that are around it.
 */
export class DirectNetwork implements HomeNetwork {
  readonly #world: World
  readonly #faults: FaultRules
  readonly #latencyMs: number
  readonly #links = new Map<Eui64, Link>()
  #hub: NetworkHub | undefined
  #restarts = 0
  #network: AdmittedNetwork = { extendedPanId: new Uint8Array(8), admissions: [] }
  readonly #time: () => HubTime
  readonly #zcl = new han.DirectHan(() => this.#hub?.id)
  #proxyEnds: ZclEnds | undefined

  constructor(world: World, faults: FaultRules, { latencyMs, time }: DirectNetworkOptions) {
    this.#world = world
    this.#faults = faults
    this.#latencyMs = latencyMs
    this.#time = time
  }

  attach(node: NetworkNode): void {
    this.#links.set(node.id, {
      node,
      reachable: true,
      powered: true,
      isMember: false,
      key: 'unknown',
      wakes: false,
    })
  }
  detach(id: Eui64): void {
    this.#links.delete(id)
    this.#zcl.setReachable(id, false)
  }
  setHub(hub: NetworkHub | undefined): void {
    const before = this.#hub
    this.#hub = hub
    this.#restarts++
    this.#network = { ...this.#network, admissions: [] }
    for (const link of this.#links.values()) {
      link.isMember = false
      if (hub?.id !== before?.id) delete link.image
    }
    if (before) for (const id of [before.id, before.proxy]) this.#zcl.setReachable(id, false)
    if (hub) this.#serveHub(hub)
    this.#bringZcl()
  }
  #serveHub({ id, proxy }: NetworkHub): void {
    for (const one of [id, proxy]) {
      this.#zcl.port(one)
      this.#zcl.setReachable(one, true)
    }
    if (this.#proxyEnds) this.#zcl.serve(proxy, this.#proxyEnds.receiver)
    this.#zcl.serve(id, {
      read: (_from, { name }, attribute) => {
        const { utcSeconds, reliable } = this.#time()
        if (name !== 'Time') return undefined
        if (attribute === 'time' && reliable) return utcSeconds
        return attribute === 'timeStatus' ? (reliable ? MASTER_SUPERSEDING : 0) : undefined
      },
    })
  }
  /** ZCL reaches whom messages reach; on a bench also a display that takes none. */
  #bringZcl(): void {
    for (const [id, { reachable, powered, isMember }] of this.#links) {
      const isIn = isMember || this.#network.admissions === 'everybody'
      this.#zcl.port(id) // who has never spoken has its place too
      this.#zcl.setReachable(id, reachable && powered && this.#hub !== undefined && isIn)
    }
  }

  port(id: Eui64): HanPort {
    return this.#zcl.port(id)
  }
  serve(id: Eui64, { receiver }: ZclEnds): void {
    this.port(id)
    this.#zcl.serve(id, receiver)
  }
  serveProxy(ends: ZclEnds): void {
    this.#proxyEnds = ends
    if (this.#hub) this.#zcl.serve(this.#hub.proxy, ends.receiver)
  }
  /** At every wake the meter tells all that it has, if it is heard. */
  mirror(meter: Eui64, ends: MirrorEnds): void {
    const link = this.#links.get(meter)
    const everyMs = link?.node.wakeEveryMs
    if (!link || everyMs === undefined) return
    this.#world.at(nextMultiple(this.#world.nowMs, everyMs), `report of ${link.node.name}`, () => {
      if (this.#hears(link))
        for (const push of ends.waiting()) {
          ends.arrived(push)
          ends.heard(push)
        }
      this.mirror(meter, ends)
    })
  }
  hubRestarted(): void {
    this.#restarts++
  }
  has(id: Eui64): boolean {
    const link = this.#links.get(id)
    return link !== undefined && this.#isOn(link)
  }
  #isOn({ isMember, node }: Link): boolean {
    return this.#hub !== undefined && (isMember || (this.#network.admissions === 'everybody' && !!node.receive))
  }
  #hears(link: Link): boolean {
    return link.reachable && link.powered && this.#isOn(link)
  }

  admit(network: AdmittedNetwork): void {
    this.#network = network
    const { admissions } = network
    for (const link of this.#links.values())
      if (admissions !== 'everybody' && !admissions.some(({ id }) => id === link.node.id)) link.isMember = false
    this.#joinAll()
  }
  #joinAll(): void {
    const { admissions } = this.#network
    for (const admission of admissions === 'everybody' ? [] : admissions) {
      const link = this.#links.get(admission.id)
      if (link && !link.isMember && link.reachable && link.powered) this.#join(link, admission)
    }
    this.#bringZcl()
    for (const link of this.#links.values()) this.#fetchImage(link)
  }
  #join(link: Link, { installCode, key }: Admission): void {
    const { node } = link
    const { extendedPanId } = this.#network
    const mayJoin = key ? holds(link.key, key.hash) : equalBytes(installCode, node.label ?? new Uint8Array(0))
    if (!mayJoin || node.belongs?.(extendedPanId) === false) return
    link.isMember = true
    if (!key || link.key === 'unknown') link.key = key?.hash ?? this.#newKey(node)
    const hash = link.key as Uint8Array
    this.#world.after(this.#latencyMs, `${node.name} joins`, () => {
      if (!link.isMember) return
      this.#hub?.joined(node, hash)
      node.joined?.(extendedPanId)
    })
  }
  /** Hash of a link key of its own for each device and each time that it joins. */
  #newKey({ id }: NetworkNode): Uint8Array {
    return native
      .sha256(Uint8Array.from([...eui64Bytes(id), ...this.#network.extendedPanId, this.#keys++]))
      .subarray(0, 16)
  }
  #keys = 0

  setReachable(id: Eui64, reachable: boolean): void {
    const link = this.#links.get(id)
    if (link) link.reachable = reachable
    this.#joinAll()
  }
  setPowered(id: Eui64, powered: boolean): void {
    const link = this.#links.get(id)
    if (link) link.powered = powered
    this.#joinAll()
  }
  forget(id: Eui64): void {
    const link = this.#links.get(id)
    if (link) Object.assign(link, { isMember: false, key: undefined })
    this.#joinAll()
  }

  /** The image is handed over whole: at once or at the next wake, and to a device out of reach when it is back. */
  offerImage(id: Eui64, image: Uint8Array): void {
    const link = this.#links.get(id)
    if (!link) return
    link.image = image
    this.#fetchImage(link)
  }
  #fetchImage(link: Link): void {
    const { name, wakeEveryMs } = link.node
    if (!link.image) return
    const { nowMs } = this.#world
    const atMs = wakeEveryMs === undefined ? nowMs + this.#latencyMs : nextMultiple(nowMs, wakeEveryMs)
    this.#world.at(atMs, `firmware for ${name}`, () => {
      const { image, node } = link
      if (!image || !this.#hears(link)) return
      delete link.image
      const { manufacturerCode, imageType, fileVersion } = decodeOtaImage(image)
      const succeeded = node.firmware?.take(image) ?? false
      this.#hub?.imageEnded(node.id, { manufacturerCode, imageType, fileVersion }, succeeded)
    })
  }

  pending(id: Eui64): void {
    const link = this.#links.get(id)
    const everyMs = link?.node.wakeEveryMs
    if (!link || everyMs === undefined || link.wakes) return
    link.wakes = true
    this.#world.at(nextMultiple(this.#world.nowMs, everyMs), `wake of ${link.node.name}`, () => {
      link.wakes = false
      if (this.#hears(link)) this.#hub?.asked(id)
      else if ((this.#hub?.waiting(id) ?? 0) > 0) this.pending(id)
    })
  }
  toDevice(id: Eui64, message: Uint8Array, delivered: (isDelivered: boolean) => void): void {
    const link = this.#links.get(id)
    if (!link?.node.receive || !this.#isOn(link)) return delivered(false)
    const { node } = link
    let [underway, isDelivered] = [0, false]
    const over = (): void => {
      if (--underway > 0) return
      delivered(isDelivered)
      // it stays awake until there is no more
      if (isDelivered && node.wakeEveryMs !== undefined) this.#hub?.asked(id)
    }
    const copies = this.#transit('hub', node.name, message, (passing) => {
      const isHeard = this.#hears(link)
      isDelivered ||= isHeard
      if (isHeard) node.receive?.(passing)
      over()
    })
    underway += copies
    if (copies === 0) this.#world.after(this.#latencyMs, `message to ${node.name} lost`, over)
  }

  toHub(id: Eui64, message: Uint8Array): void {
    const link = this.#links.get(id)
    if (!link || !this.#isOn(link)) return
    this.#transit(link.node.name, 'hub', message, (passing) => {
      if (link.reachable && this.#isOn(link)) this.#hub?.receive(id, passing)
    })
  }

  /** How many of it are on their way. */
  #transit(from: string, to: string, message: Uint8Array, arrive: (message: Uint8Array) => void): number {
    const passing = this.#faults.pass(from, to, message)
    const restarts = this.#restarts
    for (const { message: octets, delayMs } of passing)
      this.#world.after(this.#latencyMs + delayMs, `message from ${from} to ${to}`, () => {
        // what was on its way when the hub lost its power is lost
        if (restarts === this.#restarts) arrive(octets)
      })
    return passing.length
  }
}

const holds = (key: Link['key'], hash: Uint8Array): boolean =>
  key === 'unknown' || (key !== undefined && equalBytes(key, hash))
const nextMultiple = (ms: number, ofMs: number): number => (Math.floor(ms / ofMs) + 1) * ofMs
