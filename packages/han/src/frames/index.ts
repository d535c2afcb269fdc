export { type ApsFrame, decodeAps, encodeAps } from './aps.js'
export { decodeTrustCentreCommand, encodeTrustCentreCommand, type TrustCentreCommand } from './aps-command.js'
export { decodeMac, encodeMac, type MacFrame } from './ieee802154.js'
export {
  type Beacon,
  decodeBeacon,
  decodeMacCommand,
  encodeBeacon,
  encodeMacCommand,
  type MacCommand,
} from './mac-command.js'
export { decodeNwk, encodeNwk, type NwkFrame } from './nwk.js'
export { decodeGasTransfer, encodeGasTransfer, type GasTransfer } from '../tunnel/gas-header.js'
