import { type Eui64, eui64, eui64Bytes, fromHex, toHex } from '@smets2-sim/bytes'
import { CCS01, craFlag, encodeMessage, type MessageBody } from '@smets2-sim/gbcs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hubDeviceType } from '../device-log/hub-log.js'
import { type HubBench, hubBench, hubId } from '../hub.fixture.js'
import { takeSubGhzPlace } from '../sub-ghz/capacity.js'
import { airTimeUsed } from '../sub-ghz/duty-cycle.js'
import { HubRelay } from './hub-relay.js'
import { PATIENCE_S } from './relay.js'
import {
  arrived,
  confirmed,
  connected,
  disconnected,
  newWanEnd,
  opposite,
  put,
  retry,
  type WanEnd,
  type WanFrame,
} from './wan-end.js'

describe('the two ends of the wide area network', () => {
  type Step = 'put' | 'up' | 'down' | 'retry' | 'loseFrames' | 'loseConfirmation' | 'repeat' | 'powerCycle'
  const step = fc.constantFrom<Step>(
    'put',
    'put',
    'up',
    'down',
    'retry',
    'loseFrames',
    'loseConfirmation',
    'repeat',
    'powerCycle',
  )
  it('pass each message once and in order, whatever is lost, repeated or switched off', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let near: WanEnd = newWanEnd
        let far: WanEnd = newWanEnd
        const taken: number[] = []
        let [count, losesFrames, losesConfirmation] = [0, false, false]
        const deliver = (frames: readonly WanFrame[], times = 1): void => {
          for (const frame of frames)
            for (let i = 0; i < times; i++) {
              if (losesFrames) continue
              const result = arrived(far, frame)
              far = result.end
              if (result.taken) taken.push(result.taken[0] as number)
              if (!losesConfirmation) near = confirmed(near, result.confirm).end
            }
        }
        const apply = (result: { end: WanEnd; send: readonly WanFrame[] }, times = 1): void => {
          near = result.end
          deliver(result.send, times)
        }
        for (const one of steps) {
          ;[losesFrames, losesConfirmation] = [one === 'loseFrames', one === 'loseConfirmation']
          if (one === 'put') apply(put(near, Uint8Array.of(++count)))
          else if (one === 'down') apply(disconnected(near))
          else if (one === 'up') apply(connected(near))
          else if (one === 'powerCycle') near = disconnected(structuredClone(near)).end
          else if (near.isUp)
            apply(one === 'repeat' ? retry(near) : put(near, Uint8Array.of(++count)), one === 'repeat' ? 2 : 1)
        }
        ;[losesFrames, losesConfirmation] = [false, false]
        apply(connected(near))
        expect(taken).toEqual(Array.from({ length: count }, (_, i) => i + 1))
        expect(near.unconfirmed).toEqual([])
      }),
    )
  })
  it('go on from what the other one has sent and taken, where one of them starts anew', () => {
    const sent = put(put(connected(newWanEnd).end, Uint8Array.of(1)).end, Uint8Array.of(2))
    const near = arrived(confirmed(sent.end, 1).end, { number: 1, message: Uint8Array.of(9) }).end
    const far = connected(opposite(near)).end
    const results = connected(near).send.map((frame) => arrived(far, frame).taken)
    expect(results).toEqual([Uint8Array.of(2)])
    const [frame] = put(far, Uint8Array.of(8)).send
    expect(frame && arrived(near, frame).taken).toEqual(Uint8Array.of(8))
  })
  it('send nothing while they are down', () => {
    expect(put(newWanEnd, Uint8Array.of(1)).send).toEqual([])
    expect(retry(put(newWanEnd, Uint8Array.of(1)).end).send).toEqual([])
  })
})

const [esme, gsme, gpf, stranger] = ['a0', 'a1', 'a3', 'ff'].map((end) => eui64(`00db1234567890${end}`)) as [
  Eui64,
  Eui64,
  Eui64,
  Eui64,
]
const supplier = eui64('90b3d51f30010000')

/** A message for a device: what is in it is nothing to the hub. */
const octetsFor = (target: Eui64, counter = 1n, change: Partial<MessageBody> = {}): Uint8Array =>
  encodeMessage({
    kind: 'command',
    originatorCounter: counter,
    originator: supplier,
    target,
    otherInformation: { messageCode: 0x0033 },
    content: Uint8Array.of(1, 2, 3),
    signature: new Uint8Array(64),
    ...change,
  })

const messageFor = (target: Eui64, counter?: bigint): string => toHex(octetsFor(target, counter))

