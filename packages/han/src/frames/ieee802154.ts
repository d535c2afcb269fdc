import { type Eui64, GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import { readEui, writeEui } from './address.js'

export const macTypes = ['beacon', 'data', 'ack', 'command'] as const
export type MacType = (typeof macTypes)[number]

/** A short address, or an EUI-64, in a personal area network. */
export interface MacEndpoint {
  readonly pan: number
  readonly address: number | Eui64
}

/** An IEEE 802.15.4 frame of version 2003 or 2006, without MAC security and without its frame check sequence. */
export interface MacFrame {
  readonly type: MacType
  readonly sequence: number
  /** The sender has more for the receiver. */
  readonly framePending?: boolean
  readonly ackRequest?: boolean
  /** The PAN of the source is that of the destination and is not sent twice. */
  readonly intraPan?: boolean
  readonly version?: 0 | 1
  readonly destination?: MacEndpoint
  readonly source?: MacEndpoint
  readonly payload: Uint8Array
}

const PENDING = 0x10
const ACK = 0x20
const INTRA_PAN = 0x40
const UNUSED = 0x0388 // security, and the bits that these versions reserve
const NONE = 0
const SHORT = 2
const EXTENDED = 3

function readAddress(reader: Reader, mode: number, field: string): number | Eui64 {
  return mode === SHORT ? reader.uintLe(2, field) : readEui(reader)
}

/** @throws GbcsError for whatever is wrong; any octets give a frame or this error. */
export function decodeMac(bytes: Uint8Array): MacFrame {
  const reader = new Reader(bytes)
  const control = reader.uintLe(2, 'MAC frame control')
  const type = macTypes[control & 7]
  const [destinationMode, version, sourceMode] = [(control >> 10) & 3, (control >> 12) & 3, control >> 14]
  if (type === undefined) throw new GbcsError('unsupported', `MAC frame type ${control & 7}, expected 0 to 3`, 0)
  if (control & UNUSED) throw new GbcsError('unsupported', 'MAC security or a reserved bit is set', 0)
  if (version > 1) throw new GbcsError('unsupported', `MAC frame version ${version}, expected 0 or 1`, 0)
  if (destinationMode === 1 || sourceMode === 1) throw new GbcsError('invalidValue', 'address mode 1 is reserved', 0)
  const intraPan = (control & INTRA_PAN) !== 0
  if (intraPan && (destinationMode === NONE || sourceMode === NONE))
    throw new GbcsError('invalidValue', 'one PAN for two addresses, but an address is missing', 0)
  const sequence = reader.u8('MAC sequence')
  const destination = destinationMode === NONE ? undefined : readEndpoint(reader, destinationMode, 'destination')
  const pan = intraPan ? destination?.pan : undefined
  const source = sourceMode === NONE ? undefined : readEndpoint(reader, sourceMode, 'source', pan)
  return {
    type,
    sequence,
    framePending: (control & PENDING) !== 0,
    ackRequest: (control & ACK) !== 0,
    intraPan,
    version: version as 0 | 1,
    ...(destination && { destination }),
    ...(source && { source }),
    payload: reader.rest(),
  }
}

function readEndpoint(reader: Reader, mode: number, field: string, pan?: number): MacEndpoint {
  return {
    pan: pan ?? reader.uintLe(2, `MAC ${field} PAN`),
    address: readAddress(reader, mode, `MAC ${field} address`),
  }
}

const modeOf = (endpoint: MacEndpoint | undefined): number =>
  endpoint === undefined ? NONE : typeof endpoint.address === 'number' ? SHORT : EXTENDED

function writeEndpoint(writer: Writer, { pan, address }: MacEndpoint, omitPan: boolean): void {
  if (!omitPan) writer.uintLe(2, pan)
  if (typeof address === 'number') writer.uintLe(2, address)
  else writeEui(writer, address)
}

/** @throws GbcsError `misuse` when one PAN should stand for two addresses that are not both there or not in one PAN */
export function encodeMac(frame: MacFrame): Uint8Array {
  const { destination, source, intraPan = false } = frame
  if (intraPan && (destination === undefined || source === undefined || destination.pan !== source.pan))
    throw new GbcsError('misuse', 'two addresses of one PAN are needed to name the PAN once')
  const control =
    macTypes.indexOf(frame.type) |
    (frame.framePending ? PENDING : 0) |
    (frame.ackRequest ? ACK : 0) |
    (intraPan ? INTRA_PAN : 0) |
    (modeOf(destination) << 10) |
    ((frame.version ?? 0) << 12) |
    (modeOf(source) << 14)
  const writer = new Writer(frame.payload.length + 24).uintLe(2, control).u8(frame.sequence)
  if (destination) writeEndpoint(writer, destination, false)
  if (source) writeEndpoint(writer, source, intraPan)
  return writer.bytes(frame.payload).done()
}
