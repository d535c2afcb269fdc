import { concat, GbcsError, Reader } from '@smets2-sim/bytes'

/** What stands before data in the tunnel of a gas meter, which asks for its messages because it sleeps. facts 10.1. */
export type GasTransfer =
  | { readonly kind: 'get' }
  /** How many messages are left after this one; without data there was none. */
  | { readonly kind: 'getResponse'; readonly remaining: number; readonly data: Uint8Array }
  | { readonly kind: 'put'; readonly data: Uint8Array }

const GET = 1
const GET_RESPONSE = 2
const PUT = 3
/** Most octets that stand before data. */
export const GAS_HEADER_OCTETS = 2

export function encodeGasTransfer(transfer: GasTransfer): Uint8Array {
  switch (transfer.kind) {
    case 'get':
      return Uint8Array.of(GET)
    case 'getResponse':
      return concat(Uint8Array.of(GET_RESPONSE, Math.min(transfer.remaining, 0xff)), transfer.data)
    case 'put':
      return concat(Uint8Array.of(PUT), transfer.data)
  }
}

export function decodeGasTransfer(bytes: Uint8Array): GasTransfer {
  const reader = new Reader(bytes)
  const kind = reader.u8('gas tunnel header')
  switch (kind) {
    case GET:
      reader.end('GET')
      return { kind: 'get' }
    case GET_RESPONSE:
      return { kind: 'getResponse', remaining: reader.u8('remaining messages'), data: reader.rest() }
    case PUT:
      return { kind: 'put', data: reader.rest() }
    default:
      throw new GbcsError('invalidTag', `gas tunnel header ${kind}, expected 1 to 3`, 0)
  }
}
