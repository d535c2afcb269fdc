import { type Eui64, eui64, GbcsError, Reader } from '@smets2-sim/bytes'

const MAC_HEADER = 0xdd
/** Empty fields of the MAC header after its tag, and the security header after its length. facts 1.1. */
const EMPTY_FIELDS = 6
const SECURITY_HEADER = 5
/** From the tag of the grouping header to the originator; an EUI-64 with its length. facts 1.2. */
const BEFORE_ORIGINATOR = 11
const TITLE = 9

/**
 * For whom a message is. A hub looks only so far: what is wrong further on is for the device to refuse. Undefined
 * when the octets have no grouping header.
 */
export function targetOf(message: Uint8Array): Eui64 | undefined {
  try {
    const reader = new Reader(message)
    if (reader.peek() === MAC_HEADER) {
      reader.take(1 + EMPTY_FIELDS, 'MAC header')
      reader.length('ciphered service')
      reader.take(SECURITY_HEADER, 'security header')
    }
    reader.take(BEFORE_ORIGINATOR + TITLE, 'grouping header')
    reader.expect(8, 'recipient-system-title length')
    return eui64(reader.take(8, 'recipient-system-title'))
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}
