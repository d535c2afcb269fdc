import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { type HanPort, type MirrorFrame, mirrorFrames, MirrorListener } from '@smets2-sim/firmware'
import {
  command,
  type DeviceStack,
  deviceStack,
  hubEndpoint,
  hubStack,
  type HubStack,
  type HubTime,
  type LinkConditions,
  network,
  type Network,
  node,
  type Peer,
  type Report,
  type Scheduler,
  withCrc,
} from '@smets2-sim/han'
import { clusters, type Cluster } from '@smets2-sim/zcl'
import type { World } from '../world/world.js'
import type { FaultRules } from './fault-rules.js'
import type { Admission, HomeNetwork, MirrorEnds, NetworkNode, ZclEnds } from './home-network.js'
import { clientHandler, type OnAir, type Places, serverHandler, zclPort } from './zcl-port.js'

export interface HanNetworkOptions {
  readonly hub: Eui64
  /** The gas proxy in the hub. */
  readonly proxy: Eui64
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
  readonly #world: World
  readonly #faults: FaultRules
  readonly #hubId: Eui64
  readonly #air: Network
  readonly #hub: HubStack
  readonly #members = new Map<Eui64, Member>()
  readonly #joined: ((device: Eui64, hashedLinkKey: Uint8Array) => void)[] = []
  readonly #mirrors = new Map<Eui64, MirrorEnds>()
  readonly #places: Places

  constructor(world: World, faults: FaultRules, { hub, proxy, seed, latencyMs, time }: HanNetworkOptions) {
    this.#world = world
    this.#faults = faults
    this.#hubId = hub
    this.#places = placesOf(hub, proxy)
    const heard = new MirrorListener((push) => this.#mirrorEnds?.heard(push))
    const scheduler: Scheduler = {
      now: () => world.nowMs,
      at: (ms, action) => void world.at(ms, 'the home area network', action),
    }
    this.#air = network({ scheduler, cipher: native, seed, ...(latencyMs !== undefined && { link: { latencyMs } }) })
    this.#hub = hubStack(node(this.#air, { eui64: hub, bands: ['2.4GHz', 'subGHz'] }), {
      time,
      onMessage: (from, message) => this.onHub(from, message),
      onGasReport: (id, records) => withCluster(id, (cluster) => heard.reported(cluster, records)),
      onGasCommand: (id, { name, fields }) =>
        withCluster(id, (cluster) => name !== undefined && heard.commanded(cluster, name, fields)),
      onEvent: (event) => {
        if (event.kind === 'joined' && event.device.hashedLinkKey)
          for (const listener of this.#joined) listener(event.device.eui64, event.device.hashedLinkKey)
      },
    })
  }

  attach(attached: NetworkNode): void {
    const { id, wakeEveryMs, receive } = attached
    const sleepy = wakeEveryMs !== undefined
    const stack = deviceStack(node(this.#air, { eui64: id, sleepy }), {
      tunnel: receive ? (sleepy ? 'gas' : 'server') : 'none',
      ...(receive && { onMessage: receive }),
      ...(sleepy && { gas: { wakeIntervalS: wakeEveryMs / 1000, reports: () => this.#reportsOf(id) } }),
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

  /** What the meter that has the mirror says. */
  get #mirrorEnds(): MirrorEnds | undefined {
    const { meter } = this.#hub.mirror
    return meter && this.#mirrors.get(meter)
  }
  mirror(meter: Eui64, ends: MirrorEnds): void {
    this.#mirrors.set(meter, ends)
  }
  #reportsOf(meter: Eui64): readonly Report[] {
    const ends = this.#mirrors.get(meter)
    return (ends?.waiting() ?? []).flatMap((push) => {
      const frames = mirrorFrames(push)
      return frames.map((frame, i) => ({
        ...reportOf(frame),
        ...(i === frames.length - 1 && { delivered: () => ends?.arrived(push) }),
      }))
    })
  }

  port(id: Eui64): HanPort {
    return zclPort(
      () => this.#onAir(id),
      this.#places,
      (target) => this.#quality(this.#places.placeOf(id).eui64, this.#places.placeOf(target).eui64),
    )
  }
  serve(id: Eui64, { receiver, servers, clients }: ZclEnds): void {
    const own = this.#onAir(id)
    if (!own) throw new GbcsError('misuse', `no device ${id} on the network`)
    for (const cluster of servers)
      own.access.serve(cluster.id, 'server', serverHandler(receiver, cluster, this.#places), own.endpoint)
    for (const cluster of clients)
      own.access.serve(cluster.id, 'client', clientHandler(receiver, cluster, this.#places), own.endpoint)
  }
  #onAir(id: Eui64): OnAir | undefined {
    const { eui64, endpoint } = this.#places.placeOf(id)
    if (eui64 === this.#hubId) return { access: this.#hub, endpoint, hub: this.#hubId }
    const stack = this.#members.get(eui64)?.stack
    return stack && { access: stack, endpoint, hub: stack.hub }
  }
  /** 255 for a link that loses nothing; what is not reached is not heard. */
  #quality(from: Eui64, to: Eui64): number | undefined {
    const { reachable, loss } = this.#air.links.of(from, to)
    return reachable ? Math.round(FULL_QUALITY * (1 - loss)) : undefined
  }

  onFrame(listener: (octets: Uint8Array, timeMs: number) => void): () => void {
    return this.#air.onFrame(listener)
  }
}

const FULL_QUALITY = 255
/** Endpoint of a device that is a node of its own. */
const DEVICE_ENDPOINT = 1

/** Hub and gas proxy are two endpoints of one node. facts 10.5. */
const placesOf = (hub: Eui64, proxy: Eui64): Places => ({
  placeOf(id): Peer {
    if (id === proxy) return { eui64: hub, endpoint: hubEndpoint.gasEsi }
    return { eui64: id, endpoint: id === hub ? hubEndpoint.hub : DEVICE_ENDPOINT }
  },
  idOf: ({ eui64, endpoint }) => (eui64 === hub && endpoint !== hubEndpoint.hub ? proxy : eui64),
})

function withCluster(id: number, body: (cluster: Cluster) => unknown): void {
  const cluster = clusters.get(id)
  if (cluster) body(cluster)
}
function reportOf(frame: MirrorFrame): Report {
  if ('records' in frame) return { cluster: frame.cluster.id, records: frame.records }
  const definition = frame.cluster.toClient[frame.command]
  if (!definition) throw new TypeError(`${frame.cluster.name} has no command ${frame.command}`)
  return { cluster: frame.cluster.id, command: command(definition, frame.fields as never) }
}
