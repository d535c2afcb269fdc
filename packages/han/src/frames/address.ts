import { type Eui64, eui64, type Reader, type Writer } from '@smets2-sim/bytes'
import { ieeeAddress } from '@smets2-sim/zcl'

/** Every node with a radio that is on; the only broadcast address that this network uses. */
export const BROADCAST = 0xffff
/** All nodes whose radio is always on: what NWK broadcasts are sent to. */
export const BROADCAST_AWAKE = 0xfffd
/** Short address of a node that has none. */
export const NO_ADDRESS = 0xfffe
/** Short address of the coordinator. */
export const COORDINATOR = 0x0000
/** From here on, NWK addresses mean groups of nodes. */
export const isBroadcast = (address: number): boolean => address >= 0xfff8

/** An EUI-64 with its least significant octet first, as every layer of the network sends it. */
export const readEui = (reader: Reader): Eui64 => eui64(ieeeAddress.read(reader))
export const writeEui = (writer: Writer, id: Eui64): void => ieeeAddress.write(writer, id)
