import { describe, expect, it } from 'vitest'
import { type Eui64, eui64, toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { type NetworkOptions, network } from '../network.js'
import { node, type NodeOptions } from '../node.js'
import { withCrc } from '../security/install-code.js'
import { virtualTime } from '../virtual-time.fixture.js'
import { deviceType } from './device-type.js'
import { Joiner } from './joiner.js'
import { serveAsRouter } from './router.js'
import { TrustCentre } from './trust-centre.js'

const id = (n: number): Eui64 => eui64(`90b3d51f3000${n.toString(16).padStart(4, '0')}`)
const code = (n: number): Uint8Array => new Uint8Array(16).fill(n)
const HUB = id(1)

function home(options: Partial<NetworkOptions> = {}) {
  const time = virtualTime()
  const air = network({ scheduler: time, cipher: native, seed: 7, ...options })
  const established: Eui64[] = []
  const hubNode = node(air, { eui64: HUB, bands: ['2.4GHz', 'subGHz'] })
  const hub = new TrustCentre(hubNode, 1, (device) => established.push(device.eui64))
  const device = (n: number, extra: Partial<NodeOptions> = {}) => {
    const states: string[] = []
    const own = node(air, { eui64: id(n), ...extra })
    const joiner = new Joiner(own, 1, (state) => states.push(state))
    if (!own.sleepy) serveAsRouter(own, () => HUB)
    return { node: own, joiner, states, start: (installCode = code(n)) => joiner.start(withCrc(installCode)) }
  }
  const register = (n: number, joinTimeoutS = 600, installCode = code(n)): void =>
    hub.register({ eui64: id(n), deviceType: deviceType.esme, installCode, joinTimeoutS })
  return { time, air, hub, hubNode, established, device, register }
}

describe('joining', () => {
  it('goes from the install code to an established link key', () => {
    const { time, hub, established, device, register } = home()
    const meter = device(2)
    register(2)
    meter.start()
    expect(time.until(() => meter.joiner.state === 'joined', 30_000)).toBe(true)
    expect(meter.states).toEqual(['scanning', 'associating', 'awaitingKey', 'establishing', 'joined'])
    expect(established).toEqual([id(2)])
    expect(hub.device(id(2))?.hashedLinkKey).toHaveLength(16)
  })

  it.each([false, true])(
    'brings ten devices on, sleeping or not, over links that lose 30 % (encrypted: %s)',
    (encrypted) => {
      const { time, device, register, established } = home({ encrypted, link: { loss: 0.3, jitterMs: 5 } })
      const all = Array.from({ length: 10 }, (_, i) => device(i + 2, { sleepy: i % 3 === 0 }))
      all.forEach((each, i) => {
        register(i + 2, 3600)
        each.start()
      })
      expect(time.until(() => all.every(({ joiner }) => joiner.state === 'joined'), 3_600_000)).toBe(true)
      expect(new Set(established).size).toBe(10)
      const addresses = all.map((each) => each.node.mac.shortAddress)
      expect(new Set(addresses).size).toBe(10)
    },
  )

  it('is refused to a device that is not on the whitelist, and to one with another install code', () => {
    const { time, device, register, established } = home()
    const stranger = device(2)
    const wrong = device(3)
    register(3)
    stranger.start()
    wrong.start(code(9))
    time.advance(300_000)
    expect(stranger.states).toContain('waiting')
    expect(stranger.states).not.toContain('awaitingKey')
    expect(wrong.states).toContain('awaitingKey') // it gets an address, but cannot open the network key
    expect(wrong.states).not.toContain('establishing')
    expect(established).toEqual([])
  })

  it('checks the install code on the label', () => {
    const { device } = home()
    const meter = device(2)
    const label = withCrc(code(2))
    label[3] = 0
    expect(() => meter.joiner.start(label)).toThrowError(/checksum/)
    expect(meter.joiner.state).toBe('idle')
  })

  it('is over when the join timeout has passed', () => {
    const { time, device, register } = home()
    const meter = device(2)
    register(2, 60)
    time.advance(61_000)
    meter.start()
    time.advance(600_000)
    expect(meter.states).not.toContain('awaitingKey')
  })

  it('works through a router for a device that does not hear the hub', () => {
    const { time, air, device, register, hub } = home()
    const [near, far] = [device(2), device(3)]
    air.link(HUB, id(3), { reachable: false })
    register(2)
    near.start()
    time.until(() => near.joiner.state === 'joined', 60_000)
    register(3)
    far.start()
    expect(time.until(() => far.joiner.state === 'joined', 120_000)).toBe(true)
    expect(hub.device(id(3))?.hashedLinkKey).toBeDefined()
    expect(air.nextHop(far.node.mac.pan, far.node.mac.shortAddress, 0)).toBe(near.node.mac.shortAddress)
  })

  it('works in sub-GHz with a hub of both bands, and the two bands do not hear each other', () => {
    const { time, air, device, register } = home()
    const meter = device(2, { bands: ['subGHz'] })
    const bands = new Set<string>()
    air.onFrame((_bytes, _time, band) => bands.add(band))
    register(2)
    meter.start()
    expect(time.until(() => meter.joiner.state === 'joined', 60_000)).toBe(true)
    expect(bands).toEqual(new Set(['2.4GHz', 'subGHz'])) // the hub broadcasts in both
    expect(air.dutyCycleUsed(id(2), 'subGHz')).toBeGreaterThan(0)
    expect(air.dutyCycleUsed(id(2), '2.4GHz')).toBe(0)
  })

  it('ends when the hub takes the device off, whose old key opens the network again later', () => {
    const { time, device, register, hub } = home()
    const meter = device(2)
    register(2)
    meter.start()
    time.until(() => meter.joiner.state === 'joined', 60_000)
    expect(hub.unregister(id(2))).toBe(true)
    time.advance(1000)
    expect(meter.joiner.state).toBe('idle')
    expect(hub.unregister(id(2))).toBe(false)
    register(2, 100) // the old key for 100 s, which the device has forgotten; then the install code
    meter.start()
    time.advance(99_000)
    expect(meter.joiner.state).not.toBe('joined')
    expect(time.until(() => meter.joiner.state === 'joined', 101_000)).toBe(true)
  })

  it('has room for sixteen devices', () => {
    const { register } = home()
    for (let n = 2; n < 18; n++) register(n)
    expect(() => register(18)).toThrowError(/whitelist/)
    register(17) // listed already: no harm
  })

  it('lets every device come back to a new hub without its install code', () => {
    const { time, air, device, register, hub, hubNode } = home()
    const all = [device(2), device(3, { sleepy: true })]
    all.forEach((each, i) => {
      register(i + 2)
      each.start()
    })
    time.until(() => all.every(({ joiner }) => joiner.state === 'joined'), 120_000)
    const backup = hub.backup()
    air.detach(hubNode.mac)
    const back: Eui64[] = []
    const successor = new TrustCentre(node(air, { eui64: id(99) }), 1, (known) => back.push(known.eui64))
    successor.restore(backup)
    for (const { joiner } of all) joiner.linkLost()
    expect(time.until(() => all.every(({ joiner }) => joiner.state === 'joined'), 300_000)).toBe(true)
    expect(back.sort()).toEqual([id(2), id(3)])
    expect(all.map(({ joiner }) => joiner.trustCentre)).toEqual([id(99), id(99)])
    const before = backup.devices.map(({ hashedLinkKey }) => toHex(hashedLinkKey))
    expect(successor.backup().devices.map(({ hashedLinkKey }) => toHex(hashedLinkKey))).not.toEqual(before)
  })

  it('takes the same course for the same seed', () => {
    const run = (seed: number): string[] => {
      const { time, air, device, register } = home({ seed, link: { loss: 0.2, duplication: 0.1, reordering: 0.1 } })
      const frames: string[] = []
      air.onFrame((bytes, at) => frames.push(`${at} ${toHex(bytes)}`))
      const meter = device(2, { sleepy: true })
      register(2)
      meter.start()
      time.advance(120_000)
      expect(meter.joiner.state).toBe('joined')
      return frames
    }
    const first = run(3)
    expect(run(3)).toEqual(first)
    expect(run(4)).not.toEqual(first)
  })
})
