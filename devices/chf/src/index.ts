import type { Eui64 } from '@smets2-sim/bytes'
import { Device, type DevicePorts } from '@smets2-sim/firmware'
import { chfProfile } from './profile.js'

/** A communications hub with this identity, on these ports. */
export const chf = (id: Eui64, ports: DevicePorts): Device => new Device(chfProfile, id, ports)
export { chfProfile }
export * from './events.js'
export * from './device-log/index.js'
export * from './sub-ghz/index.js'
export { type HubLinks, HubRelay } from './relay/hub-relay.js'
export { type Ending, PATIENCE_S, type Place } from './relay/relay.js'
export * as wanEnd from './relay/wan-end.js'
export type { WanEnd, WanFrame } from './relay/wan-end.js'
export {
  commissioning,
  commissioningState,
  type CommissioningState,
  switchedOn,
  wanConnected,
} from './time/commissioning.js'
export { homeTime, synchroniseWithWan, zclTimeStatus } from './time/time-source.js'
export { blockOf, holdImage, type ImageQuery, nextImageFor, transferEnded } from './firmware-distribution.js'
