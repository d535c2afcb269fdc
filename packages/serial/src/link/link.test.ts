import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { latin1, toLatin1 } from '@smets2-sim/bytes'
import { SerialPortMock } from 'serialport'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Frame } from '../framing/index.js'
import type { FrameLink } from './frame-link.js'
import { openHandles } from './handles.fixture.js'
import type { LinkError } from './link-error.js'
import { openLink, serveLinks } from './open.js'
import { has } from './programs.fixture.js'
import { ptyPair, ptyTo } from './pty.js'
import { type Port, serialLink } from './serial.js'
import type { FramingChoice, SerialTarget, TcpTarget } from './target.js'
import { type Listening, MAX_CONNECTIONS, tcpClient, tcpServer } from './tcp.js'
import { deferred } from './wait.js'

const local = (framing: FramingChoice): TcpTarget => ({ kind: 'tcp', host: '127.0.0.1', port: 0, framing })
const message = (seq: number, ...octets: number[]): Frame => ({
  type: 'message',
  seq,
  message: Uint8Array.from(octets),
})
const times = { firstMs: 1, maxMs: 4 }

/** The next frame, or the next error, of a link. */
const nextFrame = (link: FrameLink): Promise<Frame> =>
  new Promise((resolve) => {
    const stop = link.onFrame((frame) => {
      stop()
      resolve(frame)
    })
  })
const nextError = (link: FrameLink): Promise<LinkError> =>
  new Promise((resolve) => {
    const stop = link.onError((error) => {
      stop()
      resolve(error)
    })
  })

/** A server that gives its links as they come. */
async function serverOf(target: TcpTarget): Promise<{ server: Listening; link: () => Promise<FrameLink> }> {
  const waiting: ((link: FrameLink) => void)[] = []
  const links: FrameLink[] = []
  const server = await tcpServer(target, (link) => {
    const taker = waiting.shift()
    if (taker) taker(link)
    else links.push(link)
  })
  return {
    server,
    link: () => {
      const link = links.shift()
      return link ? Promise.resolve(link) : new Promise((resolve) => waiting.push(resolve))
    },
  }
}

describe('a server with all its places taken', () => {
  it('lets a newcomer in, in the place of one that has said nothing', async () => {
    const heard: string[] = []
    const server = await tcpServer(local('gfi'), (link) => {
      link.onFrame((frame) => void (heard.push(frame.type), link.send(message(1, 9))))
    })
    const socketTo = async (): Promise<Socket> => {
      const socket = connect(server.target.port, '127.0.0.1')
      socket.on('error', () => undefined)
      await once(socket, 'connect')
      return socket
    }
    const line = 'GBCS:DATA#0:3:DD0000\r\n'
    const speaker = await socketTo()
    speaker.write(line)
    await once(speaker, 'data')
    const silent = await Promise.all(Array.from({ length: MAX_CONNECTIONS - 1 }, socketTo))
    const closed = Promise.race(silent.map((socket) => once(socket, 'close')))
    for (const socket of silent) socket.resume()
    const newcomer = await socketTo()
    newcomer.write(line)
    await once(newcomer, 'data')
    await closed
    speaker.write(line)
    await once(speaker, 'data')
    expect(heard).toEqual(['message', 'message', 'message'])
    for (const socket of [speaker, newcomer, ...silent]) socket.destroy()
    await server.close()
  })
})