interface Relayed {
  readonly bench: HubBench
  readonly relay: HubRelay
  /** What left the hub, in order. */
  readonly out: {
    readonly way: string
    readonly message?: string
    readonly number?: number
    readonly remaining?: number
  }[]
}
function relayOn(bench: HubBench): Relayed {
  const out: Relayed['out'] = []
  const relay = new HubRelay(
    bench.device,
    {
      toWan: ({ number, message }) => void out.push({ way: 'wan', message: toHex(message), number }),
      confirmWan: (number) => void out.push({ way: 'confirm', number }),
      toDevice: (target, message, number, remaining) =>
        void out.push({ way: target, message: toHex(message), number, remaining }),
      pending: (target) => void out.push({ way: `pending ${target}` }),
      own: (target, message) => void out.push({ way: `own ${target}`, message: toHex(message) }),
    },
    gpf,
  )
  bench.toWan = (message) => void relay.toWan(hubId, message)
  relay.powerOn()
  return { bench, relay, out }
}
function hub(): Relayed {
  const bench = hubBench()
  for (const [id, deviceType] of [
    [esme, hubDeviceType.esme],
    [gsme, hubDeviceType.gsme],
  ] as const)
    bench.ask(
      CCS01.command({
        to: hubId,
        deviceLogRegisterDevice: { deviceId: eui64Bytes(id), keyType: 1, installCode: new Uint8Array(16), deviceType },
        deviceLogJoinTimeoutS: 1,
        deviceLogEnableDisableJoining: false,
      }),
    )
  bench.alerts()
  const relayed = relayOn(bench)
  relayed.relay.wanUp()
  // what it said so far has arrived
  relayed.relay.wanConfirmed(99)
  bench.alerts()
  relayed.out.length = 0
  return relayed
}
let next = 0
const fromWan = ({ relay }: Relayed, message: string, number = ++next) =>
  relay.fromWan({ number, message: fromHex(message) })
const ways = ({ out }: Relayed) => out.splice(0).map(({ way }) => way)
const events = ({ bench }: Relayed) =>
  [...bench.device.log('eventLog.buffer').entries()].map(({ code }) => (code as number).toString(16))

describe('the hub', () => {
  it('hands each message to its target: itself, the proxy in it, a meter; and nobody else', () => {
    next = 0
    const relayed = hub()
    for (const target of [hubId, gpf, esme, stranger]) fromWan(relayed, messageFor(target))
    expect(ways(relayed)).toEqual([`own ${hubId}`, 'confirm', `own ${gpf}`, 'confirm', esme, 'confirm', 'confirm'])
    fromWan(relayed, '010203')
    expect(ways(relayed)).toEqual(['confirm'])
  })
  it('takes a frame that comes twice once', () => {
    next = 0
    const relayed = hub()
    fromWan(relayed, messageFor(esme), 1)
    fromWan(relayed, messageFor(esme), 1)
    expect(ways(relayed)).toEqual([esme, 'confirm', 'confirm'])
  })
  it('lets out what devices of its log say, and nothing of a stranger', () => {
    const relayed = hub()
    expect(relayed.relay.toWan(esme, octetsFor(supplier))).toBe(true)
    expect(relayed.relay.toWan(gpf, octetsFor(supplier))).toBe(true)
    expect(relayed.relay.toWan(stranger, octetsFor(supplier))).toBe(false)
    expect(ways(relayed)).toEqual(['wan', 'wan'])
  })
  it('keeps what is said while the wide area network is away, through a power cycle, and delivers each once', () => {
    const relayed = hub()
    relayed.relay.wanDown()
    relayed.relay.toWan(esme, octetsFor(supplier, 1n))
    relayed.relay.toWan(gsme, octetsFor(supplier, 2n))
    expect(ways(relayed)).toEqual([])
    const again = relayOn(relayed.bench.powerCycle())
    expect(again.relay.isWanUp).toBe(false)
    again.relay.wanUp()
    const sent = again.out.splice(0)
    expect(sent.map(({ message }) => message)).toEqual([messageFor(supplier, 1n), messageFor(supplier, 2n)])
    again.relay.retryWan()
    expect(again.out.splice(0)).toEqual(sent)
    again.relay.wanConfirmed(sent.at(-1)?.number ?? 0)
    again.relay.retryWan()
    expect(ways(again)).toEqual([])
  })
})

describe('what became of a message', () => {
  /** A relay that serves one stranger, and what it said of messages. */
  const served = () => {
    const bench = hubBench()
    const ends: unknown[] = []
    const numbers: number[] = []
    const nothing = (): void => undefined
    const links = { toWan: nothing, confirmWan: nothing, pending: nothing, own: nothing }
    const relay = new HubRelay(bench.device, {
      ...links,
      toDevice: (_target, _message, number) => void numbers.push(number),
      ended: (ending, _message, target) => void ends.push([ending, target]),
      placeOfStranger: (id) => (id === esme ? 'awake' : 'unknown'),
    })
    relay.powerOn()
    relay.wanUp()
    return { relay, ends, numbers }
  }
  it('is heard, and a device may be served that is not in the log', () => {
    const { relay, ends, numbers } = served()
    const messages = [messageFor(stranger), '010203', messageFor(esme), messageFor(esme, 2n)]
    messages.forEach((message, i) => relay.fromWan({ number: i + 1, message: fromHex(message) }))
    expect(ends).toEqual([
      ['unknownTarget', stranger],
      ['noTarget', undefined],
    ])
    numbers.forEach((number, i) => relay.delivered(number, { succeeded: i === 0 }))
    expect(ends.slice(2)).toEqual([
      ['delivered', esme],
      ['notDelivered', esme],
    ])
    expect([relay.toWan(esme, octetsFor(supplier)), relay.toWan(stranger, octetsFor(supplier))]).toEqual([true, false])
  })
})

