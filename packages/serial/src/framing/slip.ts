import { crc16X25, GbcsError, Writer } from '@smets2-sim/bytes'
import {
  decodeAps,
  decodeHello,
  decodeReport,
  decodeText,
  encodeAps,
  encodeHello,
  encodeReport,
  encodeText,
} from './bodies.js'
import {
  type Decoded,
  type Frame,
  type FrameFault,
  type FrameStatus,
  frameStatus,
  type Framing,
  MAX_FRAME,
  MAX_MESSAGE,
} from './frame.js'
import { type Packet, stuff, Unstuffer } from './stuffing.js'

type FrameOf<T extends Frame['type']> = Extract<Frame, { type: T }>
/** A type of frame: its octet, and its body both ways. */
interface FrameType<T extends Frame['type']> {
  readonly id: number
  readonly write: (frame: FrameOf<T>) => Uint8Array
  readonly read: (body: Uint8Array, seq: number) => FrameOf<T>
}

/** The types of frame and their bodies. */
export const slipTypes: { readonly [T in Frame['type']]: FrameType<T> } = {
  message: {
    id: 0x01,
    write: ({ message }) => message,
    read: (body, seq) => {
      if (body.length === 0) throw new GbcsError('invalidLength', 'a message of 0 octets')
      return { type: 'message', seq, message: body }
    },
  },
  aps: {
    id: 0x02,
    write: ({ aps }) => encodeAps(aps),
    read: (body, seq) => ({ type: 'aps', seq, aps: decodeAps(body) }),
  },
  report: {
    id: 0x03,
    write: ({ report }) => encodeReport(report),
    read: (body, seq) => ({ type: 'report', seq, report: decodeReport(body) }),
  },
  log: {
    id: 0x04,
    write: ({ text }) => encodeText(text),
    read: (body, seq) => ({ type: 'log', seq, text: decodeText(body) }),
  },
  hello: {
    id: 0x05,
    write: ({ hello }) => (hello ? encodeHello(hello) : new Uint8Array()),
    read: (body, seq) =>
      body.length === 0 ? { type: 'hello', seq } : { type: 'hello', seq, hello: decodeHello(body) },
  },
  acknowledge: {
    id: 0x7f,
    write: ({ status, text }) => new Writer().u8(frameStatus[status]).bytes(encodeText(text)).done(),
    read: (body, seq) => {
      const status = (Object.keys(frameStatus) as FrameStatus[]).find((name) => frameStatus[name] === body[0])
      if (!status) throw new GbcsError('invalidValue', `status ${body[0] ?? 'of no octet'}`)
      return { type: 'acknowledge', seq, status, text: decodeText(body.subarray(1)) }
    },
  },
}

const knownTypes = Object.values(slipTypes)
  .map(({ id }) => hex2(id))
  .join(', ')

function hex2(octet: number): string {
  return octet.toString(16).padStart(2, '0').toUpperCase()
}

const seqOf = (head: Uint8Array): { seq?: number } => (head[1] === undefined ? {} : { seq: head[1] })

function readPacket(packet: Packet): Decoded {
  const offset = packet.offset
  const fault = (code: FrameFault['code'], head: Uint8Array, found: string, expected: string): Decoded => ({
    fault: { code, offset, found, expected, ...seqOf(head) },
  })
  if (packet.kind === 'tooLong')
    return fault('tooLong', packet.head, 'no end of frame', `one within ${MAX_FRAME} octets`)
  if (packet.kind === 'cutShort') return fault('malformed', packet.head, 'the end of the stream', 'an end of frame')
  if (packet.kind === 'badEscape')
    return fault('malformed', packet.head, `${hex2(packet.octet)} after an escape`, 'DC or DD')
  const { bytes } = packet
  if (bytes.length < 4) return fault('malformed', bytes, `a frame of ${bytes.length} octets`, '4 or more')
  const content = bytes.subarray(0, -2)
  const crc = (bytes[bytes.length - 2] as number) | ((bytes[bytes.length - 1] as number) << 8)
  const right = crc16X25(content)
  if (crc !== right)
    return fault('badCrc', bytes, `CRC ${crc.toString(16).padStart(4, '0')}`, right.toString(16).padStart(4, '0'))
  const [id, seq] = content as unknown as [number, number]
  const type = Object.values(slipTypes).find((row) => row.id === id)
  if (!type) return fault('unknownType', bytes, `type ${hex2(id)}`, `one of ${knownTypes}`)
  try {
    return { frame: type.read(content.slice(2), seq) }
  } catch (error) {
    if (!(error instanceof GbcsError)) throw error
    return fault('malformed', bytes, `a body of type ${hex2(id)} that is none: ${error.message}`, 'one that is')
  }
}

/** Frames of type, sequence number, body and CRC-16/X-25 (low octet first), with the octet stuffing of RFC 1055. */
export const slip: Framing = {
  name: 'slip',
  encode(frame) {
    const type = slipTypes[frame.type] as FrameType<any>
    const body = type.write(frame)
    if (body.length > MAX_MESSAGE)
      throw new GbcsError('limitExceeded', `a body of ${body.length} octets, at most ${MAX_MESSAGE}`)
    const content = new Writer(body.length + 4).u8(type.id).u8(frame.seq).bytes(body)
    return stuff(content.uintLe(2, crc16X25(content.done())).done())
  },
  decoder() {
    const unstuffer = new Unstuffer(MAX_FRAME)
    return {
      push: (chunk) => unstuffer.push(chunk).map(readPacket),
      end: () => unstuffer.end().map(readPacket),
    }
  },
}
