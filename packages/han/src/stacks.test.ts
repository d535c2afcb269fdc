import { describe, expect, it } from 'vitest'
import { toHex } from '@smets2-sim/bytes'
import { dataTypeId, metering, prepayment } from '@smets2-sim/zcl'
import { HUB, id, message, testHome } from './home.fixture.js'
import { type HubOptions, hubStack } from './hub-stack.js'
import { deviceType } from './joining/device-type.js'
import { node } from './node.js'
import { command } from './stack/zcl-handler.js'

const { esme, gsme, ihd, ppmid } = deviceType
const MINUTE = 60_000

describe('messages between hub and devices', () => {
  it('go both ways through the tunnel that the hub asks for', () => {
    const { time, hub, events, atHub, add } = testHome()
    const meter = add(2, esme)
    expect(time.until(() => events.some((event) => event.kind === 'tunnel' && event.open), MINUTE)).toBe(true)
    const outcomes: boolean[] = []
    hub.send(meter.id, message(300), (delivered) => outcomes.push(delivered))
    meter.device.send(message(400), (delivered) => outcomes.push(delivered))
    time.advance(MINUTE)
    expect(meter.texts()).toEqual([toHex(message(300))])
    expect(atHub.map(({ message }) => toHex(message))).toEqual([toHex(message(400))])
    expect(outcomes).toEqual([true, true])
  })

  it('keep their order, and arrive once each, over links that lose, repeat and reorder', () => {
    const { time, hub, atHub, add } = testHome({
      link: { loss: 0.3, duplication: 0.3, reordering: 0.3, jitterMs: 10 },
    })
    const meter = add(2, esme)
    time.until(() => meter.device.state === 'joined', 60 * MINUTE)
    const sent = [40, 1500, 700, 1501, 90, 3000].map((length, n) => message(length, n))
    for (const each of sent) {
      hub.send(meter.id, each)
      meter.device.send(each)
    }
    expect(time.until(() => meter.got.length >= 6 && atHub.length >= 6, 60 * MINUTE)).toBe(true)
    time.advance(30 * MINUTE)
    expect(meter.texts()).toEqual(sent.map(toHex))
    expect(atHub.map((each) => toHex(each.message))).toEqual(sent.map(toHex))
  })

  it('of 4,000 octets arrive whole over a link that loses 30 %', () => {
    const { time, hub, add } = testHome({ link: { loss: 0.3 } })
    const meter = add(2, esme)
    time.until(() => meter.device.state === 'joined', 60 * MINUTE)
    hub.send(meter.id, message(4000))
    expect(time.until(() => meter.got.length > 0, 30 * MINUTE)).toBe(true)
    expect(meter.texts()).toEqual([toHex(message(4000))])
  })

  it('go on with the block that was interrupted when the link comes back', () => {
    const { time, air, hub, events, add } = testHome()
    const meter = add(2, esme)
    time.until(() => events.some(({ kind }) => kind === 'tunnel'), MINUTE)
    let octets = 0
    air.onFrame((bytes) => (octets += bytes.length))
    hub.send(meter.id, message(8000, 1))
    time.until(() => meter.got.length === 1, MINUTE)
    const whole = octets
    hub.send(meter.id, message(8000, 2))
    time.until(() => octets > 1.7 * whole, MINUTE)
    air.link(HUB, meter.id, { reachable: false })
    time.advance(20_000)
    expect(meter.got).toHaveLength(1)
    air.link(HUB, meter.id, { reachable: true })
    octets = 0
    expect(time.until(() => meter.got.length === 2, 10 * MINUTE)).toBe(true)
    expect(meter.texts()).toEqual([1, 2].map((n) => toHex(message(8000, n))))
    expect(octets).toBeLessThan(0.6 * whole)
  })

  it('to a device that cannot be reached are given up, with both events', () => {
    const { time, air, hub, events, kinds, add } = testHome()
    const meter = add(2, esme)
    time.until(() => events.some(({ kind }) => kind === 'tunnel'), MINUTE)
    air.link(HUB, meter.id, { reachable: false })
    const outcomes: boolean[] = []
    hub.send(meter.id, message(100), (delivered) => outcomes.push(delivered))
    time.advance(30 * MINUTE)
    expect(outcomes).toEqual([false])
    expect(kinds()).toContain('undelivered')
    expect(events).toContainEqual({ kind: 'reachable', device: meter.id, reachable: false })
    expect(hub.isReachable(meter.id)).toBe(false)
    air.link(HUB, meter.id, { reachable: true })
    expect(time.until(() => hub.isReachable(meter.id), 60 * MINUTE)).toBe(true)
  })

  it('to an unknown device, or one without a tunnel, are not delivered', () => {
    const { time, hub, kinds, add } = testHome()
    const display = add(3, ihd)
    time.until(() => display.device.state === 'joined', MINUTE)
    const outcomes: boolean[] = []
    hub.send(id(77), message(50), (delivered) => outcomes.push(delivered))
    hub.send(display.id, message(50), (delivered) => outcomes.push(delivered))
    display.device.send(message(50), (delivered) => outcomes.push(delivered))
    time.advance(60 * MINUTE)
    expect(outcomes).toEqual([false, false, false])
    expect(kinds().filter((kind) => kind === 'undelivered')).toHaveLength(2)
  })

  it('find a new tunnel after the device, or the hub, has lost power', () => {
    const { time, hub, events, atHub, add } = testHome()
    const meter = add(2, ppmid)
    time.until(() => events.some(({ kind }) => kind === 'tunnel'), MINUTE)
    meter.device.power(false)
    hub.send(meter.id, message(60))
    time.advance(10_000)
    meter.device.power(true)
    expect(time.until(() => meter.got.length === 1, 10 * MINUTE)).toBe(true)
    hub.power(false)
    meter.device.send(message(70))
    time.advance(10_000)
    hub.power(true)
    expect(time.until(() => atHub.length === 1, 10 * MINUTE)).toBe(true)
  })
})

