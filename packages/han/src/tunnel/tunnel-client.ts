import type { Eui64 } from '@smets2-sim/bytes'
import { tunneling } from '@smets2-sim/zcl'
import type { Node } from '../node.js'
import { after, type Cancel } from '../scheduler.js'
import type { Outgoing } from '../stack/zcl.js'
import { command, type Peer, type ReceivedCommand, type Reply } from '../stack/zcl-handler.js'
import { Progress, type StateOf } from '../transitions.js'
import { CLOSE_TUNNEL_TIMEOUT_S, tunnelParameters, tunnelStatus } from './parameters.js'
import { LastTransfer, noSuchTunnel, transfer, type Transferred } from './transfer.js'
import { tunnelClientTable } from './tunnel-table.js'

export interface TunnelClientOptions {
  readonly node: Node
  readonly endpoint: number
  /** The server of the tunnel. */
  readonly peer: Eui64
  /** Seconds before it asks a busy server again; undefined: not before it is told to. facts 10.1.2, 10.1.3. */
  readonly busyRetryS?: number
  readonly received: (data: Uint8Array) => void
  readonly changed?: (state: StateOf<typeof tunnelClientTable>) => void
}

interface Waiting {
  readonly data: Uint8Array
  readonly done: (result: Transferred) => void
}
const { toServer, toClient } = tunneling

/** One tunnel, from the client's end: requests it when it is needed and again before it runs out, and sends through it. */
export class TunnelClient {
  readonly progress: Progress<typeof tunnelClientTable>
  #tunnelId: number | undefined
  #serverEndpoint: number | undefined
  /** Every tunnel that the server has given and that was not closed. */
  readonly #known = new Set<number>()
  #waiting: Waiting[] = []
  #last = new LastTransfer()
  #cancel: Cancel = () => undefined

  constructor(readonly options: TunnelClientOptions) {
    this.progress = new Progress(tunnelClientTable, 'closed', (state) => options.changed?.(state))
  }

  get state(): StateOf<typeof tunnelClientTable> {
    return this.progress.state
  }

  /** Asks for a tunnel, also for one that is there: after key establishment, at power-on, at a wake. */
  open(): void {
    const { progress } = this
    if (progress.fire('request') || progress.fire('renew') || progress.fire('retry')) this.#request()
  }

  /** The device has left, or is about to come back with nothing known: nothing of the tunnel is left. */
  drop(): void {
    this.#tunnelId = undefined
    this.#serverEndpoint = undefined
    this.#known.clear()
    this.#step('lost', () => this.#fail())
  }

  /** Sends data through the tunnel, once it is open. */
  send(data: Uint8Array, done: (result: Transferred) => void): void {
    if (this.state === 'open' && this.#tunnelId !== undefined) return this.#transfer({ data, done })
    this.#waiting.push({ data, done })
    if (this.state === 'closed') this.open()
  }

  #out(endpoint = this.#serverEndpoint as number): Outgoing {
    const { peer, endpoint: from } = this.options
    return { to: { eui64: peer, endpoint }, from, cluster: tunneling.id, as: 'client' }
  }

  #step(event: Parameters<Progress<typeof tunnelClientTable>['fire']>[0], then: () => void): void {
    if (!this.progress.fire(event)) return
    this.#cancel()
    then()
  }
  #after(seconds: number, action: () => void): void {
    this.#cancel()
    this.#cancel = after(this.options.node.scheduler, seconds * 1000, action)
  }
  #fail(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const { done } of waiting) done('notDelivered')
  }

  #request(): void {
    if (this.#serverEndpoint === undefined) return this.#discover()
    const { node } = this.options
    node.zcl.request(
      this.#out(),
      command(toServer.requestTunnel, tunnelParameters),
      toClient.requestTunnelResponse,
      (outcome) => {
        if (outcome.kind === 'answered') return this.#responded(outcome.value.tunnelStatus, outcome.value.tunnelId)
        const event = outcome.kind === 'refused' ? 'refused' : 'noAnswer'
        this.#step(event, () => this.#fail())
      },
    )
  }

  #discover(): void {
    const { node, peer } = this.options
    node.zdo.resolve(peer, (address) => {
      if (address === undefined) return this.#step('noAnswer', () => this.#fail())
      node.zdo.match(address, tunneling.id, 'server', ([endpoint]) => {
        if (endpoint === undefined) return this.#step('noAnswer', () => this.#fail())
        this.#serverEndpoint = endpoint
        if (this.state === 'requesting') this.#request()
      })
    })
  }

  #responded(status: number, tunnelId: number): void {
    switch (status) {
      case tunnelStatus.success:
        return this.#step('granted', () => this.#opened(tunnelId))
      case tunnelStatus.busy:
        return this.#step('busy', () => {
          const { busyRetryS } = this.options
          if (busyRetryS !== undefined) this.#after(busyRetryS, () => this.open())
          else this.#fail()
        })
      case tunnelStatus.noMoreTunnelIds:
        return this.#step('noMoreIds', () => this.#clear())
      default:
        return this.#step('refused', () => this.#fail())
    }
  }

  #opened(tunnelId: number): void {
    this.#tunnelId = tunnelId
    this.#known.add(tunnelId)
    this.#after(CLOSE_TUNNEL_TIMEOUT_S, () => this.open())
    const waiting = this.#waiting
    this.#waiting = []
    for (const each of waiting) this.send(each.data, each.done)
  }

  /** Closes every tunnel that is known, and asks again. With none known there is nothing to free: it waits as if busy. */
  #clear(): void {
    const { node, busyRetryS } = this.options
    const [tunnelId] = this.#known
    if (tunnelId === undefined)
      return this.#after(busyRetryS ?? CLOSE_TUNNEL_TIMEOUT_S, () => this.#step('cleared', () => this.#request()))
    node.zcl.request(this.#out(), command(toServer.closeTunnel, { tunnelId }), undefined, () => {
      this.#known.delete(tunnelId)
      if (this.state !== 'clearing') return
      if (this.#known.size > 0) this.#clear()
      else this.#step('cleared', () => this.#request())
    })
  }

  #transfer(sent: Waiting): void {
    const tunnelId = this.#tunnelId as number
    transfer(this.options.node, this.#out(), tunnelId, sent.data, (result) => {
      if (result !== 'noTunnel') return sent.done(result)
      this.#broken(tunnelId, 'broken')
      sent.done('noTunnel')
    })
  }

  #broken(tunnelId: number, event: 'broken' | 'closed'): void {
    this.#known.delete(tunnelId)
    if (tunnelId !== this.#tunnelId) return
    this.#tunnelId = undefined
    this.#step(event, () => this.#fail())
  }

  /** A command of the server of this tunnel. */
  handle(received: ReceivedCommand, from: Peer): Reply {
    const { name, fields } = received
    const tunnelId = fields['tunnelId'] as number
    if (from.eui64 !== this.options.peer) return noSuchTunnel('client', tunnelId)
    if (name === 'transferData') {
      if (tunnelId !== this.#tunnelId) return noSuchTunnel('client', tunnelId)
      if (this.#last.isNew(received)) this.options.received((fields['data'] as Uint8Array).slice())
    }
    if (name === 'tunnelClosureNotification') this.#broken(tunnelId, 'closed')
    return undefined
  }
}
