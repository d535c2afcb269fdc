import { describe, expect, it } from 'vitest'
import { type Eui64, toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { tunneling } from '@smets2-sim/zcl'
import { id, message } from '../home.fixture.js'
import { network } from '../network.js'
import { node } from '../node.js'
import { command, type Reply } from '../stack/zcl-handler.js'
import { virtualTime } from '../virtual-time.fixture.js'
import { CLOSE_TUNNEL_TIMEOUT_S, tunnelParameters, tunnelStatus } from './parameters.js'
import { TunnelClient, type TunnelClientOptions } from './tunnel-client.js'
import { TunnelServer, type TunnelServerOptions } from './tunnel-server.js'

const MINUTE = 60_000

/** Two nodes that are in one network already, the client at the coordinator's address. */
function ends(server: Partial<TunnelServerOptions> = {}, client: Partial<TunnelClientOptions> = {}) {
  const time = virtualTime()
  const air = network({ scheduler: time, cipher: native, seed: 3 })
  const [a, b] = [node(air, { eui64: id(1) }), node(air, { eui64: id(2) })]
  a.enter(0x1234, 0, undefined)
  b.enter(0x1234, 0x10, undefined)
  a.addresses.learn(id(2), 0x10)
  const [atServer, atClient]: [string[], string[]] = [[], []]
  const serverEnd = new TunnelServer({
    node: b,
    endpoint: 1,
    accepts: () => true,
    received: (_from: Eui64, data) => atServer.push(toHex(data)),
    ...server,
  })
  const states: string[] = []
  const clientEnd = new TunnelClient({
    node: a,
    endpoint: 1,
    peer: id(2),
    busyRetryS: 180,
    received: (data) => atClient.push(toHex(data)),
    changed: (state) => states.push(state),
    ...client,
  })
  a.zcl.serve(1, tunneling.id, 'client', { command: (received, from) => clientEnd.handle(received, from) })
  /** Asks the server directly, as any client may. */
  const ask = (change: object): Reply => {
    let status: number | undefined
    const out = { to: { eui64: id(2), endpoint: 1 }, from: 1, cluster: tunneling.id, as: 'client' } as const
    const request = command(tunneling.toServer.requestTunnel, { ...tunnelParameters, ...change })
    a.zcl.request(out, request, tunneling.toClient.requestTunnelResponse, (outcome) => {
      if (outcome.kind === 'answered') status = outcome.value.tunnelStatus
    })
    time.advance(1000)
    return status
  }
  return { time, air, a, b, serverEnd, clientEnd, atServer, atClient, states, ask }
}

describe('a tunnel', () => {
  it('is asked for when there is something to send, and carries data both ways', () => {
    const { time, clientEnd, serverEnd, atServer, atClient, states } = ends()
    const results: string[] = []
    clientEnd.send(message(9), (result) => results.push(result))
    time.advance(1000)
    serverEnd.send(id(1), message(8), (result) => results.push(result))
    time.advance(1000)
    expect([atServer, atClient]).toEqual([[toHex(message(9))], [toHex(message(8))]])
    expect(results).toEqual(['taken', 'taken'])
    expect(states).toEqual(['requesting', 'open'])
  })

  it('is asked for again after three minutes by a server that is busy', () => {
    const { time, clientEnd, serverEnd, atServer } = ends()
    serverEnd.busy = true
    clientEnd.send(message(9), () => undefined)
    time.advance(1000)
    expect(clientEnd.state).toBe('backingOff')
    serverEnd.busy = false
    time.advance(170_000)
    expect(clientEnd.state).toBe('backingOff')
    time.advance(11_000)
    expect(clientEnd.state).toBe('open')
    expect(atServer).toEqual([toHex(message(9))])
  })

  it('of a gas meter waits for the next wake when the hub is busy', () => {
    const { time, clientEnd, serverEnd } = ends({}, { busyRetryS: undefined as never })
    serverEnd.busy = true
    const results: string[] = []
    clientEnd.send(message(9), (result) => results.push(result))
    time.advance(10 * MINUTE)
    expect([clientEnd.state, results]).toEqual(['backingOff', ['notDelivered']])
    serverEnd.busy = false
    clientEnd.open()
    time.advance(1000)
    expect(clientEnd.state).toBe('open')
  })

  it('is asked for anew when FFFF seconds have passed, and keeps its number', () => {
    const { time, clientEnd, serverEnd, states } = ends()
    clientEnd.open()
    time.advance(1000)
    // in use shortly before, so that the server has not closed it
    time.advance((CLOSE_TUNNEL_TIMEOUT_S - 60) * 1000)
    clientEnd.send(message(5), () => undefined)
    time.advance(70_000)
    expect(states).toEqual(['requesting', 'open', 'requesting', 'open'])
    expect(serverEnd.isOpen(id(1))).toBe(true)
  })

  it('is closed by its server when it is not used for FFFF seconds', () => {
    const { time, a, clientEnd, serverEnd } = ends()
    clientEnd.open()
    time.advance(1000)
    a.mac.powered = false // nobody renews it
    time.advance((CLOSE_TUNNEL_TIMEOUT_S + 1) * 1000)
    expect(serverEnd.isOpen(id(1))).toBe(false)
  })

  it('that the server has forgotten is found out, and asked for again', () => {
    const { time, clientEnd, serverEnd, atServer } = ends()
    clientEnd.open()
    time.advance(1000)
    serverEnd.reset()
    const results: string[] = []
    clientEnd.send(message(5), (result) => results.push(result))
    time.advance(1000)
    expect([results, clientEnd.state]).toEqual([['noTunnel'], 'closed'])
    clientEnd.send(message(6), (result) => results.push(result))
    time.advance(1000)
    expect(atServer).toEqual([toHex(message(6))])
  })

  it('that the client has forgotten is refused to the server', () => {
    const { time, clientEnd, serverEnd, atClient } = ends()
    clientEnd.open()
    time.advance(1000)
    clientEnd.drop()
    const results: string[] = []
    serverEnd.send(id(1), message(5), (result) => results.push(result))
    time.advance(1000)
    expect([results, atClient, serverEnd.isOpen(id(1))]).toEqual([['noTunnel'], [], false])
  })

  it('is closed at once when the server says so', () => {
    const { time, clientEnd, serverEnd } = ends()
    clientEnd.open()
    time.advance(1000)
    serverEnd.close(id(1))
    time.advance(1000)
    expect(clientEnd.state).toBe('closed')
  })

  it('of which the server has no more is freed by closing those that are known', () => {
    const { time, clientEnd, serverEnd, states } = ends({ maxTunnels: 0 }, { busyRetryS: 30 })
    clientEnd.open()
    time.advance(10_000)
    expect(states).toEqual(['requesting', 'clearing'])
    expect(serverEnd.isOpen(id(1))).toBe(false)
    time.advance(25_000)
    expect(states).toEqual(['requesting', 'clearing', 'requesting', 'clearing'])
  })

  it('is closed on both ends when it is known and the server has no more', () => {
    const { time, clientEnd, b, states } = ends()
    clientEnd.open()
    time.advance(1000)
    const closed: unknown[] = []
    let refuse = true
    b.zcl.serve(1, tunneling.id, 'server', {
      command: ({ name, fields }) => {
        if (name === 'closeTunnel') closed.push(fields['tunnelId'])
        if (name !== 'requestTunnel') return undefined
        const status = refuse ? tunnelStatus.noMoreTunnelIds : tunnelStatus.success
        refuse = false
        const answer = { tunnelId: 5, tunnelStatus: status, maximumIncomingTransferSize: 1500 }
        return command(tunneling.toClient.requestTunnelResponse, answer)
      },
    })
    clientEnd.open()
    time.advance(5000)
    expect(states).toEqual(['requesting', 'open', 'requesting', 'clearing', 'requesting', 'open'])
    expect(closed).toHaveLength(1)
  })

  it('is refused for another protocol, another maker or flow control', () => {
    const { ask } = ends()
    expect(ask({ protocolId: 1 })).toBe(tunnelStatus.protocolNotSupported)
    expect(ask({ manufacturerCode: 0x1234 })).toBe(tunnelStatus.protocolNotSupported)
    expect(ask({ flowControlSupport: 1 })).toBe(tunnelStatus.flowControlNotSupported)
    expect(ask({})).toBe(tunnelStatus.success)
  })

  it('is not given to a node that may not have one', () => {
    const { ask, serverEnd } = ends({ accepts: () => false })
    expect(ask({})).toBe(tunnelStatus.busy)
    expect(serverEnd.isOpen(id(1))).toBe(false)
  })

  it('has only the protocol of GBCS', () => {
    const { a, time } = ends()
    const found: unknown[] = []
    const out = { to: { eui64: id(2), endpoint: 1 }, from: 1, cluster: tunneling.id, as: 'client' } as const
    const request = command(tunneling.toServer.getSupportedTunnelProtocols, { protocolOffset: 0 })
    a.zcl.request(out, request, tunneling.toClient.supportedTunnelProtocolsResponse, (outcome) => {
      if (outcome.kind === 'answered') found.push(toHex(outcome.value.protocolList))
    })
    time.advance(1000)
    expect(found).toEqual(['ffff06'])
  })
})
