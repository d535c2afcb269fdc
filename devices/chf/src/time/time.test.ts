import { toHex } from '@smets2-sim/bytes'
import { alerts, decodeMessage } from '@smets2-sim/gbcs'
import { decodeDataNotification, type UtcSeconds } from '@smets2-sim/cosem'
import { runningImage } from '@smets2-sim/firmware'
import { describe, expect, it } from 'vitest'
import { restorePan } from '../device-log/changes.js'
import { extendedPanId } from '../device-log/hub-log.js'
import { type HubBench, hubBench, hubId } from '../hub.fixture.js'
import { HubRelay } from '../relay/hub-relay.js'
import { commissioningState } from './commissioning.js'
import { homeTime, zclTimeStatus } from './time-source.js'

/** A hub with a wide area network that has the time while it is there. */
function hubWithWan() {
  const wan = { time: undefined as UtcSeconds | undefined }
  const bench = hubBench({ timeSource: () => wan.time })
  return { ...powerOn(bench), wan }
}
function powerOn(bench: HubBench) {
  const sent: string[] = []
  const nothing = (): void => undefined
  const relay = new HubRelay(bench.device, {
    toWan: ({ message }) => void sent.push(described(message)),
    confirmWan: nothing,
    toDevice: nothing,
    pending: nothing,
    own: nothing,
  })
  bench.toWan = (message) => void relay.toWan(hubId, message)
  relay.powerOn()
  return { bench, relay, sent }
}
/** Name of an alert; other messages as they are. */
function described(message: Uint8Array): string {
  if (message[0] !== 0xdf && message[0] !== 0xdd) return toHex(message)
  const { body } = decodeDataNotification(decodeMessage(message).content)
  const [code] = body.type === 'structure' ? body.items : []
  return Object.values(alerts).find((row) => code?.type === 'longUnsigned' && row.code === code.value)?.name ?? ''
}

describe('a new hub', () => {
  it('has a network of its own as soon as it is switched on', () => {
    const { bench } = hubWithWan()
    expect(commissioningState(bench.device)).toBe('networkFormed')
    const panId = toHex(bench.device.items.read(extendedPanId))
    expect(panId).not.toBe('0000000000000000')
    expect(toHex(powerOn(bench.powerCycle()).bench.device.items.read(extendedPanId))).toBe(panId)
  })
  it('is commissioned when the wide area network is there, and says so before anything that waited', () => {
    const { bench, relay, sent } = hubWithWan()
    relay.toWan(hubId, Uint8Array.of(0xaa))
    relay.toWan(hubId, Uint8Array.of(0xbb))
    expect(sent).toEqual([])
    relay.wanUp()
    expect(commissioningState(bench.device)).toBe('commissioned')
    expect(sent).toEqual(['deviceCommissioned', 'aa', 'bb'])
  })
  it('is commissioned once', () => {
    const { bench, relay, sent } = hubWithWan()
    relay.wanUp()
    relay.wanConfirmed(1)
    relay.wanDown()
    relay.wanUp()
    expect(sent).toEqual(['deviceCommissioned'])
    const again = powerOn(bench.powerCycle())
    again.relay.wanUp()
    expect(again.sent).toEqual([])
  })
  it('keeps the network that was restored before it was switched on in the home', () => {
    const bench = hubBench()
    restorePan(bench.device, {
      extendedPanId: new Uint8Array(8).fill(7),
      devices: [{ deviceId: new Uint8Array(8).fill(1), hashedLinkKey: new Uint8Array(16) }],
    })
    powerOn(bench)
    expect(toHex(bench.device.items.read(extendedPanId))).toBe('0707070707070707')
  })
})

it('a hub whose firmware is not what was activated says so when it is switched on', () => {
  const bench = hubBench()
  const octets = Uint8Array.of(1, 2, 3)
  const image = { octets, manufacturerImageHash: new Uint8Array(32), firmwareVersion: new Uint8Array(4) }
  bench.device.items.write(runningImage, image)
  powerOn(bench)
  const codes = [...bench.device.log('securityLog.buffer').entries()].map(({ code }) => code as number)
  expect(codes).toEqual([alerts.firmwareVerificationFailedAtPowerOn.code])
})

describe('the time of the home', () => {
  const day = 86_400
  it('is that of the wide area network, as long as the hub can trust its own clock without it', () => {
    const { bench, relay, wan } = hubWithWan()
    wan.time = bench.clock.time + 100
    relay.wanUp()
    expect(homeTime(bench.device)).toBe(bench.clock.time + 100)
    wan.time = undefined
    bench.wait(5 * day - 1)
    expect(zclTimeStatus(bench.device)).toBe(0x09)
    bench.wait(1)
    expect([homeTime(bench.device), zclTimeStatus(bench.device)]).toEqual([undefined, 0])
  })
  it('is corrected every day while the network is there', () => {
    const { bench, relay, wan } = hubWithWan()
    wan.time = bench.clock.time
    relay.wanUp()
    bench.device.clock.drift(3)
    // by its own clock the day is over 3 seconds early
    wan.time = bench.clock.time + day - 3
    bench.wait(day - 3)
    expect(homeTime(bench.device)).toBe(bench.clock.time)
    const codes = [...bench.device.log('eventLog.buffer').entries()].map(({ code }) => code as number)
    expect(codes).toContain(alerts.clockAdjustedWithinTolerance.code)
  })
  it('is doubtful after a power cycle until the network is there', () => {
    const { bench, relay, wan } = hubWithWan()
    wan.time = bench.clock.time
    relay.wanUp()
    wan.time = undefined
    const again = powerOn(bench.powerCycle())
    expect(homeTime(again.bench.device)).toBeUndefined()
    wan.time = bench.clock.time
    again.relay.wanUp()
    expect(homeTime(again.bench.device)).toBe(bench.clock.time)
  })
})
