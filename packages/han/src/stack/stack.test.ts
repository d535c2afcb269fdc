import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { dataTypeId, encodeFields, foundation, frameControl, messaging, metering } from '@smets2-sim/zcl'
import { decodeMac, type MacFrame } from '../frames/ieee802154.js'
import { decodeNwk } from '../frames/nwk.js'
import { id, message } from '../home.fixture.js'
import { network, type NetworkOptions } from '../network.js'
import { node } from '../node.js'
import { virtualTime } from '../virtual-time.fixture.js'
import { Ring } from './ring.js'
import { SMART_ENERGY } from './zcl.js'
import { command, type ReceivedCommand } from './zcl-handler.js'

const PAN = 0x1234
const to = (endpoint = 1) => ({ to: { eui64: id(2), endpoint }, from: 1, cluster: metering.id, as: 'client' }) as const
const addressing = { destinationEndpoint: 1, clusterId: metering.id, profileId: SMART_ENERGY, sourceEndpoint: 1 }

/** Two nodes that have joined, and know each other. */
function two(options: Partial<NetworkOptions> = {}) {
  const time = virtualTime()
  const air = network({ scheduler: time, cipher: native, seed: 8, ...options })
  const [a, b] = [node(air, { eui64: id(1) }), node(air, { eui64: id(2) })]
  a.enter(PAN, 0, undefined)
  b.enter(PAN, 0x20, undefined)
  for (const each of [a, b]) each.nwk.networkKey = { key: new Uint8Array(16).fill(4), sequence: 0 }
  a.addresses.learn(id(2), 0x20)
  b.addresses.learn(id(1), 0)
  const frames: MacFrame[] = []
  air.onFrame((bytes) => frames.push(decodeMac(bytes)))
  return { time, air, a, b, frames }
}

