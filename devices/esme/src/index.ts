import type { Eui64 } from '@smets2-sim/bytes'
import { Device, type DevicePorts } from '@smets2-sim/firmware'
import { esmeProfile } from './profile.js'

/** An electricity meter with this identity, on these ports. */
export const esme = (id: Eui64, ports: DevicePorts): Device => new Device(esmeProfile, id, ports)
export { esmeProfile }
export * from './events.js'
export * from './metering/index.js'
export * from './tariff/index.js'
export * from './clusters/index.js'