describe('a home of several radios', () => {
  it('carries messages through a neighbour to a device that does not hear the hub', () => {
    const { time, air, hub, atHub, add } = testHome({ link: { loss: 0.1 } })
    const near = add(2, ppmid)
    time.until(() => near.device.state === 'joined', 10 * MINUTE)
    air.link(HUB, id(3), { reachable: false })
    const far = add(3, esme)
    expect(time.until(() => far.device.state === 'joined', 60 * MINUTE)).toBe(true)
    hub.send(far.id, message(2000))
    far.device.send(message(100))
    expect(time.until(() => far.got.length === 1 && atHub.length === 1, 10 * MINUTE)).toBe(true)
    expect(near.got).toEqual([])
    air.link(near.id, far.id, { reachable: false })
    const outcomes: boolean[] = []
    hub.send(far.id, message(30), (delivered) => outcomes.push(delivered))
    time.advance(30 * MINUTE)
    expect(outcomes).toEqual([false])
  })

  it('has a gas meter in sub-GHz, which keeps its duty cycle', () => {
    const { time, air, hub, add } = testHome({ bands: { subGHz: { dutyCycle: 0.001 } } })
    const meter = add(5, gsme, {}, true, ['subGHz'])
    expect(time.until(() => meter.device.state === 'joined', 60 * MINUTE)).toBe(true)
    for (let n = 0; n < 5; n++) hub.send(meter.id, message(4000, n))
    time.until(() => meter.got.length === 5, 24 * 60 * MINUTE)
    expect(meter.texts()).toEqual([0, 1, 2, 3, 4].map((n) => toHex(message(4000, n))))
    expect(air.dutyCycleUsed(HUB, 'subGHz')).toBeLessThanOrEqual(1)
  })

  it('goes on under a new hub that takes the place of the old one, without anybody joining anew', () => {
    const { time, air, hub, add } = testHome()
    const [meter, gas] = [add(2, esme), add(5, gsme, {}, true)]
    const joined = (): boolean => [meter, gas].every(({ device }) => device.state === 'joined')
    time.until(joined, 10 * MINUTE)
    const backup = hub.backup()
    hub.power(false)
    time.advance(10 * MINUTE)
    const got: string[] = []
    const successor = hubStack(node(air, { eui64: id(100) }), {
      time: () => ({ utcSeconds: 1, reliable: true }),
      onMessage: (from, received) => got.push(`${from} ${toHex(received)}`),
    })
    successor.restore(backup)
    expect(time.until(() => [meter, gas].every(({ device }) => device.hub === id(100)), 4 * 60 * MINUTE)).toBe(true)
    time.advance(MINUTE)
    successor.send(meter.id, message(60))
    successor.send(gas.id, message(70))
    gas.device.send(message(80))
    time.advance(31 * MINUTE)
    expect([meter.texts(), gas.texts()]).toEqual([[toHex(message(60))], [toHex(message(70))]])
    expect(got).toEqual([`${gas.id} ${toHex(message(80))}`])
  })

  it('does no harm with two devices of one type, and with a type that nobody knows', () => {
    const { time, hub, add } = testHome()
    const [first, second, odd] = [add(2, esme), add(3, esme), add(4, 77)]
    const joined = (): boolean => [first, second, odd].every(({ device }) => device.state === 'joined')
    expect(time.until(joined, 10 * MINUTE)).toBe(true) // one key establishment at a time
    hub.send(first.id, message(10, 1))
    hub.send(second.id, message(10, 2))
    hub.send(odd.id, message(10, 3)) // it serves a tunnel, so it gets its message
    time.advance(MINUTE)
    expect([first, second, odd].map(({ got }) => got.length)).toEqual([1, 1, 1])
  })
})

