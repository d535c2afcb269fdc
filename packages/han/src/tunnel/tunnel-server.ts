import type { Eui64 } from '@smets2-sim/bytes'
import { dataTypeId, tunneling } from '@smets2-sim/zcl'
import type { Node } from '../node.js'
import { after, type Cancel } from '../scheduler.js'
import { command, type Peer, type ReceivedCommand, type Reply } from '../stack/zcl-handler.js'
import { Progress } from '../transitions.js'
import { CLOSE_TUNNEL_TIMEOUT_S, tunnelParameters, tunnelStatus } from './parameters.js'
import { LastTransfer, noSuchTunnel, transfer, type Transferred } from './transfer.js'
import { tunnelServerTable } from './tunnel-table.js'

export interface TunnelServerOptions {
  readonly node: Node
  readonly endpoint: number
  /** Whether this node may have a tunnel. */
  readonly accepts: (client: Eui64) => boolean
  readonly maxTunnels?: number
  readonly received: (client: Eui64, data: Uint8Array) => void
}

interface Tunnel {
  readonly id: number
  readonly client: Peer
  readonly progress: Progress<typeof tunnelServerTable>
  readonly last: LastTransfer
  cancel: Cancel
}
const { toClient } = tunneling

/** The server's end of tunnels: one for each client that asks. facts 10.1. */
export class TunnelServer {
  readonly #tunnels = new Map<Eui64, Tunnel>()
  #nextId: number
  /** Set for tests and faults: every request is answered with busy. */
  busy = false

  constructor(readonly options: TunnelServerOptions) {
    const { node, endpoint } = options
    this.#nextId = node.random.below(0x8000)
    node.zcl.serve(endpoint, tunneling.id, 'server', {
      read: (id) =>
        id === tunneling.attributes.closeTunnelTimeout.id
          ? { type: dataTypeId.uint16, value: CLOSE_TUNNEL_TIMEOUT_S }
          : undefined,
      command: (received, from) => this.#handle(received, from),
    })
  }

  /** Whether this client has a tunnel now. */
  isOpen(client: Eui64): boolean {
    return this.#tunnels.has(client)
  }
  /** Forgets all tunnels, as a power cycle does. */
  reset(): void {
    for (const { cancel } of this.#tunnels.values()) cancel()
    this.#tunnels.clear()
  }

  send(client: Eui64, data: Uint8Array, done: (result: Transferred) => void): void {
    const tunnel = this.#tunnels.get(client)
    if (!tunnel) return done('noTunnel')
    const { node, endpoint } = this.options
    const out = { to: tunnel.client, from: endpoint, cluster: tunneling.id, as: 'server' } as const
    transfer(node, out, tunnel.id, data, (result) => {
      if (result === 'noTunnel') this.#end(tunnel, 'closed')
      done(result)
    })
  }

  /** Closes a client's tunnel, and tells it. */
  close(client: Eui64): void {
    const tunnel = this.#tunnels.get(client)
    if (!tunnel) return
    const out = { to: tunnel.client, from: this.options.endpoint, cluster: tunneling.id, as: 'server' } as const
    this.options.node.zcl.send(out, command(toClient.tunnelClosureNotification, { tunnelId: tunnel.id }))
    this.#end(tunnel, 'closed')
  }

  #handle(received: ReceivedCommand, from: Peer): Reply {
    const { name, fields } = received
    if (name === 'requestTunnel') return this.#requested(fields, from)
    if (name === 'getSupportedTunnelProtocols') return supportedProtocols(fields['protocolOffset'] as number)
    const tunnelId = fields['tunnelId'] as number
    const tunnel = this.#tunnels.get(from.eui64)
    if (tunnel?.id !== tunnelId) return name === 'transferData' ? noSuchTunnel('server', tunnelId) : undefined
    if (name === 'transferData') {
      this.#keep(tunnel)
      if (tunnel.last.isNew(received)) this.options.received(from.eui64, (fields['data'] as Uint8Array).slice())
    }
    if (name === 'closeTunnel') this.#end(tunnel, 'closed')
    return undefined
  }

  #requested(fields: ReceivedCommand['fields'], from: Peer): Reply {
    const answer = (status: number, tunnelId = 0xffff): Reply =>
      command(toClient.requestTunnelResponse, {
        tunnelId,
        tunnelStatus: status,
        maximumIncomingTransferSize: tunnelParameters.maximumIncomingTransferSize,
      })
    const { protocolId, manufacturerCode } = tunnelParameters
    if (fields['protocolId'] !== protocolId || fields['manufacturerCode'] !== manufacturerCode)
      return answer(tunnelStatus.protocolNotSupported)
    if (fields['flowControlSupport'] !== 0) return answer(tunnelStatus.flowControlNotSupported)
    if (this.busy || !this.options.accepts(from.eui64)) return answer(tunnelStatus.busy)
    const known = this.#tunnels.get(from.eui64)
    if (!known && this.#tunnels.size >= (this.options.maxTunnels ?? MAX_TUNNELS))
      return answer(tunnelStatus.noMoreTunnelIds)
    const tunnel = known ?? {
      id: this.#nextId++ & 0x7fff,
      client: from,
      progress: new Progress(tunnelServerTable, 'none'),
      last: new LastTransfer(),
      cancel: () => undefined,
    }
    this.#tunnels.set(from.eui64, tunnel)
    tunnel.progress.fire('granted')
    this.#keep(tunnel)
    return answer(tunnelStatus.success, tunnel.id)
  }

  /** Starts the time of inactivity anew. */
  #keep(tunnel: Tunnel): void {
    tunnel.cancel()
    tunnel.cancel = after(this.options.node.scheduler, CLOSE_TUNNEL_TIMEOUT_S * 1000, () => {
      if (this.#tunnels.get(tunnel.client.eui64) === tunnel) this.#end(tunnel, 'expired')
    })
  }

  #end(tunnel: Tunnel, event: 'closed' | 'expired'): void {
    tunnel.cancel()
    if (tunnel.progress.fire(event)) this.#tunnels.delete(tunnel.client.eui64)
  }
}

/** As many as a hub may have devices. */
const MAX_TUNNELS = 16

function supportedProtocols(offset: number): Reply {
  const { manufacturerCode, protocolId } = tunnelParameters
  const list =
    offset === 0 ? Uint8Array.of(manufacturerCode & 0xff, manufacturerCode >> 8, protocolId) : new Uint8Array(0)
  const fields = { protocolListComplete: 1, protocolCount: offset === 0 ? 1 : 0, protocolList: list }
  return command(toClient.supportedTunnelProtocolsResponse, fields)
}
