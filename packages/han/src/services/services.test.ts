import { describe, expect, it } from 'vitest'
import { basic } from '@smets2-sim/zcl'
import { HUB, testHome } from '../home.fixture.js'
import { hubEndpoint } from '../hub-stack.js'
import { deviceType } from '../joining/device-type.js'
import type { HubTime } from './time.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('the time of the hub', () => {
  it('is read after joining, and once a day', () => {
    const { time, add } = testHome()
    const times: HubTime[] = []
    add(2, deviceType.esme, { onTime: (each) => times.push(each) })
    time.advance(MINUTE)
    expect(times).toHaveLength(1)
    expect(times[0]?.reliable).toBe(true)
    expect(Math.abs((times[0]?.utcSeconds ?? 0) - 800_000_000)).toBeLessThan(60)
    time.advance(25 * HOUR)
    expect(times).toHaveLength(2)
  })

  it('says when it cannot be relied on', () => {
    const { time, add } = testHome({}, { time: () => ({ utcSeconds: 5, reliable: false }) })
    const times: HubTime[] = []
    add(2, deviceType.esme, { onTime: (each) => times.push(each) })
    time.advance(MINUTE)
    expect(times).toEqual([{ utcSeconds: 0xffffffff, reliable: false }])
  })
})

describe('keep-alive', () => {
  it.each([
    ['a meter that listens', deviceType.esme, false],
    ['a meter that sleeps', deviceType.gsme, true],
  ])('brings %s back when the link was away for hours', (_name, type, sleepy) => {
    const { time, air, hub, add } = testHome()
    const meter = add(2, type, {}, sleepy)
    time.until(() => meter.device.state === 'joined', 10 * MINUTE)
    time.advance(10 * HOUR)
    expect(meter.states.filter((state) => state === 'joined')).toHaveLength(1)
    air.link(HUB, meter.id, { reachable: false })
    time.advance(4 * HOUR)
    expect(meter.device.state).not.toBe('joined')
    air.link(HUB, meter.id, { reachable: true })
    expect(time.until(() => meter.device.state === 'joined', HOUR)).toBe(true)
    expect(hub.devices).toHaveLength(1)
  })

  it('shows the hub when each device was last heard', () => {
    const { time, hub, add } = testHome()
    const meter = add(2, deviceType.esme)
    time.until(() => meter.device.state === 'joined', MINUTE)
    time.advance(5 * HOUR)
    const heard = hub.devices[0]?.lastHeardMs ?? 0
    expect(time.now() - heard).toBeLessThan(16 * MINUTE)
  })
})

describe('the hub', () => {
  it('says that it is a hub in its physical environment', () => {
    const { time, add } = testHome()
    const meter = add(2, deviceType.esme)
    time.until(() => meter.device.state === 'joined', MINUTE)
    const seen: unknown[] = []
    const { physicalEnvironment } = basic.attributes
    meter.device.readAttributes(HUB, hubEndpoint.hub, basic.id, [physicalEnvironment.id], (outcome) =>
      seen.push(outcome),
    )
    time.advance(MINUTE)
    expect(seen).toMatchObject([{ kind: 'answered', value: [{ id: 0x11, data: { value: 1 } }] }])
  })
})