describe('a sleeping gas meter', () => {
  const settled = (options = {}, hubOptions: Partial<HubOptions> = {}) => {
    const world = testHome(options, hubOptions)
    const meter = world.add(5, gsme, {}, true)
    expect(world.time.until(() => meter.device.state === 'joined', 60 * MINUTE)).toBe(true)
    world.time.advance(MINUTE)
    return { ...world, meter }
  }

  it('gets its command at the next wake, not before, and answers in the same wake', () => {
    const { time, hub, atHub, meter } = settled()
    expect(hub.mirror.meter).toBe(meter.id)
    expect(meter.device.node.sleep.awake).toBe(false)
    const sentAt = time.now()
    hub.send(meter.id, message(200))
    time.advance(20 * MINUTE)
    expect(meter.got).toEqual([])
    expect(time.until(() => meter.got.length === 1, 11 * MINUTE)).toBe(true)
    expect(time.now() - sentAt).toBeLessThan(30 * MINUTE)
    meter.device.send(message(90))
    expect(time.until(() => atHub.length === 1, 10_000)).toBe(true)
    expect(toHex(meter.got[0] as Uint8Array)).toBe(toHex(message(200)))
    time.advance(MINUTE)
    expect(meter.device.node.sleep.awake).toBe(false)
  })

  it('fetches all that waits in one wake, long messages too, in their order', () => {
    const { time, hub, meter } = settled({ link: { loss: 0.2 } })
    const sent = [message(100, 1), message(4000, 2), message(1500, 3), message(20, 4)]
    for (const each of sent) hub.send(meter.id, each)
    expect(time.until(() => meter.got.length === 4, 35 * MINUTE)).toBe(true)
    expect(meter.texts()).toEqual(sent.map(toHex))
  })

  it('can be woken, and puts what it has to say at any time', () => {
    const { time, hub, atHub, meter } = settled()
    hub.send(meter.id, message(50))
    meter.device.wake()
    expect(time.until(() => meter.got.length === 1, 30_000)).toBe(true)
    time.advance(5 * MINUTE)
    meter.device.send(message(2000, 9))
    expect(time.until(() => atHub.length === 1, 30_000)).toBe(true)
    expect(toHex(atHub[0]?.message as Uint8Array)).toBe(toHex(message(2000, 9)))
  })

  it('fetches what somebody else keeps for it, in one wake, and each once', () => {
    const kept: Uint8Array[] = []
    const world = settled(
      { link: { loss: 0.2 } },
      {
        gasMessages: {
          next: (meter) => {
            const [oldest] = kept
            if (oldest) world.hub.send(meter, kept.shift() as Uint8Array)
          },
          waiting: () => kept.length,
        },
      },
    )
    const { time, hub, meter } = world
    const sent = [message(100, 1), message(4000, 2), message(20, 3)]
    kept.push(...sent)
    hub.gasMessagePending()
    expect(meter.got).toEqual([])
    expect(time.until(() => meter.got.length === 3, 35 * MINUTE)).toBe(true)
    expect(meter.texts()).toEqual(sent.map(toHex))
    time.advance(65 * MINUTE)
    expect(meter.texts()).toHaveLength(3)
  })
  it('is given up for when the hub loses its power, and gets what is sent after that', () => {
    const { time, hub, meter, kinds } = settled()
    hub.send(meter.id, message(50, 1))
    hub.power(false)
    expect(kinds()).toContain('undelivered')
    hub.power(true)
    hub.send(meter.id, message(50, 2))
    expect(time.until(() => meter.got.length > 0, 100 * MINUTE)).toBe(true)
    time.advance(65 * MINUTE)
    expect(meter.texts()).toEqual([toHex(message(50, 2))])
  })
  it('that never wakes leaves the message undelivered after its time', () => {
    const { time, air, hub, kinds, meter } = settled()
    air.link(HUB, meter.id, { reachable: false })
    hub.send(meter.id, message(50))
    time.advance(86_300_000)
    expect(kinds()).not.toContain('undelivered')
    time.advance(200_000)
    expect(kinds()).toContain('undelivered')
  })
})

