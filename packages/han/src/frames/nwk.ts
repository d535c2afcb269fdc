import { type Eui64, GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import { readEui, writeEui } from './address.js'

/** A frame of the ZigBee network layer (protocol version 2). With security, the payload starts at the auxiliary header. */
export interface NwkFrame {
  readonly type: 'data' | 'command'
  /** 0 no route discovery, 1 when needed. */
  readonly discoverRoute?: number
  readonly security?: boolean
  /** Set by a sleeping child that starts a frame. */
  readonly endDeviceInitiator?: boolean
  readonly destination: number
  readonly source: number
  /** Hops that the frame may still take. */
  readonly radius: number
  readonly sequence: number
  readonly destinationEui?: Eui64
  readonly sourceEui?: Eui64
  /** Relays on the way, when the sender lists them. */
  readonly sourceRoute?: { readonly index: number; readonly relays: readonly number[] }
  readonly payload: Uint8Array
}

const VERSION = 2
const SECURITY = 0x0200
const SOURCE_ROUTE = 0x0400
const DESTINATION_EUI = 0x0800
const SOURCE_EUI = 0x1000
const END_DEVICE = 0x2000
const UNUSED = 0xc100 // multicast and reserved

/** @throws GbcsError for whatever is wrong; any octets give a frame or this error. */
export function decodeNwk(bytes: Uint8Array): NwkFrame {
  const reader = new Reader(bytes)
  const control = reader.uintLe(2, 'NWK frame control')
  const version = (control >> 2) & 0x0f
  if ((control & 3) > 1) throw new GbcsError('unsupported', `NWK frame type ${control & 3}, expected 0 or 1`, 0)
  if (version !== VERSION) throw new GbcsError('unsupported', `NWK protocol version ${version}, expected 2`, 0)
  if (control & UNUSED) throw new GbcsError('unsupported', 'NWK multicast or a reserved bit is set', 0)
  return {
    type: control & 1 ? 'command' : 'data',
    discoverRoute: (control >> 6) & 3,
    security: (control & SECURITY) !== 0,
    endDeviceInitiator: (control & END_DEVICE) !== 0,
    destination: reader.uintLe(2, 'NWK destination'),
    source: reader.uintLe(2, 'NWK source'),
    radius: reader.u8('NWK radius'),
    sequence: reader.u8('NWK sequence'),
    ...(control & DESTINATION_EUI && { destinationEui: readEui(reader) }),
    ...(control & SOURCE_EUI && { sourceEui: readEui(reader) }),
    ...(control & SOURCE_ROUTE && { sourceRoute: readSourceRoute(reader) }),
    payload: reader.rest(),
  }
}

function readSourceRoute(reader: Reader): { index: number; relays: number[] } {
  const count = reader.u8('relay count')
  const index = reader.u8('relay index')
  return { index, relays: Array.from({ length: count }, () => reader.uintLe(2, 'relay')) }
}

/** The header, which security authenticates together with the auxiliary header. */
export function encodeNwkHeader(frame: Omit<NwkFrame, 'payload'>): Uint8Array {
  const control =
    (frame.type === 'command' ? 1 : 0) |
    (VERSION << 2) |
    ((frame.discoverRoute ?? 0) << 6) |
    (frame.security ? SECURITY : 0) |
    (frame.sourceRoute ? SOURCE_ROUTE : 0) |
    (frame.destinationEui ? DESTINATION_EUI : 0) |
    (frame.sourceEui ? SOURCE_EUI : 0) |
    (frame.endDeviceInitiator ? END_DEVICE : 0)
  const writer = new Writer(32)
    .uintLe(2, control)
    .uintLe(2, frame.destination)
    .uintLe(2, frame.source)
    .u8(frame.radius)
    .u8(frame.sequence)
  if (frame.destinationEui) writeEui(writer, frame.destinationEui)
  if (frame.sourceEui) writeEui(writer, frame.sourceEui)
  if (frame.sourceRoute) {
    writer.u8(frame.sourceRoute.relays.length).u8(frame.sourceRoute.index)
    for (const relay of frame.sourceRoute.relays) writer.uintLe(2, relay)
  }
  return writer.done()
}

export function encodeNwk(frame: NwkFrame): Uint8Array {
  const header = encodeNwkHeader(frame)
  return new Writer(header.length + frame.payload.length).bytes(header).bytes(frame.payload).done()
}
