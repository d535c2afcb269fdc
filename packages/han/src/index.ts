export type { Scheduler } from './scheduler.js'
export type { Band, BandRules } from './medium/band.js'
export type { LinkConditions } from './medium/link.js'
export { type FrameListener, Network, network, type NetworkOptions } from './network.js'
export { Node, node, type NodeOptions } from './node.js'
export type { ClusterAccess } from './cluster-access.js'
export { HubStack, hubStack, type HubEvent, hubEndpoint, type HubOptions } from './hub-stack.js'
export { type DeviceOptions, DeviceStack, deviceStack, type Firmware, type GasMeterOptions } from './device-stack.js'
export { deviceType, type DeviceType } from './joining/device-type.js'
export type { JoinState } from './joining/joiner.js'
export type { KnownDevice, NetworkBackup, Registration } from './joining/trust-centre.js'
export { checkInstallCode, hashedLinkKey, linkKeyOf, withCrc } from './security/install-code.js'
export {
  type ClusterHandler,
  command,
  type Command,
  type Outcome,
  type Peer,
  type ReceivedCommand,
  type Reply,
  type Side,
} from './stack/zcl-handler.js'
export type { Records } from './stack/zcl.js'
export type { HubTime } from './services/time.js'
export type { Report } from './mirror/gas-reporter.js'
export { flagAttribute, flags4, functionalFlag, hasFlag } from './mirror/flags.js'
export { exportedPdu, linkType, pcapHeader, pcapRecord } from './pcap.js'
/** Codecs of what goes over the air, layer by layer: for captures. */
export * as frames from './frames/index.js'