describe('clusters', () => {
  it('are read by one device from another', () => {
    const { time, add } = testHome({ link: { loss: 0.1 } })
    const meter = add(2, esme)
    const display = add(3, ihd)
    meter.device.serve(metering.id, 'server', {
      read: (attribute) =>
        attribute === metering.attributes.currentSummationDelivered.id
          ? { type: dataTypeId.uint48, value: 12_345_678 }
          : undefined,
    })
    time.until(() => [meter, display].every(({ device }) => device.state === 'joined'), 30 * MINUTE)
    const seen: unknown[] = []
    display.device.readAttributes(meter.id, 1, metering.id, [0x0000, 0x0400], (outcome) => seen.push(outcome))
    time.advance(MINUTE)
    expect(seen).toEqual([
      {
        kind: 'answered',
        value: [
          { id: 0, status: 0, data: { type: 0x25, value: 12_345_678 } },
          { id: 0x0400, status: 0x86 },
        ],
      },
    ])
  })

  it('are refused with a status, or reported as not reachable', () => {
    const { time, air, add } = testHome()
    const meter = add(2, esme)
    const display = add(3, ihd)
    time.until(() => [meter, display].every(({ device }) => device.state === 'joined'), MINUTE)
    const seen: unknown[] = []
    const read = (): void =>
      display.device.readAttributes(meter.id, 1, metering.id, [0], (outcome) => seen.push(outcome))
    read() // nothing is served
    display.device.readAttributes(id(66), 1, metering.id, [0], (outcome) => seen.push(outcome))
    time.advance(MINUTE)
    air.link(HUB, meter.id, { reachable: false })
    air.link(meter.id, display.id, { reachable: false })
    read()
    time.advance(MINUTE)
    expect(seen).toEqual(
      [
        { kind: 'failed', reason: 'unknownNode' },
        { kind: 'refused', status: 0x81 },
        { kind: 'failed', reason: 'unreachable' },
      ].sort((a) => (a.kind === 'refused' ? -1 : 1)),
    )
  })

  it('answer commands with their responses', () => {
    const { time, add } = testHome()
    const meter = add(2, esme)
    const display = add(4, ppmid)
    const { consumerTopUp } = prepayment.toServer
    const { consumerTopUpResponse } = prepayment.toClient
    const answer = { resultType: 0, topUpValue: 1000, sourceOfTopUp: 2, creditRemaining: 1500 }
    meter.device.serve(prepayment.id, 'server', {
      command: ({ name }) => (name === 'consumerTopUp' ? command(consumerTopUpResponse, answer) : 0x81),
    })
    time.until(() => [meter, display].every(({ device }) => device.state === 'joined'), MINUTE)
    const seen: unknown[] = []
    const topUp = command(consumerTopUp, { originatingDevice: 2, topUpCode: message(20) })
    display.device.request(meter.id, 1, prepayment.id, topUp, consumerTopUpResponse, (outcome) => seen.push(outcome))
    const setCap = command(prepayment.toServer.setLowCreditWarningLevel, { lowCreditWarningLevel: 1 })
    display.device.request(meter.id, 1, prepayment.id, setCap, undefined, (outcome) => seen.push(outcome))
    time.advance(MINUTE)
    expect(seen).toContainEqual({ kind: 'answered', value: answer })
    expect(seen).toContainEqual({ kind: 'refused', status: 0x81 })
  })

  it('are reported to whoever uses them', () => {
    const { time, add } = testHome()
    const meter = add(2, esme)
    const display = add(3, ihd)
    const reported: unknown[] = []
    display.device.serve(metering.id, 'client', { report: (records, from) => reported.push([from.eui64, records]) })
    time.until(() => [meter, display].every(({ device }) => device.state === 'joined'), MINUTE)
    const records = [{ id: 0x0400, data: { type: dataTypeId.int24, value: -250 } }]
    const found: (readonly number[])[] = []
    meter.device.findEndpoints(display.id, metering.id, 'client', (endpoints) => found.push(endpoints))
    meter.device.findEndpoints(id(66), metering.id, 'client', (endpoints) => found.push(endpoints))
    meter.device.report(display.id, 1, metering.id, records)
    time.advance(MINUTE)
    expect(reported).toEqual([[meter.id, records]])
    expect(found).toEqual([[1], []])
  })
})
