import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eui64, GbcsError } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import type { MacFrame } from '../frames/ieee802154.js'
import { network, type NetworkOptions, type Station } from '../network.js'
import { derivedSeed, seeded } from '../random.js'
import { virtualTime } from '../virtual-time.fixture.js'
import { airtimeMs, type Band, bandRules } from './band.js'
import { DutyCycle } from './duty-cycle.js'

const id = (n: number) => eui64(`00000000000000${n.toString(16).padStart(2, '0')}`)

function air(options: Partial<NetworkOptions> = {}) {
  const time = virtualTime()
  const medium = network({ scheduler: time, cipher: native, seed: 5, ...options })
  const station = (n: number, bands: readonly Band[] = ['2.4GHz'], extra: Partial<Station> = {}) => {
    const got: number[] = []
    const own: Station = {
      eui64: id(n),
      shortAddress: n,
      nwkAddress: n,
      pan: 1,
      bands,
      relays: true,
      parent: undefined,
      listening: true,
      hasPending: () => false,
      receive: (frame) => got.push(frame.sequence),
      ...extra,
    }
    medium.attach(own)
    return { own, got }
  }
  const frame = (to: number, sequence: number, octets = 20): MacFrame => ({
    type: 'data',
    sequence,
    ackRequest: to !== 0xffff,
    destination: { pan: 1, address: to },
    payload: new Uint8Array(octets),
  })
  return { time, medium, station, frame }
}

describe('the air', () => {
  it('carries a frame to the one it is for, and a broadcast to all of its band', () => {
    const { time, medium, station, frame } = air()
    const [a, b, c] = [station(1), station(2), station(3)]
    const other = station(4, ['subGHz'])
    medium.transmit(a.own, frame(2, 10))
    medium.transmit(a.own, frame(0xffff, 11))
    time.advance(100)
    expect([a.got, b.got, c.got, other.got]).toEqual([[], [10, 11], [11], []])
  })

  it('repeats what was not acknowledged three times, and says so', () => {
    const { time, medium, station, frame } = air()
    const [a, b] = [station(1), station(2)]
    let frames = 0
    medium.onFrame(() => frames++)
    medium.link(id(1), id(2), { reachable: false })
    const results: boolean[] = []
    medium.transmit(a.own, frame(2, 10), (acked) => results.push(acked))
    medium.transmit(a.own, frame(99, 11), (acked) => results.push(acked)) // nobody has this address
    time.advance(100)
    expect(results).toEqual([false, false])
    expect(frames).toBe(8)
    expect(b.got).toEqual([])
  })

  it('does not reach a radio that is off', () => {
    const { time, medium, station, frame } = air()
    const a = station(1)
    const b = station(2, ['2.4GHz'], { listening: false })
    medium.transmit(a.own, frame(2, 10))
    medium.transmit(a.own, frame(0xffff, 10))
    time.advance(100)
    expect(b.got).toEqual([])
  })

  it('loses, repeats and holds back as often as the link says', () => {
    const { time, medium, station, frame } = air({
      link: { loss: 0.5, duplication: 0.25, reordering: 0.5, heldBackMs: 50 },
    })
    const [a, b] = [station(1), station(2)]
    for (let i = 0; i < 1000; i++) {
      medium.transmit(a.own, { ...frame(2, i & 0xff), ackRequest: false })
      time.advance(10)
    }
    time.advance(100)
    expect(b.got.length).toBeGreaterThan(550)
    expect(b.got.length).toBeLessThan(700) // 1000 * 0.5 * 1.25
    const backwards = b.got.filter((sequence, i) => i > 0 && ((sequence - (b.got[i - 1] as number)) & 0xff) > 128)
    expect(backwards.length).toBeGreaterThan(50)
  })

  it('gives each link its own chance: another link changes nothing', () => {
    const received = (withOther: boolean): number[] => {
      const { time, medium, station, frame } = air({ link: { loss: 0.3 } })
      const [a, b, c] = [station(1), station(2), station(3)]
      for (let i = 0; i < 50; i++) {
        medium.transmit(a.own, { ...frame(2, i), ackRequest: false })
        if (withOther) medium.transmit(c.own, { ...frame(2, 100 + i), ackRequest: false })
        time.advance(20)
      }
      return b.got.filter((sequence) => sequence < 100)
    }
    expect(received(true)).toEqual(received(false))
  })

  it('sends one frame at a time in a band', () => {
    const { time, medium, station, frame } = air()
    const [a, b] = [station(1), station(2)]
    const starts: number[] = []
    medium.onFrame((_bytes, at) => starts.push(at))
    for (let i = 0; i < 5; i++) medium.transmit(i % 2 ? a.own : b.own, { ...frame(0xffff, i, 100) })
    time.advance(1000)
    const airtime = airtimeMs(bandRules['2.4GHz'], 107)
    for (let i = 1; i < starts.length; i++)
      expect((starts[i] as number) - (starts[i - 1] as number)).toBeGreaterThanOrEqual(airtime)
  })

  it('refuses a frame that is too long, two nodes of one name, and conditions that are none', () => {
    const { medium, station, frame } = air()
    const a = station(1)
    expect(() => medium.transmit(a.own, frame(2, 1, 130))).toThrowError(GbcsError)
    expect(() => station(1)).toThrowError(/two nodes/)
    expect(() => medium.link(id(1), id(2), { loss: 1.5 })).toThrowError(/probability/)
    expect(() => medium.link(id(1), id(2), { latencyMs: -1 })).toThrowError(/0 or more/)
  })
})

