import { GbcsError, Reader, Writer } from '@smets2-sim/bytes'

/** Commands of the stick's serial protocol. */
export const command = {
  apsDataConfirm: 0x04,
  status: 0x07,
  changeNetworkState: 0x08,
  readParameter: 0x0a,
  writeParameter: 0x0b,
  firmwareVersion: 0x0d,
  statusChanged: 0x0e,
  apsDataRequest: 0x12,
  apsDataIndication: 0x17,
} as const

/** What a response says of its command. */
export const commandStatus = {
  success: 0,
  failure: 1,
  busy: 2,
  unsupported: 4,
  noNetwork: 6,
  invalidValue: 7,
} as const
export type CommandStatus = keyof typeof commandStatus

/** A frame of the stick's serial protocol: what SLIP carries besides the checksum. */
export interface StickFrame {
  readonly command: number
  readonly seq: number
  /** 0 in a command. */
  readonly status: number
  readonly body: Uint8Array
}

const HEADER = 5
/** Longest frame that is taken, in octets. A program sends no more than 255. */
export const MAX_STICK_FRAME = 512

/** Two's complement of the sum of the octets, 16 bits. */
function checksum(octets: Uint8Array): number {
  let sum = 0
  for (const octet of octets) sum += octet
  return -sum & 0xffff
}

export function encodeStickFrame({ command: id, seq, status, body }: StickFrame): Uint8Array {
  const writer = new Writer(body.length + HEADER + 2)
    .u8(id)
    .u8(seq)
    .u8(status)
    .uintLe(2, HEADER + body.length)
    .bytes(body)
  return writer.uintLe(2, checksum(writer.done())).done()
}

/** @throws GbcsError for a packet that is no frame */
export function decodeStickFrame(packet: Uint8Array): StickFrame {
  const reader = new Reader(packet)
  const id = reader.u8('command')
  const seq = reader.u8('sequence number')
  const status = reader.u8('status')
  const length = reader.uintLe(2, 'frame length')
  if (length < HEADER || length + 2 !== packet.length)
    throw new GbcsError('invalidLength', `a frame length of ${length} in a packet of ${packet.length} octets`, 3)
  const body = reader.take(length - HEADER, 'body')
  const found = reader.uintLe(2, 'checksum')
  const right = checksum(packet.subarray(0, length))
  if (found !== right) throw new GbcsError('invalidValue', `checksum ${found}, expected ${right}`, length)
  return { command: id, seq, status, body }
}

/** A part of a body after its length of two octets. */
export const payloadOf = (body: Uint8Array): Reader => {
  const reader = new Reader(body, HEADER)
  const payload = reader.nested(reader.uintLe(2, 'payload length'), 'payload')
  reader.end('the payload')
  return payload
}
export const withLength = (payload: Uint8Array): Uint8Array =>
  new Writer(payload.length + 2).uintLe(2, payload.length).bytes(payload).done()
