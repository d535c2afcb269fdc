import { type Eui64, GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import { readEui, writeEui } from './address.js'

/** MAC commands that joining and sleeping nodes need. */
export type MacCommand =
  | { readonly command: 'associationRequest'; readonly capability: number }
  | { readonly command: 'associationResponse'; readonly shortAddress: number; readonly status: number }
  | { readonly command: 'dataRequest' }
  | { readonly command: 'beaconRequest' }

export const associationStatus = { success: 0, panFull: 1, accessDenied: 2 } as const
/** Bits of a node's capabilities. */
export const capability = { router: 0x02, mainsPowered: 0x04, listensWhenIdle: 0x08, allocateAddress: 0x80 } as const

export function decodeMacCommand(payload: Uint8Array): MacCommand {
  const reader = new Reader(payload)
  const command = readCommand(reader)
  reader.end('the MAC command')
  return command
}

function readCommand(reader: Reader): MacCommand {
  const id = reader.u8('MAC command')
  switch (id) {
    case 1:
      return { command: 'associationRequest', capability: reader.u8('capability') }
    case 2:
      return {
        command: 'associationResponse',
        shortAddress: reader.uintLe(2, 'short address'),
        status: reader.u8('association status'),
      }
    case 4:
      return { command: 'dataRequest' }
    case 7:
      return { command: 'beaconRequest' }
    default:
      throw new GbcsError('unsupported', `MAC command ${id}, expected 1, 2, 4 or 7`, 0)
  }
}

export function encodeMacCommand(command: MacCommand): Uint8Array {
  switch (command.command) {
    case 'associationRequest':
      return Uint8Array.of(1, command.capability)
    case 'associationResponse':
      return new Writer(4).u8(2).uintLe(2, command.shortAddress).u8(command.status).done()
    case 'dataRequest':
      return Uint8Array.of(4)
    case 'beaconRequest':
      return Uint8Array.of(7)
  }
}

/** What a router says about its network. */
export interface Beacon {
  readonly associationPermit: boolean
  readonly panCoordinator: boolean
  readonly extendedPanId: Eui64
  readonly depth: number
}

const NO_SUPERFRAMES = 0x0fff
const COORDINATOR_BIT = 0x4000
const PERMIT_BIT = 0x8000
const ZIGBEE_PRO = 0x22 // stack profile 2, protocol version 2
const ROUTER_CAPACITY = 0x04
const END_DEVICE_CAPACITY = 0x80
const DEPTH_BITS = 0x78

export function encodeBeacon(beacon: Beacon): Uint8Array {
  const writer = new Writer(20)
    .uintLe(
      2,
      NO_SUPERFRAMES | (beacon.panCoordinator ? COORDINATOR_BIT : 0) | (beacon.associationPermit ? PERMIT_BIT : 0),
    )
    .u8(0) // no guaranteed time slots
    .u8(0) // no addresses pending
    .u8(0) // protocol: ZigBee
    .u8(ZIGBEE_PRO)
    .u8(ROUTER_CAPACITY | (beacon.depth << 3) | END_DEVICE_CAPACITY)
  writeEui(writer, beacon.extendedPanId)
  return writer.uintLe(3, 0xffffff).u8(0).done()
}

/** Only the beacons that this network sends are read: others are another network's. */
export function decodeBeacon(payload: Uint8Array): Beacon {
  const reader = new Reader(payload)
  const superframe = reader.uintLe(2, 'superframe specification')
  if ((superframe & ~(COORDINATOR_BIT | PERMIT_BIT)) !== NO_SUPERFRAMES)
    throw new GbcsError('unsupported', 'a network with superframes', 0)
  reader.expect(0, 'guaranteed time slots')
  reader.expect(0, 'pending addresses')
  reader.expect(0, 'beacon protocol')
  reader.expect(ZIGBEE_PRO, 'stack profile and protocol version')
  const capacity = reader.u8('capacity')
  if ((capacity & ~DEPTH_BITS) !== (ROUTER_CAPACITY | END_DEVICE_CAPACITY))
    throw reader.error('unsupported', 'a router without room for children')
  const extendedPanId = readEui(reader)
  for (let i = 0; i < 3; i++) reader.expect(0xff, 'transmission offset')
  reader.expect(0, 'update id')
  reader.end('the beacon')
  return {
    associationPermit: (superframe & PERMIT_BIT) !== 0,
    panCoordinator: (superframe & COORDINATOR_BIT) !== 0,
    extendedPanId,
    depth: (capacity & DEPTH_BITS) >> 3,
  }
}
