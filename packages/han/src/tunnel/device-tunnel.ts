import type { Eui64 } from '@smets2-sim/bytes'
import { tunneling } from '@smets2-sim/zcl'
import type { Node } from '../node.js'
import { GasFetcher } from './gas-fetcher.js'
import { type Delivered, Messages } from './messages.js'
import { TunnelClient } from './tunnel-client.js'
import { TunnelServer } from './tunnel-server.js'

/** A device's end of its tunnel with the hub. */
export interface DeviceTunnel {
  send(message: Uint8Array, delivered: Delivered): void
  /** The device has joined; the gas meter asks for its tunnel once it has its mirror. */
  joined(hub: Eui64): void
  /** Nothing of the tunnel is left: the device has lost power or left. */
  reset(): void
  /** The gas meter asks for messages; others get theirs by themselves. */
  fetch(): void
  /** The gas meter asks for a tunnel that it could not get before. */
  open(): void
}

/** ESME, HCALCS and PPMID: the hub asks them for a tunnel. */
export function servedTunnel(
  node: Node,
  endpoint: number,
  hub: () => Eui64 | undefined,
  received: (message: Uint8Array) => void,
): DeviceTunnel & { readonly server: TunnelServer } {
  let servedHub: Eui64 | undefined
  const server = new TunnelServer({
    node,
    endpoint,
    accepts: (client) => client === hub(),
    maxTunnels: 1,
    received: (_client, data) => messages.receive(data),
  })
  const messages = new Messages(
    node.scheduler,
    (data, done) => {
      const client = hub()
      if (client === undefined) done('noTunnel')
      else server.send(client, data, done)
    },
    received,
  )
  return {
    server,
    send: (message, delivered) => messages.send(message, delivered),
    joined(client) {
      if (client !== servedHub) server.reset() // a hub that was replaced must not keep the only tunnel
      servedHub = client
    },
    reset: () => server.reset(),
    fetch: () => undefined,
    open: () => undefined,
  }
}

/** The gas meter asks the hub for its tunnel, and for its messages. */
export function gasTunnel(
  node: Node,
  endpoint: number,
  hub: () => Eui64 | undefined,
  received: (message: Uint8Array) => void,
): DeviceTunnel {
  let client: TunnelClient | undefined
  node.zcl.serve(endpoint, tunneling.id, 'client', {
    command: (command, from) => client?.handle(command, from),
  })
  const fetcher = new GasFetcher(
    node.scheduler,
    (data, done) => {
      if (client) client.send(data, done)
      else done('noTunnel')
    },
    (data) => messages.receive(data),
    () => node.sleep.keepAwake(),
  )
  const messages = new Messages(node.scheduler, fetcher.put, received)
  return {
    send: (message, delivered) => messages.send(message, delivered),
    joined(peer) {
      if (client?.options.peer !== peer)
        client = new TunnelClient({ node, endpoint, peer, received: (data) => fetcher.receive(data) })
      client.drop()
    },
    reset: () => client?.drop(),
    fetch: () => {
      if (hub() !== undefined) fetcher.fetch()
    },
    open: () => {
      if (client && client.state !== 'open') client.open()
    },
  }
}
