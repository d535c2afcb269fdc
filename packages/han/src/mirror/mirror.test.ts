import { describe, expect, it } from 'vitest'
import { basic, dataTypeId, metering } from '@smets2-sim/zcl'
import { deviceStack } from '../device-stack.js'
import { code, id, message, testHome } from '../home.fixture.js'
import { hubEndpoint, type HubOptions } from '../hub-stack.js'
import { deviceType } from '../joining/device-type.js'
import { node } from '../node.js'
import { withCrc } from '../security/install-code.js'
import type { Records } from '../stack/zcl.js'
import { command } from '../stack/zcl-handler.js'
import { flagAttribute, flags4, functionalFlag, hasFlag, withFlag } from './flags.js'
import type { Report } from './gas-reporter.js'

const MINUTE = 60_000
const volume = (value: number) => ({
  cluster: metering.id,
  records: [{ id: 0, data: { type: dataTypeId.uint48, value } }],
})

function gasHome(options: Partial<HubOptions> = {}, reports: () => readonly Report[] = () => [volume(5)]) {
  const reported: { cluster: number; records: Records }[] = []
  const received: (string | undefined)[] = []
  const flags: (readonly number[])[] = []
  const world = testHome(
    {},
    {
      onGasReport: (cluster, records) => reported.push({ cluster, records }),
      onGasCommand: (_cluster, { name }) => received.push(name),
      ...options,
    },
  )
  const meter = world.add(5, deviceType.gsme, { gas: { reports, onFlags: (each) => flags.push(each) } }, true)
  world.time.until(() => meter.device.state === 'joined', 10 * MINUTE)
  world.time.advance(MINUTE)
  return { ...world, meter, reported, received, flags }
}

describe('the gas mirror', () => {
  it('gets what the meter reports, at each wake', () => {
    let value = 100
    const basicReport = { cluster: basic.id, records: [{ id: 3, data: { type: dataTypeId.uint8, value: 1 } }] }
    const { time, reported } = gasHome({}, () => [basicReport, volume(value++)])
    expect(reported).toEqual([basicReport, volume(100)])
    time.advance(30 * MINUTE)
    expect(reported.slice(2)).toEqual([basicReport, volume(101)])
    time.advance(60 * MINUTE)
    expect(reported).toHaveLength(8)
  })

  it('tells with flags what waits, and the meter asks for the messages behind them', () => {
    const { time, hub, events, meter, flags } = gasHome()
    hub.mirror.setFlag(flagAttribute.functional, functionalFlag.getSnapshot, true)
    hub.mirror.setFlag(flagAttribute.functional, functionalFlag.pushHistoricalMeteringDay, true)
    hub.mirror.setFlag(flagAttribute.flags4, flags4.getTopUpLog, true)
    meter.device.wake()
    time.advance(MINUTE)
    const last = flags.at(-1) ?? []
    expect(last).toHaveLength(5)
    expect(hasFlag(last[flagAttribute.functional] as number, functionalFlag.pushHistoricalMeteringDay)).toBe(true)
    expect(events.filter(({ kind }) => kind === 'notified')).toEqual([
      { kind: 'notified', attribute: flagAttribute.functional, flags: 1 << functionalFlag.getSnapshot },
      { kind: 'notified', attribute: flagAttribute.flags4, flags: 1 << flags4.getTopUpLog },
    ])
    // what was asked for is cleared; what the meter does by itself is cleared by the proxy
    expect(hub.mirror.flags(flagAttribute.flags4)).toBe(0)
    expect(hub.mirror.flags(flagAttribute.functional)).toBe(1 << functionalFlag.pushHistoricalMeteringDay)
  })

  it('shows that a message waits until it is fetched', () => {
    const { time, hub, meter, flags } = gasHome()
    const pending = (): boolean =>
      hasFlag(hub.mirror.flags(flagAttribute.functional), functionalFlag.tunnelMessagePending)
    expect(pending()).toBe(false)
    hub.send(meter.id, message(20))
    expect(pending()).toBe(true)
    meter.device.wake()
    time.advance(MINUTE)
    expect(pending()).toBe(false)
    expect(meter.got).toHaveLength(1)
    expect(hasFlag(flags.at(-1)?.[0] as number, functionalFlag.tunnelMessagePending)).toBe(true)
  })

  it('makes the meter renew its key, or stay awake', () => {
    const { time, hub, meter, events } = gasHome()
    hub.mirror.setFlag(flagAttribute.functional, functionalFlag.cbkeUpdate, true)
    meter.device.wake()
    time.advance(10_000)
    hub.mirror.setFlag(flagAttribute.functional, functionalFlag.cbkeUpdate, false)
    time.advance(MINUTE)
    expect(meter.states.slice(-2)).toEqual(['establishing', 'joined'])
    expect(events.filter(({ kind }) => kind === 'joined').length).toBeGreaterThan(1)
    hub.mirror.setFlag(flagAttribute.functional, functionalFlag.stayAwakeHan, true)
    meter.device.wake()
    time.advance(45_000)
    expect(meter.device.node.sleep.awake).toBe(true)
    time.advance(45_000)
    expect(meter.device.node.sleep.awake).toBe(false)
  })

  it('is for one meter only, and only when the proxy is in its device log', () => {
    let accepted = false
    const { time, air, hub, meter, reported } = gasHome({ acceptsMirror: () => accepted })
    expect([hub.mirror.meter, reported]).toEqual([undefined, []])
    accepted = true
    time.advance(31 * MINUTE)
    expect(hub.mirror.meter).toBe(meter.id)
    const second = deviceStack(node(air, { eui64: id(6), sleepy: true }), {
      tunnel: 'gas',
      gas: { reports: () => [volume(666)] },
    })
    hub.register({ eui64: id(6), deviceType: deviceType.gsme, installCode: code(6), joinTimeoutS: 600 })
    second.join(withCrc(code(6)))
    time.advance(40 * MINUTE)
    expect(second.state).toBe('joined')
    expect(JSON.stringify(reported)).not.toContain('666')
    hub.unregister(meter.id)
    time.advance(31 * MINUTE)
    expect(JSON.stringify(reported)).toContain('666')
  })

  it('takes nothing from anybody else', () => {
    const { time, hub, reported, received, add } = gasHome()
    const other = add(7, deviceType.esme)
    time.until(() => other.device.state === 'joined', MINUTE)
    const before = reported.length
    other.device.report(hub.node.eui64, hubEndpoint.gasMirror, metering.id, volume(9).records)
    const snapshot = command(metering.toClient.takeSnapshotResponse, { snapshotId: 1, snapshotConfirmation: 0 })
    other.device.sendCommand(hub.node.eui64, hubEndpoint.gasMirror, metering.id, 'server', snapshot)
    time.advance(MINUTE)
    expect([reported.length, received]).toEqual([before, []])
  })

  it('passes on the commands of its meter', () => {
    const { time, meter, received } = gasHome()
    meter.device.sendToMirror(
      metering.id,
      command(metering.toClient.takeSnapshotResponse, { snapshotId: 1, snapshotConfirmation: 0 }),
    )
    time.advance(MINUTE)
    expect(received).toEqual(['takeSnapshotResponse'])
  })
})

describe('flags', () => {
  it('are bits of an unsigned word', () => {
    expect(withFlag(0, 31, true)).toBe(0x80000000)
    expect(hasFlag(0x80000000, 31)).toBe(true)
    expect(withFlag(0xffffffff, 31, false)).toBe(0x7fffffff)
  })
})
