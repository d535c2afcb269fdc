import { GbcsError, Reader, Writer } from '@smets2-sim/bytes'

/** Endpoints, cluster and profile of data and of its acknowledgement. */
export interface ApsAddressing {
  readonly destinationEndpoint: number
  readonly clusterId: number
  readonly profileId: number
  readonly sourceEndpoint: number
}

/**
 * Which piece of a long message this is. The first piece carries the number of all pieces in `block`, later ones
 * their own number from 1. An acknowledgement names the first piece of its window, and in `received` one bit for each.
 */
export interface ApsFragment {
  readonly part: 'first' | 'later'
  readonly block: number
  readonly received?: number
}

interface ApsBase {
  readonly counter: number
  /** The payload then starts at the auxiliary header. */
  readonly security?: boolean
  readonly ackRequest?: boolean
}
export interface ApsData extends ApsBase, ApsAddressing {
  readonly type: 'data'
  readonly delivery: 'unicast' | 'broadcast'
  readonly fragment?: ApsFragment
  readonly payload: Uint8Array
}
export interface ApsCommand extends ApsBase {
  readonly type: 'command'
  readonly payload: Uint8Array
}
/** Acknowledges data, or a command when it has no addressing. */
export interface ApsAck extends ApsBase {
  readonly type: 'ack'
  readonly addressing?: ApsAddressing
  readonly fragment?: ApsFragment
  /** Empty, unless secured. */
  readonly payload: Uint8Array
}
/** A frame of the ZigBee application support layer. */
export type ApsFrame = ApsData | ApsCommand | ApsAck

const TYPES = { data: 0, command: 1, ack: 2 } as const
const BROADCAST_DELIVERY = 0x08
const ACK_FORMAT = 0x10
const SECURITY = 0x20
const ACK_REQUEST = 0x40
const EXTENDED = 0x80

/** @throws GbcsError for whatever is wrong; any octets give a frame or this error. */
export function decodeAps(bytes: Uint8Array): ApsFrame {
  const reader = new Reader(bytes)
  const control = reader.u8('APS frame control')
  const delivery = (control >> 2) & 3
  const extended = (control & EXTENDED) !== 0
  const type = control & 3
  if (type > TYPES.ack) throw new GbcsError('unsupported', `APS frame type ${type}, expected 0 to 2`, 0)
  if (delivery !== 0 && !(delivery === 2 && type === TYPES.data))
    throw new GbcsError('unsupported', `APS delivery mode ${delivery}, expected 0, or 2 for data`, 0)
  if (control & ACK_FORMAT && type !== TYPES.ack)
    throw new GbcsError('invalidValue', 'APS ack format in a frame that is no acknowledgement', 0)
  const base = { security: (control & SECURITY) !== 0, ackRequest: (control & ACK_REQUEST) !== 0 }
  if (type === TYPES.command) {
    if (extended) throw new GbcsError('unsupported', 'an APS command with an extended header', 0)
    return { type: 'command', ...base, counter: reader.u8('APS counter'), payload: reader.rest() }
  }
  const isAck = type === TYPES.ack
  const addressing = isAck && control & ACK_FORMAT ? undefined : readAddressing(reader)
  const counter = reader.u8('APS counter')
  const fragment = extended ? readFragment(reader, isAck) : undefined
  const payload = reader.rest()
  if (!isAck)
    return {
      type: 'data',
      ...base,
      ...(addressing as ApsAddressing),
      counter,
      delivery: delivery === 2 ? 'broadcast' : 'unicast',
      ...(fragment && { fragment }),
      payload,
    }
  if (payload.length > 0 && !base.security)
    throw new GbcsError('trailing', `${payload.length} octets follow the end of an acknowledgement`)
  return { type: 'ack', ...base, ...(addressing && { addressing }), counter, ...(fragment && { fragment }), payload }
}

function readAddressing(reader: Reader): ApsAddressing {
  return {
    destinationEndpoint: reader.u8('APS destination endpoint'),
    clusterId: reader.uintLe(2, 'APS cluster'),
    profileId: reader.uintLe(2, 'APS profile'),
    sourceEndpoint: reader.u8('APS source endpoint'),
  }
}

function readFragment(reader: Reader, isAck: boolean): ApsFragment {
  const control = reader.u8('APS extended frame control')
  if (control !== 1 && control !== 2)
    throw reader.error('invalidValue', `APS fragmentation ${control}, expected 1 for the first piece or 2`)
  const part = control === 1 ? 'first' : 'later'
  const block = reader.u8('APS block number')
  return isAck ? { part, block, received: reader.u8('APS ack bitfield') } : { part, block }
}

/** The header, which security authenticates together with the auxiliary header. */
export function encodeApsHeader(frame: ApsFrame): Uint8Array {
  const fragment = frame.type === 'command' ? undefined : frame.fragment
  const addressing = frame.type === 'data' ? frame : frame.type === 'ack' ? frame.addressing : undefined
  const control =
    TYPES[frame.type] |
    (frame.type === 'data' && frame.delivery === 'broadcast' ? BROADCAST_DELIVERY : 0) |
    (frame.type === 'ack' && !addressing ? ACK_FORMAT : 0) |
    (frame.security ? SECURITY : 0) |
    (frame.ackRequest ? ACK_REQUEST : 0) |
    (fragment ? EXTENDED : 0)
  const writer = new Writer(16).u8(control)
  if (addressing)
    writer
      .u8(addressing.destinationEndpoint)
      .uintLe(2, addressing.clusterId)
      .uintLe(2, addressing.profileId)
      .u8(addressing.sourceEndpoint)
  writer.u8(frame.counter)
  if (fragment) {
    writer.u8(fragment.part === 'first' ? 1 : 2).u8(fragment.block)
    if (frame.type === 'ack') writer.u8(fragment.received ?? 0xff)
  }
  return writer.done()
}

export function encodeAps(frame: ApsFrame): Uint8Array {
  const header = encodeApsHeader(frame)
  return new Writer(header.length + frame.payload.length).bytes(header).bytes(frame.payload).done()
}
