import { fromHex, GbcsError, latin1, toHex, toLatin1 } from '@smets2-sim/bytes'
import {
  type Decoded,
  type Frame,
  type FrameFault,
  type FrameStatus,
  frameStatus,
  type Framing,
  MAX_MESSAGE,
} from './frame.js'

const DATA = 'GBCS:DATA#0:'
const ERROR = 'GBCS:ERROR#0:'
const LF = 0x0a
const CR = 0x0d
/** Longest line without its end. */
const MAX_LINE = DATA.length + `${MAX_MESSAGE}:`.length + 2 * MAX_MESSAGE
const MAX_TEXT = 200

/** Text that is safe within a line of a terminal: printable ASCII, at most 200 characters. */
const plain = (text: string): string => text.replace(/[^ -~]/g, '.').slice(0, MAX_TEXT)
const excerpt = (text: string): string =>
  text.length > 40 ? `${JSON.stringify(plain(text.slice(0, 40)))}...` : JSON.stringify(plain(text))

/** The frame or the fault of one line, of which `offset` is the place in the stream. */
function readLine(line: string, offset: number): Decoded {
  const fault = (at: number, found: string, expected: string): { fault: FrameFault } => ({
    fault: { code: 'malformed', offset: offset + at, found, expected },
  })
  if (line.startsWith(ERROR)) {
    const [, status = '', text = ''] = /^(?:(\w+): )?(.*)$/.exec(plain(line.slice(ERROR.length))) ?? []
    const known = status in frameStatus && status !== 'accepted'
    return {
      frame: {
        type: 'acknowledge',
        seq: 0,
        status: known ? (status as FrameStatus) : 'failed',
        text: known || !status ? text : `${status}: ${text}`,
      },
    }
  }
  if (!line.startsWith(DATA)) {
    let at = 0
    while (at < line.length && line[at] === DATA[at]) at++
    return fault(at, excerpt(line), `a line that starts with ${DATA}`)
  }
  const length = /^\d{1,4}(?=:)/.exec(line.slice(DATA.length))?.[0]
  if (length === undefined) return fault(DATA.length, excerpt(line.slice(DATA.length)), 'a decimal length and a colon')
  const octets = Number(length)
  if (octets < 1 || octets > MAX_MESSAGE) return fault(DATA.length, length, `a length from 1 to ${MAX_MESSAGE}`)
  const hexAt = DATA.length + length.length + 1
  const hex = line.slice(hexAt)
  const wrong = hex.search(/[^0-9A-Fa-f]/)
  if (wrong >= 0) return fault(hexAt + wrong, excerpt(hex.slice(wrong)), 'hexadecimal digits')
  if (hex.length !== 2 * octets) return fault(hexAt, `${hex.length} hexadecimal digits`, `${2 * octets}`)
  return { frame: { type: 'message', seq: 0, message: fromHex(hex) } }
}

/**
 * The text form of the industry's test tools: `GBCS:DATA#0:<octets>:<HEX>` and CR LF, one message a line.
 * Lower-case digits and a bare LF are understood too, so that a line can be typed. An empty line says nothing.
 * `GBCS:ERROR#0:<status>: <text>` is a refusal: our decision, the form itself has none. Other frames have no line.
 */
export const gfi: Framing = {
  name: 'gfi',
  encode(frame: Frame): Uint8Array {
    if (frame.type === 'acknowledge')
      return frame.status === 'accepted'
        ? new Uint8Array()
        : latin1(`${ERROR}${frame.status}: ${plain(frame.text)}\r\n`)
    if (frame.type !== 'message') throw new GbcsError('unsupported', `the line form has no line for ${frame.type}`)
    const { message } = frame
    if (message.length < 1 || message.length > MAX_MESSAGE)
      throw new GbcsError('limitExceeded', `a message of ${message.length} octets, expected 1 to ${MAX_MESSAGE}`)
    return latin1(`${DATA}${message.length}:${toHex(message).toUpperCase()}\r\n`)
  },
  decoder() {
    const line = new Uint8Array(MAX_LINE + 1)
    let length = 0
    let start = 0
    let offset = 0
    let skipping = false
    return {
      push(chunk) {
        const found: Decoded[] = []
        for (const octet of chunk) {
          offset++
          if (octet === LF) {
            const end = length > 0 && line[length - 1] === CR ? length - 1 : length
            if (!skipping && end > 0) found.push(readLine(toLatin1(line.subarray(0, end)), start))
            length = 0
            start = offset
            skipping = false
          } else if (!skipping && length === line.length) {
            found.push({
              fault: {
                code: 'tooLong',
                offset: start,
                found: 'no end of line',
                expected: `one within ${MAX_LINE} octets`,
              },
            })
            skipping = true
          } else if (!skipping) line[length++] = octet
        }
        return found
      },
      end() {
        const rest = excerpt(toLatin1(line.subarray(0, length)))
        const cut = !skipping && length > 0
        length = 0
        skipping = false
        if (!cut) return []
        const found = `the end of the stream after ${rest}`
        return [{ fault: { code: 'malformed', offset: start, found, expected: 'an end of line' } }]
      },
    }
  },
}
