import { equalBytes, type Eui64, eui64Bytes } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import type { World } from '../world/world.js'
import type { FaultRules } from './fault-rules.js'
import type { Admission, AdmittedNetwork, HomeNetwork, NetworkHub, NetworkNode } from './home-network.js'

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
}

/**
 * A network without frames: a message is there after the latency, and who is let in is in at once. Sleeping, faults, lost
 * links and admission are as real: a device is on the network when the hub in place has admitted it, with the install
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

  constructor(world: World, faults: FaultRules, latencyMs: number) {
    this.#world = world
    this.#faults = faults
    this.#latencyMs = latencyMs
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
  }
  setHub(hub: NetworkHub | undefined): void {
    this.#hub = hub
    this.#restarts++
    this.#network = { ...this.#network, admissions: [] }
    for (const link of this.#links.values()) link.isMember = false
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
    if (this.#network.admissions === 'everybody') return
    for (const admission of this.#network.admissions) {
      const link = this.#links.get(admission.id)
      if (link && !link.isMember && link.reachable && link.powered) this.#join(link, admission)
    }
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

  pending(id: Eui64): void {
    const link = this.#links.get(id)
    const everyMs = link?.node.wakeEveryMs
    if (!link || everyMs === undefined || link.wakes) return
    link.wakes = true
    this.#world.at((Math.floor(this.#world.nowMs / everyMs) + 1) * everyMs, `wake of ${link.node.name}`, () => {
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
