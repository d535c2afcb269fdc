import type { Eui64 } from '@smets2-sim/bytes'
import type { DevicePorts } from '@smets2-sim/firmware'
import { Hcalcs } from './hcalcs.js'
import { hcalcsProfile } from './profile.js'

/** A load switch with this identity, on these ports. */
export const hcalcs = (id: Eui64, ports: DevicePorts): Hcalcs => new Hcalcs(id, ports)
export { Hcalcs }
export { loadControlSwitch, type SwitchState } from './switch.js'
export { hcalcsProfile }
