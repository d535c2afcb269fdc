import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import type { HanPort } from '@smets2-sim/firmware'
import { type DeviceStack, hubEndpoint, type HubStack, type Peer } from '@smets2-sim/han'
import type { NetworkHub, ZclEnds } from './home-network.js'
import { clientHandler, type OnAir, type Places, serverHandler, zclPort } from './zcl-port.js'

/** Who is on the air. */
export interface AirNodes {
  readonly hub: () => { readonly hub: NetworkHub; readonly stack: HubStack } | undefined
  readonly device: (id: Eui64) => DeviceStack | undefined
  /** How well two nodes hear each other: 0 to 255, undefined for not at all. */
  readonly quality: (a: Eui64, b: Eui64) => number | undefined
}

/** Endpoint of a device that is a node of its own. */
const DEVICE_ENDPOINT = 1

/** ZCL between the devices of a home over the air. Hub and gas proxy are two endpoints of one node. facts 10.5. */
export class AirZcl {
  readonly #nodes: AirNodes
  #proxyEnds: ZclEnds | undefined
  readonly #places: Places = {
    placeOf: (id): Peer => {
      const hub = this.#nodes.hub()?.hub
      if (hub && id === hub.proxy) return { eui64: hub.id, endpoint: hubEndpoint.gasEsi }
      return { eui64: id, endpoint: id === hub?.id ? hubEndpoint.hub : DEVICE_ENDPOINT }
    },
    idOf: ({ eui64: id, endpoint }) => {
      const hub = this.#nodes.hub()?.hub
      return id === hub?.id && endpoint !== hubEndpoint.hub ? hub.proxy : id
    },
  }

  constructor(nodes: AirNodes) {
    this.#nodes = nodes
  }

  port(id: Eui64): HanPort {
    const nodeOf = (one: Eui64): Eui64 => this.#places.placeOf(one).eui64
    return zclPort(
      () => this.#onAir(id),
      this.#places,
      (target) => this.#nodes.quality(nodeOf(id), nodeOf(target)),
    )
  }
  serve(id: Eui64, ends: ZclEnds): void {
    const own = this.#onAir(id)
    if (!own) throw new GbcsError('misuse', `no device ${id} on the network`)
    this.#serveAt(own, ends)
  }
  serveProxy(ends: ZclEnds): void {
    this.#proxyEnds = ends
    this.hubChanged()
  }
  /** Another hub is there: the proxy in it does what that of the former one did. */
  hubChanged(): void {
    const proxy = this.#nodes.hub()?.hub.proxy
    const own = proxy && this.#onAir(proxy)
    if (own && this.#proxyEnds) this.#serveAt(own, this.#proxyEnds)
  }

  #serveAt({ access, endpoint }: OnAir, { receiver, servers, clients }: ZclEnds): void {
    for (const cluster of servers)
      access.serve(cluster.id, 'server', serverHandler(receiver, cluster, this.#places), endpoint)
    for (const cluster of clients)
      access.serve(cluster.id, 'client', clientHandler(receiver, cluster, this.#places), endpoint)
  }
  #onAir(id: Eui64): OnAir | undefined {
    const { eui64, endpoint } = this.#places.placeOf(id)
    const hub = this.#nodes.hub()
    if (eui64 === hub?.hub.id) return { access: hub.stack, endpoint, hub: eui64 }
    const stack = this.#nodes.device(eui64)
    return stack && { access: stack, endpoint, hub: stack.hub }
  }
}
