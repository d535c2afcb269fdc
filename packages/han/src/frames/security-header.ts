import { type Eui64, GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import { readEui, writeEui } from './address.js'

/** Which key protects a frame: the link key, the network key, or one derived from the link key to carry keys. */
export const keyIdentifiers = ['data', 'network', 'keyTransport', 'keyLoad'] as const
export type KeyIdentifier = (typeof keyIdentifiers)[number]

/** Auxiliary header of a secured NWK or APS frame. */
export interface SecurityHeader {
  readonly key: KeyIdentifier
  readonly frameCounter: number
  /** EUI-64 of the sender; without it, the receiver knows it from elsewhere. */
  readonly source?: Eui64
  /** Only with the network key. */
  readonly keySequence?: number
}

/** Encryption with a code of 32 bits. The level is not sent: it stands as 0 in the frame and as 5 where it is authenticated. */
const LEVEL = 5
const EXTENDED_NONCE = 0x20

export function readSecurityHeader(reader: Reader): SecurityHeader {
  const control = reader.u8('security control')
  if (control & ~0x38)
    throw reader.error('unsupported', `security control ${control}, expected no level and no other bit`)
  const key = keyIdentifiers[(control >> 3) & 3] as KeyIdentifier
  return {
    key,
    frameCounter: reader.uintLe(4, 'frame counter'),
    ...(control & EXTENDED_NONCE && { source: readEui(reader) }),
    ...(key === 'network' && { keySequence: reader.u8('key sequence') }),
  }
}

export const securityControl = (header: SecurityHeader): number =>
  (keyIdentifiers.indexOf(header.key) << 3) | (header.source ? EXTENDED_NONCE : 0)

function encode(header: SecurityHeader, level: number): Uint8Array {
  if ((header.key === 'network') !== (header.keySequence !== undefined))
    throw new GbcsError('misuse', 'a key sequence goes with the network key, and only with it')
  const writer = new Writer(16).u8(securityControl(header) | level).uintLe(4, header.frameCounter)
  if (header.source) writeEui(writer, header.source)
  if (header.keySequence !== undefined) writer.u8(header.keySequence)
  return writer.done()
}
/** As it is sent. */
export const encodeSecurityHeader = (header: SecurityHeader): Uint8Array => encode(header, 0)
/** As it is authenticated. */
export const authenticatedSecurityHeader = (header: SecurityHeader): Uint8Array => encode(header, LEVEL)

/** The 13 octets that make a use of a key unique: source, frame counter, security control with its level. */
export function nonceOf(header: SecurityHeader, source: Eui64): Uint8Array {
  const writer = new Writer(13)
  writeEui(writer, source)
  return writer
    .uintLe(4, header.frameCounter)
    .u8(securityControl(header) | LEVEL)
    .done()
}

/** The header and what follows it. */
export function splitSecured(payload: Uint8Array): { header: SecurityHeader; sealed: Uint8Array } {
  const reader = new Reader(payload)
  return { header: readSecurityHeader(reader), sealed: reader.rest() }
}
