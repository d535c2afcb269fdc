import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eui64, fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import { decodeTrustCentreCommand, encodeTrustCentreCommand } from './aps-command.js'
import { decodeAps, encodeAps } from './aps.js'
import { decodeMac, encodeMac } from './ieee802154.js'
import { decodeBeacon, decodeMacCommand, encodeBeacon, encodeMacCommand } from './mac-command.js'
import { decodeNwk, encodeNwk } from './nwk.js'

/** Any octets give a value that encodes to the same octets, or a GbcsError. */
function total<T>(name: string, decode: (bytes: Uint8Array) => T, encode: (value: T) => Uint8Array, heads: string[]) {
  it(`${name}: any octets give a frame that encodes back to them, or a GbcsError`, () => {
    const start = fc.constantFrom('', ...heads).map(fromHex)
    let decoded = 0
    fc.assert(
      fc.property(start, fc.oneof(fc.constant(new Uint8Array()), fc.uint8Array({ maxLength: 60 })), (head, tail) => {
        const bytes = Uint8Array.from([...head, ...tail])
        let value
        try {
          value = decode(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(GbcsError)
          return
        }
        decoded++
        expect(toHex(encode(value))).toBe(toHex(bytes))
      }),
      { numRuns: 600 },
    )
    expect(decoded).toBeGreaterThan(30)
  })
}

describe('codecs of the layers', () => {
  total('MAC', decodeMac, encodeMac, ['4188', '61cc', '2100', '0200', '03c8', '4198'])
  total('NWK', decodeNwk, encodeNwk, ['0800', '0802', '0918', '0828', '080c'])
  total('APS', decodeAps, encodeAps, ['00', '40', '02', '12', 'c0', '82', '08', '21', '60'])
  total('MAC commands', decodeMacCommand, encodeMacCommand, ['01', '02', '04', '07'])
  total('beacons', decodeBeacon, encodeBeacon, [
    'ffcf00000022840102030405060708ffffff00',
    'ff0f000000228c0102030405060708ffffff00',
  ])
  total('APS commands', decodeTrustCentreCommand, encodeTrustCentreCommand, [
    '0501',
    '060102030405060708000001',
    '070102030405060708',
    '0e0102030405060708',
  ])
})

describe('frames', () => {
  const eui = eui64('90b3d51f30010000')
  it('names the PAN once when both ends are in it, and sends addresses with their last octet first', () => {
    const bytes = encodeMac({
      type: 'data',
      sequence: 7,
      ackRequest: true,
      intraPan: true,
      destination: { pan: 0x1a2b, address: 0x0000 },
      source: { pan: 0x1a2b, address: eui },
      payload: Uint8Array.of(0xaa),
    })
    expect(toHex(bytes)).toBe('61c8072b1a000000000130 1fd5b390aa'.replace(' ', ''))
  })
  it('refuses one PAN for addresses of two', () => {
    const [destination, source] = [
      { pan: 1, address: 0 },
      { pan: 2, address: 1 },
    ]
    const frame = { type: 'data', sequence: 0, intraPan: true, destination, source, payload: new Uint8Array() } as const
    expect(() => encodeMac(frame)).toThrowError(/one PAN/)
    expect(() => decodeMac(fromHex('4108000102'))).toThrowError(/address is missing/)
  })
  it.each([
    ['0980', /MAC security/],
    ['4120', /frame version 2/],
    ['0500', /frame type 5/],
    ['0104', /address mode 1/],
  ])('refuses MAC frame control %s', (hex, message) => {
    expect(() => decodeMac(fromHex(`${hex}00000000000000`))).toThrowError(message)
  })
  it.each([
    ['0a00', /frame type 2/],
    ['0c00', /protocol version 3/],
    ['0801', /multicast/],
  ])('refuses NWK frame control %s', (hex, message) => {
    expect(() => decodeNwk(fromHex(`${hex}00000000000000`))).toThrowError(message)
  })
  it('keeps what a beacon says about its network', () => {
    const beacon = { associationPermit: true, panCoordinator: true, extendedPanId: eui, depth: 3 }
    expect(decodeBeacon(encodeBeacon(beacon))).toEqual(beacon)
  })
  it('refuses an acknowledgement with a payload and a piece that is neither first nor later', () => {
    expect(() => decodeAps(fromHex('1200ff'))).toThrowError(/follow the end/)
    expect(() => decodeAps(fromHex('8001 0207 0901 01 05 03 01'))).toThrowError(/fragmentation 3/)
  })
})
