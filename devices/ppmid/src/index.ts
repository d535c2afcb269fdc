import type { Eui64 } from '@smets2-sim/bytes'
import { Device, type DevicePorts } from '@smets2-sim/firmware'
import { ppmidProfile } from './profile.js'

/** A prepayment display with this identity, on these ports. */
export const ppmid = (id: Eui64, ports: DevicePorts): Device => new Device(ppmidProfile, id, ports)
export { ppmidProfile }
