import type { Eui64 } from '@smets2-sim/bytes'
import { Device, type DevicePorts } from '@smets2-sim/firmware'
import { hcalcsProfile } from './profile.js'

/** A load switch with this identity, on these ports. */
export const hcalcs = (id: Eui64, ports: DevicePorts): Device => new Device(hcalcsProfile, id, ports)
export { hcalcsProfile }
