import type { Eui64 } from '@smets2-sim/bytes'
import { Device, type DevicePorts } from '@smets2-sim/firmware'
import { gsmeProfile } from './profile.js'

/** A gas meter with this identity, on these ports. */
export const gsme = (id: Eui64, ports: DevicePorts): Device => new Device(gsmeProfile, id, ports)
export { gsmeProfile }
