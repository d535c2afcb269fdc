import type { Eui64 } from '@smets2-sim/bytes'
import { Device, type DevicePorts } from '@smets2-sim/firmware'
import { gpfProfile } from './profile.js'

/** A gas proxy with this identity, on these ports. */
export const gpf = (id: Eui64, ports: DevicePorts): Device => new Device(gpfProfile, id, ports)
export { gpfProfile }
export { receivePush, stampOf } from './mirror.js'
export { tapOff, type TapOffOutcome } from './tap-off.js'
export { deviceLogChanged } from './device-log.js'
export * from './clusters/index.js'
export { tapOffAlert, tapOffOverdue } from './tap-off-alert.js'
