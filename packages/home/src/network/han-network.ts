import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import {
  type DeviceStack,
  deviceStack,
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
import type { FaultRules } from './fault-rules.js'
import type { Admission, HomeNetwork, NetworkNode } from './home-network.js'

export interface HanNetworkOptions {
  readonly hub: Eui64
  readonly seed: number
  /** Of a frame, from one radio to the other; what the air takes where it is left out. */
  readonly latencyMs?: number
  readonly time: () => HubTime
}

interface Member {
  readonly node: NetworkNode
  readonly stack: DeviceStack
}

/**
 * The home area network as frames: a hub, devices that join with their install codes when the hub admits them, tunnels,
 * a gas meter that sleeps and fetches. Faults of messages hit what a device or the hub hands to its radio; faults of
 * links hit frames, which are then repeated.
 */
export class HanNetwork implements HomeNetwork {
  onHub: HomeNetwork['onHub'] = () => undefined
  onImage: HomeNetwork['onImage'] = () => undefined
  readonly #world: World
  readonly #faults: FaultRules
  readonly #hubId: Eui64
  readonly #air: Network
  readonly #hub: HubStack
  readonly #members = new Map<Eui64, Member>()
  readonly #joined: ((device: Eui64, hashedLinkKey: Uint8Array) => void)[] = []

  constructor(world: World, faults: FaultRules, { hub, seed, latencyMs, time }: HanNetworkOptions) {
    this.#world = world
    this.#faults = faults
    this.#hubId = hub
    const scheduler: Scheduler = {
      now: () => world.nowMs,
      at: (ms, action) => void world.at(ms, 'the home area network', action),
    }
    this.#air = network({ scheduler, cipher: native, seed, ...(latencyMs !== undefined && { link: { latencyMs } }) })
    this.#hub = hubStack(node(this.#air, { eui64: hub, bands: ['2.4GHz', 'subGHz'] }), {
      time,
      onMessage: (from, message) => this.onHub(from, message),
      onEvent: (event) => {
        if (event.kind === 'joined' && event.device.hashedLinkKey)
          for (const listener of this.#joined) listener(event.device.eui64, event.device.hashedLinkKey)
        if (event.kind === 'imageTaken') this.onImage(event.device, event.image, event.status === otaStatus.success)
      },
    })
  }

  attach(attached: NetworkNode): void {
    const { id, wakeEveryMs, receive, firmware } = attached
    const sleepy = wakeEveryMs !== undefined
    const stack = deviceStack(node(this.#air, { eui64: id, sleepy }), {
      tunnel: receive ? (sleepy ? 'gas' : 'server') : 'none',
      ...(receive && { onMessage: receive }),
      ...(firmware && { firmware: { ...firmware, verify: firmware.take } }),
      ...(sleepy && { gas: { wakeIntervalS: wakeEveryMs / 1000, reports: () => [] } }),
    })
    this.#members.set(id, { node: attached, stack })
  }
  /** The device goes off the air. */
  detach(id: Eui64): void {
    this.#members.get(id)?.stack.power(false)
    this.#members.delete(id)
  }
  /** Whether the hub has admitted the device: of others it knows nothing. */
  has(id: Eui64): boolean {
    return this.#members.has(id) && this.#hub.typeOf(id) !== undefined
  }

  /** Brings the hub's whitelist to this: new devices are switched on and join, former ones are sent away. */
  admit(admissions: readonly Admission[]): void {
    for (const { eui64 } of this.#hub.devices)
      if (!admissions.some(({ id }) => id === eui64)) this.#hub.unregister(eui64)
    for (const { id, deviceType, installCode, joinTimeoutS } of admissions) {
      const member = this.#members.get(id)
      if (!member || this.#hub.typeOf(id) !== undefined) continue
      this.#hub.register({ eui64: id, deviceType, installCode, joinTimeoutS })
      const { label } = member.node
      if (label) member.stack.join(withCrc(label))
    }
  }
  onJoined(listener: (device: Eui64, hashedLinkKey: Uint8Array) => void): void {
    this.#joined.push(listener)
  }

  setReachable(id: Eui64, reachable: boolean): void {
    if (this.#members.has(id)) for (const other of this.#others(id)) this.#air.link(id, other, { reachable })
  }
  setLink(id: Eui64, conditions: Partial<LinkConditions>): void {
    if (!this.#members.has(id)) throw new GbcsError('misuse', `no device ${id} on the network`)
    for (const other of this.#others(id)) this.#air.link(id, other, conditions)
  }
  #others(id: Eui64): Eui64[] {
    return [this.#hubId, ...this.#members.keys()].filter((other) => other !== id)
  }

  offerImage(id: Eui64, image: Uint8Array): void {
    this.#hub.offerImage(id, image)
  }
  toDevice(id: Eui64, message: Uint8Array): void {
    const member = this.#members.get(id)
    if (member) this.#transit('hub', member.node.name, message, (passing) => this.#hub.send(id, passing))
  }
  toHub(id: Eui64, message: Uint8Array): void {
    const member = this.#members.get(id)
    if (member) this.#transit(member.node.name, 'hub', message, (passing) => member.stack.send(passing))
  }
  #transit(from: string, to: string, message: Uint8Array, send: (message: Uint8Array) => void): void {
    for (const { message: passing, delayMs } of this.#faults.pass(from, to, message))
      if (delayMs === 0) send(passing)
      else this.#world.after(delayMs, `message from ${from} to ${to}`, () => send(passing))
  }

  onFrame(listener: (octets: Uint8Array, timeMs: number) => void): () => void {
    return this.#air.onFrame(listener)
  }
}
