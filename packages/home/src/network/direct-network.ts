import type { Eui64 } from '@smets2-sim/bytes'
import { han, type HanPort } from '@smets2-sim/firmware'
import type { HubTime } from '@smets2-sim/han'
import type { World } from '../world/world.js'
import type { FaultRules } from './fault-rules.js'
import type { HomeNetwork, MirrorEnds, NetworkNode, ZclEnds } from './home-network.js'

interface Link {
  readonly node: NetworkNode
  reachable: boolean
  /** What waits at the hub until a sleeping node wakes. */
  readonly waiting: Uint8Array[]
}

export interface DirectNetworkOptions {
  readonly hub: Eui64
  readonly latencyMs: number
  readonly time: () => HubTime
}

/** Time status of a reliable hub. facts 10.12. */
const MASTER_SUPERSEDING = 0x09

/**
 * A network without frames: a message is there after the latency, and ZCL at once. Sleeping, faults and lost links are
 * as real.
 */
export class DirectNetwork implements HomeNetwork {
  onHub: HomeNetwork['onHub'] = () => undefined
  readonly #world: World
  readonly #faults: FaultRules
  readonly #latencyMs: number
  readonly #links = new Map<Eui64, Link>()
  readonly #zcl: han.DirectHan

  constructor(world: World, faults: FaultRules, { hub, latencyMs, time }: DirectNetworkOptions) {
    this.#world = world
    this.#faults = faults
    this.#latencyMs = latencyMs
    this.#zcl = new han.DirectHan(hub)
    this.#zcl.port(hub)
    this.#zcl.serve(hub, {
      read(_from, { name }, attribute) {
        const { utcSeconds, reliable } = time()
        if (name !== 'Time') return undefined
        if (attribute === 'time' && reliable) return utcSeconds
        return attribute === 'timeStatus' ? (reliable ? MASTER_SUPERSEDING : 0) : undefined
      },
    })
  }

  attach(node: NetworkNode): void {
    this.#links.set(node.id, { node, reachable: true, waiting: [] })
  }
  detach(id: Eui64): void {
    this.#links.delete(id)
  }
  has(id: Eui64): boolean {
    return this.#links.get(id)?.node.receive !== undefined
  }
  setReachable(id: Eui64, reachable: boolean): void {
    const link = this.#links.get(id)
    if (!link) return
    link.reachable = reachable
    this.port(id) // who has never spoken has its place too
    this.#zcl.setReachable(id, reachable)
  }

  port(id: Eui64): HanPort {
    return this.#zcl.port(id)
  }
  serve(id: Eui64, { receiver }: ZclEnds): void {
    this.port(id)
    this.#zcl.serve(id, receiver)
  }
  /** At every wake the meter tells all that it has, if it is heard. */
  mirror(meter: Eui64, ends: MirrorEnds): void {
    const link = this.#links.get(meter)
    const everyMs = link?.node.wakeEveryMs
    if (!link || everyMs === undefined) return
    this.#world.at(nextMultiple(this.#world.nowMs, everyMs), `report of ${link.node.name}`, () => {
      if (link.reachable)
        for (const push of ends.waiting()) {
          ends.arrived(push)
          ends.heard(push)
        }
      this.mirror(meter, ends)
    })
  }

  toDevice(id: Eui64, message: Uint8Array): void {
    const link = this.#links.get(id)
    if (!link) return
    const { wakeEveryMs, name } = link.node
    if (wakeEveryMs === undefined) return this.#carry(link, message)
    link.waiting.push(message)
    if (link.waiting.length > 1) return
    this.#world.at(nextMultiple(this.#world.nowMs, wakeEveryMs), `wake of ${name}`, () => {
      for (const waiting of link.waiting.splice(0)) this.#carry(link, waiting)
    })
  }
  #carry(link: Link, message: Uint8Array): void {
    const { node } = link
    this.#transit(link, 'hub', node.name, message, (passing) => node.receive?.(passing))
  }

  toHub(id: Eui64, message: Uint8Array): void {
    const link = this.#links.get(id)
    if (link) this.#transit(link, link.node.name, 'hub', message, (passing) => this.onHub(id, passing))
  }

  #transit(link: Link, from: string, to: string, message: Uint8Array, arrive: (message: Uint8Array) => void): void {
    for (const { message: passing, delayMs } of this.#faults.pass(from, to, message))
      this.#world.after(this.#latencyMs + delayMs, `message from ${from} to ${to}`, () => {
        if (link.reachable) arrive(passing)
      })
  }
}

const nextMultiple = (ms: number, ofMs: number): number => (Math.floor(ms / ofMs) + 1) * ofMs
