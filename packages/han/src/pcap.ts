import { concat, utf8, Writer } from '@smets2-sim/bytes'

/** What a capture holds: 802.15.4 frames without check sequence, or messages that name their dissector. */
export const linkType = { ieee802154WithoutFcs: 230, exportedPdu: 252 } as const

const MAGIC_MICROSECONDS = 0xa1b2c3d4
const LONGEST = 0x40000
/** 2000-01-01 in seconds since 1970, the epoch of captures. */
const EPOCH_OFFSET_S = 946_684_800

/** The head of a capture file. */
export const pcapHeader = (network: number): Uint8Array =>
  new Writer(24).u32(MAGIC_MICROSECONDS).u16(2).u16(4).u32(0).u32(0).u32(LONGEST).u32(network).done()

/** One entry of a capture file; the time in milliseconds since 2000-01-01 UTC. */
export function pcapRecord(bytes: Uint8Array, timeMs: number): Uint8Array {
  const microseconds = Math.round(timeMs * 1000)
  const seconds = Math.floor(microseconds / 1_000_000)
  return new Writer(16 + bytes.length)
    .u32(seconds + EPOCH_OFFSET_S)
    .u32(microseconds - seconds * 1_000_000)
    .u32(bytes.length)
    .u32(bytes.length)
    .bytes(bytes)
    .done()
}

const TAG_DISSECTOR = 12
const DISSECTOR = utf8('gbcs_message')

/** A GBCS message as an entry of an `exportedPdu` capture: the name of the dissector, padded to four octets, stands before it. */
export function exportedPdu(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(4 * Math.ceil(DISSECTOR.length / 4))
  padded.set(DISSECTOR)
  const tags = new Writer(8 + padded.length).u16(TAG_DISSECTOR).u16(padded.length).bytes(padded).u16(0).u16(0)
  return concat(tags.done(), message)
}
