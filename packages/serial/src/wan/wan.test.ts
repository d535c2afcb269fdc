import { connect } from 'node:net'
import { fromHex, latin1, toHex, utf8 } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Decoded, type Frame, type Framing, gfi, slip } from '../framing/index.js'
import { type FrameLink, type Listening, tcpClient, tcpServer } from '../link/index.js'
import type { LinkError } from '../link/link-error.js'
import { deferred } from '../link/wait.js'
import { exchangeClient } from './exchange.js'
import { serveWan, type WanOptions } from './serve.js'

type Handler = (message: Uint8Array) => Promise<Uint8Array | undefined>
/** A home whose answer to a message is the message and FF. */
const echo: Handler = (message) => Promise.resolve(Uint8Array.of(...message, 0xff))
const sameFirstOctet = (request: Uint8Array, message: Uint8Array): boolean => request[0] === message[0]

let handler: Handler = echo
let options: WanOptions = {}
const problems: LinkError[] = []
let stop: () => void = () => undefined
let server: Listening
beforeEach(async () => {
  handler = echo
  options = {}
  problems.length = 0
  server = await tcpServer({ kind: 'tcp', host: '127.0.0.1', port: 0, framing: 'auto' }, (link) => {
    stop = serveWan(link, (message) => handler(message), { onProblem: (error) => problems.push(error), ...options })
  })
})
afterEach(() => server.close())

/** The frames that come back for some octets, in order, until so many are there. */
function heard(framing: Framing, octets: Uint8Array, count: number): Promise<Frame[]> {
  const decoder = framing.decoder()
  const socket = connect(server.target.port, '127.0.0.1')
  const frames: Frame[] = []
  return new Promise((resolve) => {
    socket.on('data', (chunk) => {
      frames.push(
        ...decoder.push(chunk).map((item: Decoded) => ('frame' in item ? item.frame : expect.fail(item.fault.found))),
      )
      if (frames.length < count) return
      socket.destroy()
      resolve(frames)
    })
    socket.write(octets)
  })
}
const clientLink = (framing: 'gfi' | 'slip'): Promise<FrameLink> => tcpClient({ ...server.target, framing })

describe('the answering side', () => {
  it('answers a line with a line', async () => {
    expect(await heard(gfi, latin1('GBCS:DATA#0:2:DD01\r\n'), 1)).toEqual([
      { type: 'message', seq: 0, message: fromHex('dd01ff') },
    ])
  })
  it('answers a wrong line with an error line, and nothing else happens', async () => {
    let calls = 0
    handler = (message) => {
      calls++
      return echo(message)
    }
    const [error, response] = await heard(gfi, latin1('GBCS:DATA#0:2:D\r\nGBCS:DATA#0:1:DD\r\n'), 2)
    expect(error).toEqual({
      type: 'acknowledge',
      seq: 0,
      status: 'malformed',
      text: 'found 1 hexadecimal digits at octet 14, expected 4',
    })
    expect(response).toMatchObject({ type: 'message' })
    expect(calls).toBe(1)
    expect(problems[0]).toMatchObject({ code: 'badFrame' })
  })
  it('acknowledges a frame, and responds with its sequence number', async () => {
    expect(await heard(slip, slip.encode({ type: 'message', seq: 7, message: fromHex('dd') }), 2)).toEqual([
      { type: 'acknowledge', seq: 7, status: 'accepted', text: '' },
      { type: 'message', seq: 7, message: fromHex('ddff') },
    ])
  })
  it('refuses by sequence number what is damaged or leads nowhere', async () => {
    const damaged = slip.encode({ type: 'message', seq: 5, message: fromHex('dd') })
    damaged[3] = 0xde
    const log = slip.encode({ type: 'log', seq: 6, text: 'x' })
    expect(await heard(slip, Uint8Array.of(...damaged, ...log), 2)).toEqual([
      { type: 'acknowledge', seq: 5, status: 'badCrc', text: expect.stringMatching(/^found CRC .* expected/) },
      { type: 'acknowledge', seq: 6, status: 'notSupported', text: 'frames of type log lead nowhere here' },
    ])
  })
  it('says who it is', async () => {
    options = { hello: { name: 'home 7', devices: new Map([['90b3d51f30010000', 'ESME']]) as never } }
    const [frame] = await heard(slip, slip.encode({ type: 'hello', seq: 3 }), 1)
    expect(frame).toEqual({
      type: 'hello',
      seq: 3,
      hello: {
        version: 1,
        name: 'home 7',
        maxFrame: 4096,
        types: [0x01, 0x05, 0x7f],
        devices: new Map([['90b3d51f30010000', 'ESME']]),
      },
    })
  })
  it('refuses, without a reason, what its handler breaks down over', async () => {
    handler = () => Promise.reject(new Error('a secret'))
    for (const framing of [gfi, slip]) {
      const frames = await heard(
        framing,
        framing.encode({ type: 'message', seq: 0, message: fromHex('dd') }),
        framing === gfi ? 1 : 2,
      )
      expect(frames.at(-1)).toEqual({
        type: 'acknowledge',
        seq: 0,
        status: 'failed',
        text: 'the home broke down over it',
      })
    }
    expect(problems[0]).toMatchObject({ code: 'failed', message: 'the handler broke down: a secret' })
  })
  it('hands over alerts and, in slip, other frames', async () => {
    let alert: (message: Uint8Array) => void = () => undefined
    let frame: (item: Frame) => void = () => undefined
    options = {
      alerts: (send) => {
        alert = send
        return () => undefined
      },
      frames: (send) => {
        frame = send
        return () => undefined
      },
    }
    handler = () => {
      frame({ type: 'log', seq: 0, text: 'hot' })
      alert(fromHex('df'))
      return Promise.resolve(undefined)
    }
    const dd = { type: 'message', seq: 9, message: fromHex('dd') } as const
    expect(await heard(gfi, gfi.encode(dd), 1)).toEqual([{ type: 'message', seq: 0, message: fromHex('df') }])
    expect(await heard(slip, slip.encode(dd), 3)).toEqual([
      { type: 'acknowledge', seq: 9, status: 'accepted', text: '' },
      { type: 'log', seq: 1, text: 'hot' },
      { type: 'message', seq: 2, message: fromHex('df') },
    ])
    expect(problems.filter(({ code }) => code !== 'lost')).toEqual([])
  })
  it('has at most 64 requests under way', async () => {
    const gate = deferred()
    let calls = 0
    const full = deferred()
    handler = async () => {
      if (++calls === 64) full.resolve()
      await gate.promise
      return fromHex('01')
    }
    const one = slip.encode({ type: 'message', seq: 1, message: fromHex('dd') })
    const frames = heard(slip, new Uint8Array(Array.from({ length: 100 }, () => [...one]).flat()), 200)
    await full.promise
    expect(calls).toBe(64)
    gate.resolve()
    expect((await frames).filter(({ type }) => type === 'message')).toHaveLength(100)
    expect(calls).toBe(100)
  })
  it('stops when it is told to', async () => {
    const link = await clientLink('slip')
    const client = exchangeClient(link)
    await client.exchange(fromHex('01'), 5000)
    stop()
    const again = client.exchange(fromHex('01'), 5000)
    client.stop()
    await expect(again).rejects.toMatchObject({ code: 'closed' })
    await link.close()
  })
})

