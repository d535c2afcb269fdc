import { type Eui64, eui64, toHex } from '@smets2-sim/bytes'
import { native } from '@smets2-sim/crypto'
import { type DeviceOptions, deviceStack } from './device-stack.js'
import { type HubEvent, type HubOptions, hubStack } from './hub-stack.js'
import { deviceType } from './joining/device-type.js'
import type { Band } from './medium/band.js'
import { type NetworkOptions, network } from './network.js'
import { node } from './node.js'
import { withCrc } from './security/install-code.js'
import { virtualTime } from './virtual-time.fixture.js'

export const id = (n: number): Eui64 => eui64(`90b3d51f3000${n.toString(16).padStart(4, '0')}`)
export const HUB = id(1)
export const code = (n: number): Uint8Array => new Uint8Array(16).fill(n)
/** Octets that no two messages share. */
export const message = (length: number, n = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i === 0 ? 0xdd : (i * 7 + (i >> 8) * 31 + n * 13) & 0xff))

/** A home for tests: a hub, and devices that are added one by one. */
export function testHome(options: Partial<NetworkOptions> = {}, hubOptions: Partial<HubOptions> = {}) {
  const time = virtualTime(800_000_000_000)
  const air = network({ scheduler: time, cipher: native, seed: 11, ...options })
  const events: HubEvent[] = []
  /** What the hub got, as `device: message`. */
  const atHub: { from: Eui64; message: Uint8Array }[] = []
  const hub = hubStack(node(air, { eui64: HUB, bands: ['2.4GHz', 'subGHz'] }), {
    time: () => ({ utcSeconds: Math.floor(time.now() / 1000), reliable: true }),
    onMessage: (from, received) => atHub.push({ from, message: received }),
    onEvent: (event) => events.push(event),
    ...hubOptions,
  })
  const add = (
    n: number,
    type: number,
    extra: Partial<DeviceOptions> = {},
    sleepy = false,
    bands: readonly Band[] = ['2.4GHz'],
  ) => {
    const got: Uint8Array[] = []
    const states: string[] = []
    const device = deviceStack(node(air, { eui64: id(n), sleepy, bands }), {
      tunnel: type === deviceType.gsme ? 'gas' : type === deviceType.ihd ? 'none' : 'server',
      onMessage: (received) => got.push(received),
      onState: (state) => states.push(state),
      ...(type === deviceType.gsme && { gas: { reports: () => [] } }),
      ...extra,
    })
    hub.register({ eui64: id(n), deviceType: type, installCode: code(n), joinTimeoutS: 3600 })
    device.join(withCrc(code(n)))
    return { id: id(n), device, got, states, texts: () => got.map(toHex) }
  }
  const kinds = (): string[] => events.map(({ kind }) => kind)
  return { time, air, hub, events, kinds, atHub, add }
}