describe('messages between endpoints', () => {
  it('longer than a frame go in pieces, and arrive once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1600 }), fc.boolean(), (seed, octets, encrypted) => {
        const { time, a, b } = two({ seed, encrypted, link: { loss: 0.2, duplication: 0.3, reordering: 0.2 } })
        const got: string[] = []
        b.aps.onMessage = ({ payload }) => got.push(toHex(payload))
        const done: boolean[] = []
        a.aps.send(0x20, addressing, message(octets), (delivered) => done.push(delivered))
        time.advance(120_000)
        expect([got, done]).toEqual([[toHex(message(octets))], [true]])
      }),
      { numRuns: 30 },
    )
  })

  it('stay within a frame of 125 octets on the air, sealed or not', () => {
    for (const encrypted of [false, true]) {
      const { time, air, a } = two({ encrypted })
      let longest = 0
      air.onFrame((bytes) => (longest = Math.max(longest, bytes.length)))
      a.aps.send(0x20, addressing, message(1500), () => undefined)
      time.advance(60_000)
      expect(longest).toBeGreaterThan(90)
      expect(longest).toBeLessThanOrEqual(125)
    }
  })

  it('are reported as not delivered when nobody acknowledges', () => {
    const { time, air, a } = two()
    air.link(id(1), id(2), { loss: 1 })
    const done: boolean[] = []
    a.aps.send(0x20, addressing, message(10), (delivered) => done.push(delivered))
    a.aps.send(0x99, addressing, message(10), (delivered) => done.push(delivered))
    time.advance(60_000)
    expect(done).toEqual([false, false])
  })

  it('do no harm when they are not understood', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom('', '0800', '08002000000001050000020701010105'),
        (rest, head) => {
          const { time, air, a, b } = two()
          const payload = Uint8Array.from([...(head ? fromHex(head) : []), ...rest])
          const [destination, source] = [0x20, 0].map((address) => ({ pan: PAN, address }))
          air.transmit(a.mac, {
            type: 'data',
            sequence: 1,
            ackRequest: true,
            intraPan: true,
            destination: destination as never,
            source: source as never,
            payload,
          })
          b.zcl.serve(1, metering.id, 'server', { read: () => undefined })
          time.advance(20_000)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('sealed frames', () => {
  it('hide what they carry', () => {
    const { time, a, frames } = two({ encrypted: true })
    a.aps.send(0x20, addressing, message(40), () => undefined)
    time.advance(1000)
    const data = frames.filter(({ type }) => type === 'data')
    expect(data.length).toBeGreaterThan(0)
    for (const { payload } of data) {
      expect(decodeNwk(payload).security).toBe(true)
      expect(toHex(payload)).not.toContain(toHex(message(40)).slice(0, 20))
    }
  })

  it('are taken once: sent again later, changed, or in the clear they are ignored', () => {
    const { time, air, a, b, frames } = two({ encrypted: true })
    let got = 0
    b.nwk.onFrame = () => got++
    a.nwk.send(0x20, message(20))
    time.advance(100)
    expect(got).toBe(1)
    const sent = frames.find(({ type }) => type === 'data') as MacFrame
    const again = (change: Partial<MacFrame>): void => {
      air.transmit(a.mac, { ...sent, sequence: 200, ...change })
      time.advance(30_000)
    }
    again({})
    const changed = sent.payload.slice()
    changed[changed.length - 6] = (changed[changed.length - 6] as number) ^ 1
    again({ sequence: 201, payload: changed })
    a.nwk.send(0x20, message(20), undefined, { unsecured: true })
    time.advance(100)
    expect(got).toBe(1)
    a.nwk.send(0x20, message(20))
    time.advance(100)
    expect(got).toBe(2)
  })
})

describe('the cluster library', () => {
  const read = (attribute: number) => (attribute === 0 ? { type: dataTypeId.uint48, value: 9 } : undefined)

  it('reads, writes and refuses attributes', () => {
    const { time, a, b } = two()
    const written: unknown[] = []
    b.zcl.serve(1, metering.id, 'server', {
      read,
      write: (attribute, { value }) => {
        if (attribute !== 5) return 0x88
        written.push(value)
        return 0
      },
    })
    const seen: unknown[] = []
    a.zcl.readAttributes(to(), [0, 1], (outcome) => seen.push(outcome))
    const record = (attribute: number) => ({ id: attribute, data: { type: dataTypeId.uint8, value: 3 } })
    a.zcl.writeAttributes(to(), [record(5)], (outcome) => seen.push(outcome))
    a.zcl.writeAttributes(to(), [record(5), record(6)], (outcome) => seen.push(outcome))
    time.advance(1000)
    expect(seen).toEqual([
      {
        kind: 'answered',
        value: [
          { id: 0, status: 0, data: { type: dataTypeId.uint48, value: 9 } },
          { id: 1, status: 0x86 },
        ],
      },
      { kind: 'answered', value: [{ status: 0 }] },
      { kind: 'answered', value: [{ status: 0x88, id: 6 }] },
    ])
    expect(written).toEqual([3, 3])
  })

  it('answers every command as it must be answered', () => {
    const { time, a, b } = two()
    const got: (string | undefined)[] = []
    b.zcl.serve(1, messaging.id, 'client', {
      command: ({ name }: ReceivedCommand) => {
        got.push(name)
        return name === 'cancelMessage' ? 0x8b : undefined
      },
    })
    b.zcl.serve(1, metering.id, 'server', {})
    const seen: unknown[] = []
    const display = { messageId: 1, messageControl: 0, startTime: 0, durationInMinutes: 1, message: message(3) }
    const out = { ...to(), cluster: messaging.id, as: 'server' as const }
    const { displayMessage, cancelMessage } = messaging.toClient
    const ask = (target: typeof out | ReturnType<typeof to>, sent: ReturnType<typeof command>): void =>
      void a.zcl.request(target, sent, undefined, (outcome) => seen.push(outcome))
    ask(out, command(displayMessage, display))
    time.advance(100)
    ask(out, command(cancelMessage, { messageId: 1, messageControl: 0 }))
    time.advance(100)
    ask(out, { id: cancelMessage.id, payload: message(2) }) // cut short
    time.advance(100)
    ask(to(), command(metering.toServer.takeSnapshot, { snapshotCause: 1 })) // no handler
    time.advance(100)
    ask(to(9), command(metering.toServer.takeSnapshot, { snapshotCause: 1 })) // no endpoint
    time.advance(100)
    expect(got).toEqual(['displayMessage', 'cancelMessage'])
    expect(seen).toEqual([0, 0x8b, 0x80, 0x81, 0x81].map((status) => ({ kind: 'refused', status })))
  })

  it('answers nothing to a broadcast, an answer, or a command that wants no answer', () => {
    const { time, a, b, frames } = two()
    b.zcl.serve(1, metering.id, 'server', { command: () => undefined })
    const control = frameControl({ cluster: true, fromServer: false })
    const snapshot = command(metering.toServer.takeSnapshot, { snapshotCause: 1 })
    a.zcl.send(to(), snapshot)
    time.advance(100)
    a.aps.broadcast(
      { ...addressing, destinationEndpoint: 0xff },
      Uint8Array.of(control, 1, snapshot.id, ...snapshot.payload),
    )
    const response = encodeFields(foundation.defaultResponse, { commandId: 0, status: 1 })
    a.aps.send(
      0x20,
      addressing,
      Uint8Array.of(frameControl({ cluster: false, fromServer: false }), 1, 0x0b, ...response),
      () => undefined,
    )
    time.advance(1000)
    const data = frames.filter(({ type, source }) => type === 'data' && source?.address === 0x20)
    expect(data.every(({ payload }) => payload.length < 40)).toBe(true) // acknowledgements, and the relayed broadcast
    expect(data).toHaveLength(3)
  })

  it('keeps the answers of many requests apart', () => {
    const { time, a, b } = two({ link: { jitterMs: 40, loss: 0.1 } })
    b.zcl.serve(1, metering.id, 'server', { read: (attribute) => ({ type: dataTypeId.uint16, value: attribute }) })
    const seen = new Map<number, unknown>()
    for (let attribute = 0; attribute < 100; attribute++)
      a.zcl.readAttributes(to(), [attribute], (outcome) => {
        seen.set(attribute, outcome.kind === 'answered' ? outcome.value[0]?.data?.value : outcome.kind)
      })
    time.advance(60_000)
    expect([...seen].filter(([attribute, value]) => attribute !== value)).toEqual([])
    expect(seen.size).toBe(100)
  })

  it('says that an answer did not come', () => {
    const { time, a, b } = two()
    b.aps.onMessage = () => undefined
    const seen: unknown[] = []
    a.zcl.readAttributes(to(), [0], (outcome) => seen.push(outcome))
    time.advance(20_000)
    expect(seen).toEqual([{ kind: 'failed', reason: 'noAnswer' }])
  })
})

describe('the device object', () => {
  it('finds endpoints by what they serve or use', () => {
    const { time, a, b } = two()
    b.zcl.serve(3, metering.id, 'server', {})
    b.zcl.serve(4, metering.id, 'client', {})
    const found: (readonly number[])[] = []
    a.zdo.match(0x20, metering.id, 'server', (endpoints) => found.push(endpoints))
    a.zdo.match(0x20, metering.id, 'client', (endpoints) => found.push(endpoints))
    a.zdo.match(0x20, messaging.id, 'server', (endpoints) => found.push(endpoints))
    a.zdo.match(0x77, metering.id, 'server', (endpoints) => found.push(endpoints))
    time.advance(60_000)
    expect(found.sort((x, y) => y.length - x.length)).toEqual([[3], [4], [], []])
  })

  it('asks the hub for an address that it does not know', () => {
    const { time, air, a, b } = two()
    const c = node(air, { eui64: id(3) })
    c.enter(PAN, 0x30, undefined)
    a.addresses.learn(id(3), 0x30)
    const found: unknown[] = []
    b.zdo.resolve(id(3), (address) => found.push(address))
    b.zdo.resolve(id(9), (address) => found.push(address))
    time.advance(1000)
    expect(found).toEqual([0x30, undefined])
  })
})

describe('a ring', () => {
  it('knows the last keys, for a while', () => {
    const time = virtualTime()
    const ring = new Ring(time, 2)
    expect(['a', 'a', 'b', 'c', 'a'].map((key) => ring.add(key))).toEqual([true, false, true, true, true])
    time.advance(21_000)
    expect(ring.add('a')).toBe(true)
  })
})