describe('the asking side', () => {
  for (const framing of ['gfi', 'slip'] as const) {
    it(`has its response, in ${framing}`, async () => {
      const link = await clientLink(framing)
      const client = exchangeClient(link)
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (message) => {
          expect(toHex(await client.exchange(message, 5000))).toBe(`${toHex(message)}ff`)
        }),
        { numRuns: 40 },
      )
      await link.close()
    })
    it(`finds the request that a response belongs to, in ${framing}`, async () => {
      const waiting: (() => void)[] = []
      handler = (message) =>
        new Promise((resolve) => {
          waiting.push(() => resolve(Uint8Array.of(...message, 0xff)))
          if (waiting.length === 3) waiting.reverse().forEach((answer) => answer())
        })
      const link = await clientLink(framing)
      const unasked: string[] = []
      const client = exchangeClient(link, {
        matches: sameFirstOctet,
        onUnasked: (message) => unasked.push(toHex(message)),
      })
      const responses = ['01', '02', '03'].map((hex) => client.exchange(fromHex(hex), 5000))
      expect((await Promise.all(responses)).map(toHex)).toEqual(['01ff', '02ff', '03ff'])
      handler = () => Promise.resolve(fromHex('09'))
      const last = client.exchange(fromHex('04'), 5000)
      while (unasked.length === 0) await new Promise(setImmediate)
      expect(unasked).toEqual(['09'])
      client.stop()
      await expect(last).rejects.toMatchObject({ code: 'closed' })
      await link.close()
    })
    it(`is told of a refusal, in ${framing}`, async () => {
      handler = ([first]) => (first === 1 ? Promise.reject(new Error()) : Promise.resolve(fromHex('02')))
      const link = await clientLink(framing)
      const client = exchangeClient(link)
      await expect(client.exchange(fromHex('01'), 5000)).rejects.toMatchObject({
        code: 'refused',
        message: 'the other end refused it, failed: the home broke down over it',
      })
      expect(await client.exchange(fromHex('02'), 5000)).toEqual(fromHex('02'))
      await link.close()
    })
  }
  it('waits as long as it is told, and leaves no timer', async () => {
    const taken = deferred()
    handler = () => {
      taken.resolve()
      return Promise.resolve(undefined)
    }
    const link = await clientLink('gfi')
    const client = exchangeClient(link)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const late = client.exchange(fromHex('01'), 30_000)
      const seen = late.catch((error: LinkError) => error)
      await taken.promise
      vi.advanceTimersByTime(29_999)
      expect(vi.getTimerCount()).toBe(1)
      vi.advanceTimersByTime(1)
      expect(await seen).toMatchObject({ code: 'timeout', message: 'no response within 30000 ms' })
      handler = echo
      expect(await client.exchange(fromHex('02'), 30_000)).toEqual(fromHex('02ff'))
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
    await link.close()
  })
  it('fails when the link breaks, and when it is closed', async () => {
    handler = () => new Promise(() => undefined)
    const link = await clientLink('gfi')
    const client = exchangeClient(link)
    const open = client.exchange(utf8('x'), 5000)
    const seen = expect(open).rejects.toMatchObject({ code: 'lost' })
    await new Promise(setImmediate)
    await server.close()
    await seen
    await expect(client.exchange(utf8('x'), 5000)).rejects.toMatchObject({ code: 'closed' })
    server = await tcpServer({ ...server.target, port: 0 }, () => undefined)
  })
  it('tells its caller of a message that no framing carries', async () => {
    const link = await clientLink('slip')
    await expect(exchangeClient(link).exchange(new Uint8Array(5000), 5000)).rejects.toMatchObject({
      code: 'limitExceeded',
    })
    await link.close()
  })
})
