import type { Eui64 } from '@smets2-sim/bytes'
import { tunneling } from '@smets2-sim/zcl'
import { deviceType } from '../joining/device-type.js'
import type { KnownDevice } from '../joining/trust-centre.js'
import type { Node } from '../node.js'
import { GasQueue } from './gas-queue.js'
import { type Delivered, Messages } from './messages.js'
import { TunnelClient } from './tunnel-client.js'
import { TunnelServer } from './tunnel-server.js'

export interface HubTunnelsOptions {
  readonly node: Node
  readonly endpoint: number
  readonly gasMessageTimeoutS: number
  readonly isGas: (device: Eui64) => boolean
  readonly received: (from: Eui64, message: Uint8Array) => void
  /** Whether messages wait for the gas meter. */
  readonly pending: (waiting: boolean) => void
  readonly changed: (device: Eui64, open: boolean) => void
  /** Messages for the gas meter that somebody else keeps. */
  readonly kept?: { next(meter: Eui64): void; waiting(meter: Eui64): number }
}

/** Devices to which the hub asks for a tunnel. facts 10.1.2. */
const SERVERS: readonly number[] = [deviceType.esme, deviceType.hcalcs, deviceType.ppmid]
/** A busy server is asked again after three minutes. facts 10.1.2. */
const BUSY_RETRY_S = 180

/** All tunnels of a hub: it asks ESME, HCALCS and PPMID for one, and gives one to the gas meter. facts 10.1. */
export class HubTunnels {
  readonly #clients = new Map<Eui64, TunnelClient>()
  readonly #messages = new Map<Eui64, Messages>()
  readonly #gas = new Map<Eui64, GasQueue>()
  readonly #server: TunnelServer

  constructor(readonly options: HubTunnelsOptions) {
    const { node, endpoint } = options
    node.zcl.serve(endpoint, tunneling.id, 'client', {
      command: (received, from) => this.#clients.get(from.eui64)?.handle(received, from),
    })
    this.#server = new TunnelServer({
      node,
      endpoint,
      accepts: options.isGas,
      received: (from, data) => {
        this.#messagesOf(from)
        this.#gas.get(from)?.receive(data)
      },
    })
  }

  /** A device has a link key: it gets its tunnel. */
  joined({ eui64, deviceType: type }: KnownDevice): void {
    if (SERVERS.includes(type)) this.#clientOf(eui64).open()
  }
  /** The hub has lost its power: whatever was under way is given up. */
  abandon(): void {
    for (const queue of this.#gas.values()) queue.drop()
    for (const messages of this.#messages.values()) messages.abandon()
    this.#messages.clear()
    this.#gas.clear()
  }
  /** The hub has power again. */
  restart(devices: readonly KnownDevice[]): void {
    this.#server.reset()
    for (const device of devices) if (device.hashedLinkKey) this.joined(device)
  }
  remove(device: Eui64): void {
    this.#clients.get(device)?.drop()
    this.#server.close(device)
    this.#clients.delete(device)
    this.#gas.get(device)?.drop()
    this.#messages.get(device)?.abandon()
    this.#messages.delete(device)
    this.#gas.delete(device)
  }

  send(to: Eui64, message: Uint8Array, delivered: Delivered): void {
    this.#messagesOf(to).send(message, delivered)
  }

  #clientOf(peer: Eui64): TunnelClient {
    const known = this.#clients.get(peer)
    if (known) return known
    const { node, endpoint, changed } = this.options
    let open = false
    const client = new TunnelClient({
      node,
      endpoint,
      peer,
      busyRetryS: BUSY_RETRY_S,
      received: (data) => this.#messagesOf(peer).receive(data),
      changed: (state) => {
        if (open === (state === 'open') || state === 'requesting') return
        open = state === 'open'
        changed(peer, open)
      },
    })
    this.#clients.set(peer, client)
    return client
  }

  #messagesOf(device: Eui64): Messages {
    const known = this.#messages.get(device)
    if (known) return known
    const { node, isGas, received } = this.options
    const carry = isGas(device)
      ? this.#gasQueueOf(device).hold
      : (data: Uint8Array, done: Parameters<TunnelClient['send']>[1]) => this.#clientOf(device).send(data, done)
    const messages = new Messages(node.scheduler, carry, (message) => received(device, message))
    this.#messages.set(device, messages)
    return messages
  }

  #gasQueueOf(device: Eui64): GasQueue {
    const { node, pending, gasMessageTimeoutS, kept } = this.options
    const held = (): number => this.#messages.get(device)?.waiting ?? 0
    const queue = new GasQueue({
      scheduler: node.scheduler,
      carry: (data, done) => this.#server.send(device, data, done),
      received: (data) => this.#messagesOf(device).receive(data),
      pending: (waiting) => pending(waiting || (kept?.waiting(device) ?? 0) > 0),
      waiting: () => held() + (kept?.waiting(device) ?? 0),
      asked: () => {
        if (held() === 0) kept?.next(device)
      },
      timeoutS: gasMessageTimeoutS,
    })
    this.#gas.set(device, queue)
    return queue
  }
}