describe('a link over TCP', () => {
  for (const framing of ['gfi', 'slip'] as const)
    it(`carries frames both ways in ${framing}, learns what the other end speaks, and leaves no handle`, async () => {
      const before = await openHandles()
      const { server, link } = await serverOf(local('auto'))
      const client = await tcpClient({ ...server.target, framing })
      const there = await link()
      expect(there.framing).toBeUndefined()
      const arrived = nextFrame(there)
      await client.send(message(0, 0xdd, 0xc0))
      expect(await arrived).toEqual(message(0, 0xdd, 0xc0))
      expect(there.framing).toBe(framing)
      const back = nextFrame(client)
      await there.send(message(0, 0xdf))
      expect(await back).toEqual(message(0, 0xdf))
      expect(await openHandles()).not.toEqual(before)
      await client.close()
      await there.ended
      await server.close()
      await expect(client.send(message(0, 1))).rejects.toMatchObject({ code: 'closed' })
      expect(await openHandles()).toEqual(before)
    })

  it('tells what is no frame, and hears what follows', async () => {
    const { server, link } = await serverOf(local('auto'))
    const socket = connect(server.target.port, '127.0.0.1')
    const there = await link()
    const error = nextError(there)
    const frame = nextFrame(there)
    socket.write('GBCS:DATA#0:2:00\r\nGBCS:DATA#0:1:07\r\n')
    expect(await error).toMatchObject({ code: 'badFrame', fault: { code: 'malformed', offset: 14 } })
    expect(await frame).toEqual(message(0, 7))
    socket.destroy()
    await there.ended
    await server.close()
  })

  it('tells a break, and who goes away', async () => {
    const { server, link } = await serverOf(local('slip'))
    const socket = connect(server.target.port, '127.0.0.1')
    await once(socket, 'connect')
    const there = await link()
    const errors: string[] = []
    there.onError((error) => errors.push(error.code))
    there.onFrame(() => undefined)
    socket.end(Uint8Array.of(0xc0, 1))
    await there.ended
    expect(errors).toEqual(['badFrame', 'lost'])
    await server.close()
  })

  it('tells a listener that broke down, and goes on', async () => {
    const { server, link } = await serverOf(local('gfi'))
    const client = await tcpClient(server.target)
    const there = await link()
    const error = nextError(there)
    const stop = there.onFrame(() => Promise.reject(new Error('no')))
    await client.send(message(0, 1))
    expect(await error).toMatchObject({ code: 'failed', message: 'a listener broke down: no' })
    stop()
    const frame = nextFrame(there)
    await client.send(message(0, 2))
    expect(await frame).toEqual(message(0, 2))
    await client.close()
    await server.close()
  })

  it('reads no further than its listener, so that a sender is held up', async () => {
    const { server, link } = await serverOf(local('slip'))
    const client = await tcpClient(server.target)
    const there = await link()
    const gate = deferred()
    let heard = 0
    there.onFrame(() => {
      heard++
      return gate.promise
    })
    const count = 4000
    let sent = 0
    const sends = Array.from({ length: count }, (_, i) =>
      client.send({ type: 'message', seq: i & 0xff, message: new Uint8Array(4000) }).then(() => sent++),
    )
    const socketsAreFull = async (): Promise<void> => {
      for (let last = -1; last !== sent; ) {
        last = sent
        for (let turns = 0; turns < 500; turns++) await turn()
      }
    }
    await socketsAreFull()
    expect(heard).toBe(1)
    expect(sent).toBeLessThan(count)
    gate.resolve()
    await Promise.all(sends)
    await client.close()
    await there.ended
    expect(heard).toBe(count)
    await server.close()
  })

  it('comes back after a break, and sends what waited', async () => {
    const before = await openHandles()
    const first = await serverOf(local('auto'))
    const client = await tcpClient({ ...first.server.target, framing: 'slip' }, { reconnect: true, times })
    client.onFrame(() => undefined)
    const lost = nextError(client)
    await first.link()
    await first.server.close()
    expect(await lost).toMatchObject({ code: 'lost' })
    const sent = client.send(message(5, 1, 2))
    const second = await serverOf(first.server.target)
    expect(await nextFrame(await second.link())).toEqual(message(5, 1, 2))
    await sent
    await client.close()
    await second.server.close()
    expect(await openHandles()).toEqual(before)
  })

  it('gives up coming back when it is closed', async () => {
    const before = await openHandles()
    const { server, link } = await serverOf(local('auto'))
    const client = await tcpClient({ ...server.target, framing: 'gfi' }, { reconnect: true, times })
    client.onFrame(() => undefined)
    const lost = nextError(client)
    await link()
    await server.close()
    await lost
    const sent = client.send(message(0, 1))
    await client.close()
    await expect(sent).rejects.toMatchObject({ code: 'closed' })
    expect(await openHandles()).toEqual(before)
  })

  it('ends beside an end that neither reads nor closes', async () => {
    const before = await openHandles()
    const { server, link } = await serverOf(local('slip'))
    const socket: Socket = connect({ port: server.target.port, host: '127.0.0.1', allowHalfOpen: true })
    socket.on('error', () => undefined)
    const there = await link()
    there.onFrame(() => undefined)
    const sends = Array.from({ length: 2000 }, () =>
      there.send({ type: 'message', seq: 0, message: new Uint8Array(4000) }).catch((error: LinkError) => error.code),
    )
    await server.close()
    expect(await sends.at(-1)).toMatch(/closed|lost/)
    socket.destroy()
    expect(await openHandles()).toEqual(before)
  })

  it('leaves no timer behind, whether it reconnects or ends', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const { server, link } = await serverOf(local('gfi'))
      const client = await tcpClient(server.target, { reconnect: true })
      client.onFrame(() => undefined)
      const lost = nextError(client)
      await (await link()).close()
      await lost
      expect(vi.getTimerCount()).toBe(1)
      await client.close()
      await server.close()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('says that nobody listens, or that somebody does already', async () => {
    const { server } = await serverOf(local('auto'))
    await expect(tcpServer(server.target, () => undefined)).rejects.toMatchObject({ code: 'notOpened' })
    const signal = AbortSignal.abort(new DOMException('late', 'TimeoutError'))
    await expect(openLink(server.target, { signal })).rejects.toMatchObject({
      code: 'notOpened',
      message: expect.stringMatching(/did not answer: no answer in time$/) as string,
    })
    await server.close()
    await expect(openLink(server.target)).rejects.toThrowError(
      /^tcp:\/\/127\.0\.0\.1:\d+ did not answer: .*ECONNREFUSED/,
    )
  })
})

describe('a link over a serial port', () => {
  const path = '/dev/mock'
  const target: SerialTarget = { kind: 'serial', path, baudRate: 9600, framing: 'auto' }
  const ports: SerialPortMock[] = []
  const makePort = (settings: { path: string; baudRate: number; autoOpen: false }): Port => {
    const port = new SerialPortMock(settings)
    ports.push(port)
    return port
  }
  afterEach(() => {
    SerialPortMock.binding.reset()
    ports.length = 0
  })

  it('opens it with its speed, carries frames both ways, and closes it', async () => {
    const before = await openHandles()
    SerialPortMock.binding.createPort(path, { record: true })
    const link = await serialLink(target, { makePort })
    const frame = nextFrame(link)
    ports[0]?.port?.emitData(Buffer.from('GBCS:DATA#0:2:DDC0\r\n'))
    expect(await frame).toEqual(message(0, 0xdd, 0xc0))
    await link.send(message(0, 0xdf))
    expect(toLatin1(ports[0]?.port?.recording ?? latin1(''))).toBe('GBCS:DATA#0:1:DF\r\n')
    expect(ports[0]?.port?.openOptions.baudRate).toBe(9600)
    await link.close()
    expect(ports[0]?.isOpen).toBe(false)
    expect(await openHandles()).toEqual(before)
  })
  it('says that there is no such port', async () => {
    await expect(serialLink(target, { makePort })).rejects.toMatchObject({
      code: 'notOpened',
      message: expect.stringContaining('serial:/dev/mock does not open'),
    })
    await expect(openLink({ ...target, path: '/dev/no-such-port' })).rejects.toMatchObject({ code: 'notOpened' })
  })
  it('goes on when the port comes back', async () => {
    SerialPortMock.binding.createPort(path)
    const link = await serialLink(target, { makePort, times })
    link.onFrame(() => undefined)
    const lost = nextError(link)
    ports[0]?.close()
    expect(await lost).toMatchObject({ code: 'lost' })
    await link.send(message(0, 1))
    expect(ports).toHaveLength(2)
    expect(ports[1]?.port?.lastWrite?.toString()).toBe('GBCS:DATA#0:1:01\r\n')
    await link.close()
  })
})

describe.skipIf(!has('socat', '-V'))('a link over a pseudo-terminal', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pty-'))
  const path = (name: string): string => join(dir, name)
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it('is a real serial port at both ends, and at a socket', async () => {
    const before = await openHandles()
    const pair = await ptyPair(path('a'), path('b'))
    const serial = (name: string, framing: FramingChoice): SerialTarget => ({
      kind: 'serial',
      path: path(name),
      baudRate: 115_200,
      framing,
    })
    const arrived = deferred<FrameLink>()
    const there = await serveLinks(serial('a', 'auto'), arrived.resolve)
    const here = await openLink(serial('b', 'slip'), { reconnect: false })
    const frame = nextFrame(await arrived.promise)
    await here.send(message(9, 0xc0, 0xdb))
    expect(await frame).toEqual(message(9, 0xc0, 0xdb))
    await Promise.all([here.close(), there.close()])
    await pair.close()

    const { server, link } = await serverOf(local('auto'))
    const pty = await ptyTo(path('c'), server.target)
    const terminal = await openLink(serial('c', 'gfi'), { reconnect: false })
    const typed = nextFrame(await link())
    await terminal.send(message(0, 1))
    expect(await typed).toEqual(message(0, 1))
    await terminal.close()
    await pty.close()
    await server.close()
    expect(await openHandles()).toEqual(before)
  })
})
it.skipIf(!has('socat', '-V'))('says why there is no pseudo-terminal', async () => {
  await expect(ptyTo('/no/such/folder/tty', { host: '127.0.0.1', port: 1 })).rejects.toMatchObject({
    code: 'notOpened',
  })
})