describe('routes', () => {
  it('take the fewest hops over nodes that relay, and none over a sleeper', () => {
    const { medium, station } = air()
    station(1)
    station(2)
    station(3)
    station(4, ['2.4GHz'], { relays: false, parent: 3 })
    medium.link(id(1), id(3), { reachable: false })
    expect(medium.nextHop(1, 1, 2)).toBe(2)
    expect(medium.nextHop(1, 1, 3)).toBe(2)
    expect(medium.nextHop(1, 1, 4)).toBe(2)
    expect(medium.nextHop(1, 4, 1)).toBe(3)
    medium.link(id(2), id(3), { reachable: false })
    expect(medium.nextHop(1, 1, 3)).toBeUndefined()
    medium.link(id(1), id(3), { reachable: true })
    expect(medium.nextHop(1, 1, 3)).toBe(3)
  })

  it('lead through the hub between the bands, and not from one sub-GHz node to another', () => {
    const { medium, station } = air()
    station(1, ['2.4GHz', 'subGHz'])
    station(2)
    station(3, ['subGHz'])
    station(4, ['subGHz'])
    expect(medium.nextHop(1, 2, 3)).toBe(1)
    expect(medium.nextHop(1, 3, 4)).toBe(1)
    expect(medium.nextHop(1, 3, 1)).toBe(1)
  })
})

describe('the duty cycle', () => {
  const rules = { ...bandRules.subGHz, dutyCycle: 0.1, dutyWindowMs: 1000 }

  it('is never broken in any window', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 60 })), { maxLength: 60 }),
        (frames) => {
          const duty = new DutyCycle(rules)
          const sent: { start: number; airtime: number }[] = []
          let now = 0
          for (const [gap, airtime] of frames) {
            now = Math.max(now + gap, duty.earliest(now + gap, airtime))
            duty.record(now, airtime)
            sent.push({ start: now, airtime })
            now += airtime
          }
          for (const { start, airtime } of sent) {
            const end = start + airtime
            const inWindow = sent.filter(
              (each) => each.start + each.airtime > end - 1000 && each.start + each.airtime <= end,
            )
            expect(inWindow.reduce((sum, each) => sum + each.airtime, 0)).toBeLessThanOrEqual(100 + 1e-9)
          }
        },
      ),
    )
  })

  it('delays frames and loses none', () => {
    const { time, medium, station, frame } = air({ bands: { subGHz: { dutyCycle: 0.01, dutyWindowMs: 10_000 } } })
    const a = station(1, ['2.4GHz', 'subGHz'])
    const b = station(2, ['subGHz'])
    for (let i = 0; i < 40; i++) medium.transmit(a.own, frame(2, i, 100))
    time.advance(9000)
    expect(b.got.length).toBeGreaterThan(5)
    expect(b.got.length).toBeLessThan(15) // 100 ms in 10 s
    expect(medium.dutyCycleUsed(id(1), 'subGHz')).toBeGreaterThan(0.8)
    time.advance(60_000)
    expect(b.got).toHaveLength(40)
  })
})

describe('random numbers', () => {
  it('are the same for the same seed, and even', () => {
    expect(seeded(3).bytes(8)).toEqual(seeded(3).bytes(8))
    expect(seeded(3).bytes(8)).not.toEqual(seeded(4).bytes(8))
    expect(derivedSeed(1, 'a')).not.toBe(derivedSeed(1, 'b'))
    const random = seeded(1)
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < 10_000; i++) counts[random.below(10)] = (counts[random.below(10)] as number) + 1
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(250)
    expect([random.chance(0), random.chance(1)]).toEqual([false, true])
  })
})
