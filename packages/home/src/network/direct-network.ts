import type { Eui64 } from '@smets2-sim/bytes'
import { decodeOtaImage } from '@smets2-sim/han'
import type { World } from '../world/world.js'
import type { FaultRules } from './fault-rules.js'
import type { HomeNetwork, NetworkNode } from './home-network.js'

interface Link {
  readonly node: NetworkNode
  reachable: boolean
  /** What waits at the hub until a sleeping node wakes. */
  readonly waiting: Uint8Array[]
  /** The image that the hub has for it. */
  image?: Uint8Array
}

/** A network without frames: a message is there after the latency. Sleeping, faults and lost links are as real. */
export class DirectNetwork implements HomeNetwork {
  onHub: HomeNetwork['onHub'] = () => undefined
  onImage: HomeNetwork['onImage'] = () => undefined
  readonly #world: World
  readonly #faults: FaultRules
  readonly #latencyMs: number
  readonly #links = new Map<Eui64, Link>()

  constructor(world: World, faults: FaultRules, latencyMs: number) {
    this.#world = world
    this.#faults = faults
    this.#latencyMs = latencyMs
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
    this.#fetchImage(link)
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
    const atMs = wakeEveryMs === undefined ? this.#world.nowMs + this.#latencyMs : this.#wakeOf(wakeEveryMs)
    this.#world.at(atMs, `firmware for ${name}`, () => {
      const { image, node } = link
      if (!image || !link.reachable) return
      delete link.image
      const { manufacturerCode, imageType, fileVersion } = decodeOtaImage(image)
      const succeeded = node.firmware?.take(image) ?? false
      this.onImage(node.id, { manufacturerCode, imageType, fileVersion }, succeeded)
    })
  }
  #wakeOf(wakeEveryMs: number): number {
    return (Math.floor(this.#world.nowMs / wakeEveryMs) + 1) * wakeEveryMs
  }

  toDevice(id: Eui64, message: Uint8Array): void {
    const link = this.#links.get(id)
    if (!link) return
    const { wakeEveryMs, name } = link.node
    if (wakeEveryMs === undefined) return this.#carry(link, message)
    link.waiting.push(message)
    if (link.waiting.length > 1) return
    this.#world.at(this.#wakeOf(wakeEveryMs), `wake of ${name}`, () => {
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