describe('a command for the gas meter', () => {
  it('waits until the meter asks, which is told how many more there are', () => {
    next = 0
    const relayed = hub()
    for (const counter of [1n, 2n]) fromWan(relayed, messageFor(gsme, counter))
    expect(ways(relayed)).toEqual([`pending ${gsme}`, 'confirm', `pending ${gsme}`, 'confirm'])
    expect(relayed.relay.retrieve(gsme)).toBe(true)
    expect(relayed.out).toMatchObject([{ way: gsme, message: messageFor(gsme, 1n), number: 1, remaining: 1 }])
    relayed.relay.delivered(1, { succeeded: true, rssi: -60, lqi: 90 })
    expect(events(relayed)).toEqual(expect.arrayContaining(['8154']))
    relayed.relay.retrieve(gsme)
    relayed.relay.delivered(2, { succeeded: true })
    expect(relayed.relay.retrieve(gsme)).toBe(false)
  })
  it('waits on when it did not get through', () => {
    next = 0
    const relayed = hub()
    fromWan(relayed, messageFor(gsme))
    relayed.relay.retrieve(gsme)
    relayed.relay.delivered(1, { succeeded: false })
    expect(relayed.relay.retrieve(gsme)).toBe(true)
  })
  it('that is on its way does not go out a second time when the meter asks again', () => {
    next = 0
    const relayed = hub()
    for (const counter of [1n, 2n]) fromWan(relayed, messageFor(gsme, counter))
    expect([relayed.relay.waitingFor(gsme), relayed.relay.waitingFor(esme)]).toEqual([2, 0])
    relayed.out.length = 0
    expect([1, 2, 3].map(() => relayed.relay.retrieve(gsme))).toEqual([true, true, false])
    expect(relayed.out.map(({ number }) => number)).toEqual([1, 2])
    expect(relayed.relay.waitingFor(gsme)).toBe(0)
    relayed.relay.delivered(1, { succeeded: false })
    expect(relayed.relay.retrieve(gsme)).toBe(true)
  })
  it('that nobody asks for is given up, and told: 819D', () => {
    next = 0
    const relayed = hub()
    fromWan(relayed, messageFor(gsme))
    relayed.bench.wait(PATIENCE_S - 1)
    expect(relayed.bench.alerts()).toEqual([])
    relayed.bench.wait(1)
    expect(relayed.bench.alerts().map(({ name }) => name)).toEqual(['gsmeCommandNotRetrieved'])
    expect(relayed.relay.retrieve(gsme)).toBe(false)
    expect(events(relayed)).toEqual(expect.arrayContaining(['819d', '8155']))
  })
  it('survives a power cycle, underway or not', () => {
    next = 0
    const relayed = hub()
    for (const counter of [1n, 2n]) fromWan(relayed, messageFor(gsme, counter))
    relayed.relay.retrieve(gsme)
    const again = relayOn(relayed.bench.powerCycle())
    again.relay.retrieve(gsme)
    expect(again.out).toMatchObject([{ message: messageFor(gsme, 1n), remaining: 1 }])
  })
})

describe('a command for the electricity meter', () => {
  it('that cannot be delivered is told, with whose it was: 8F84', () => {
    next = 0
    const relayed = hub()
    fromWan(relayed, messageFor(esme, 0x1234n))
    relayed.relay.delivered(1, { succeeded: false })
    const [alert] = relayed.bench.alerts()
    expect(alert?.name).toBe('failureToDeliverRemotePartyMessageToEsme')
    const [octets] = alert?.details ?? []
    const expected = [...eui64Bytes(supplier), ...eui64Bytes(esme), craFlag('command'), 0, 0, 0, 0, 0, 0, 0x12, 0x34]
    expect(octets?.type === 'octetString' && [...octets.bytes]).toEqual(expected)
  })
  it('goes out again after a power cycle, as long as nothing was heard of it', () => {
    next = 0
    const relayed = hub()
    fromWan(relayed, messageFor(esme))
    const again = relayOn(relayed.bench.powerCycle())
    expect(again.out).toMatchObject([{ way: esme, number: 1 }])
    again.relay.delivered(1, { succeeded: true })
    expect(relayOn(again.bench.powerCycle()).out).toEqual([])
  })
  it('is dropped when the band allows no more, and told: 8F2C', () => {
    next = 0
    const relayed = hub()
    takeSubGhzPlace(relayed.bench.device, esme)
    airTimeUsed(relayed.bench.device, esme, 90_000)
    relayed.bench.alerts()
    relayed.out.length = 0
    fromWan(relayed, messageFor(esme))
    expect(ways(relayed)).toEqual(['wan', 'confirm'])
    expect(relayed.bench.alerts().map(({ name }) => name)).toEqual(['messageDiscardedDueToDutyCycleManagement'])
  })
})
