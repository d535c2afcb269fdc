import { fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import { decode, Encoder } from 'cbor-x'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cbor, decodeCbor, encodeCbor } from './cbor.js'
import { decodeHello, decodeReport, encodeHello, encodeReport, type AttributeReport, type Hello } from './bodies.js'

const leaf: fc.Arbitrary<Cbor> = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt(2n ** 53n, 2n ** 64n - 1n),
  fc.bigInt(-(2n ** 64n), -(2n ** 53n)),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.uint8Array({ maxLength: 300 }),
  fc.boolean(),
  fc.constant(null),
)
const item: fc.Arbitrary<Cbor> = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 30 }),
  fc
    .array(fc.tuple(fc.string(), fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }))), { maxLength: 4 })
    .map((rows) => new Map(rows)),
)

describe('CBOR', () => {
  it('gives back every item', () => {
    fc.assert(fc.property(item, (value) => void expect(decodeCbor(encodeCbor(value))).toEqual(value)))
  })
  it('agrees with an independent library, both ways', () => {
    const other = new Encoder({ useRecords: false, mapsAsObjects: false, tagUint8Array: false, variableMapSize: true })
    const value = new Map<Cbor, Cbor>([
      ['energy', 123_456_789_012],
      [1024, -3000],
      ['list', [0, 23, 24, 255, 256, 65_535, 65_536, true, null]],
      ['octets', Uint8Array.of(1, 2)],
    ])
    expect(other.decode(encodeCbor(value))).toEqual(
      new Map<unknown, unknown>([...value, ['energy', 123_456_789_012n], ['octets', Uint8Array.of(1, 2)]]),
    )
    const small = new Map<Cbor, Cbor>([['list', [0, 23, 24, 255, 256, 65_535, 65_536, -1, -25, true, null, 'é']]])
    expect(decodeCbor(other.encode(small))).toEqual(small)
    expect(decode(encodeCbor('text'))).toBe('text')
  })
  it.each([
    '',
    '18',
    '1817',
    '190001',
    '1b0000000000000001',
    '9f01ff',
    '5fff',
    '9b7fffffffffffffff',
    '9a01c9c380',
    'f97e00',
    'c101',
    'ff',
    '61ff',
    'a201010102',
    '0000',
    '81'.repeat(9) + '01',
  ])('refuses %s', (hex) => {
    expect(() => decodeCbor(fromHex(hex))).toThrowError(GbcsError)
  })
  it('is total', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        for (const decoder of [decodeCbor, decodeReport, decodeHello])
          try {
            decoder(bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(GbcsError)
          }
        let value: Cbor
        try {
          value = decodeCbor(bytes)
        } catch {
          return
        }
        expect(toHex(encodeCbor(value))).toBe(toHex(bytes))
      }),
      { numRuns: 2000 },
    )
    expect(() => encodeCbor(1.5)).toThrowError(GbcsError)
  })
})

describe('bodies', () => {
  const report = {
    device: '90b3d51f30010000',
    cluster: 0x0702,
    attributes: new Map([[0, 12_345_678]]),
  } as unknown as AttributeReport
  const hello = {
    version: 1,
    name: 'x',
    maxFrame: 4096,
    types: [1],
    devices: new Map([['90b3d51f30010000', 'ESME']]),
  } as unknown as Hello
  it.each([
    [{ device: '90B3D51F30010000' }, /16 lower-case/],
    [{ cluster: 0x1_0000 }, /cluster is number, expected an integer of 16 bits/],
    [{ attributes: new Map([[-1, 1]]) }, /an attribute identifier/],
  ])('refuses a report with %j', (part, message) => {
    expect(() => decodeReport(encodeReport({ ...report, ...part } as AttributeReport))).toThrowError(message)
  })
  it.each([
    [{ version: 256 }, /version/],
    [{ types: [256] }, /types/],
    [{ devices: new Map([['90b3', 'ESME']]) }, /EUI-64/],
  ])('refuses a hello with %j', (part, message) => {
    expect(() => decodeHello(encodeHello({ ...hello, ...part } as Hello))).toThrowError(message)
  })
  it('refuses a body that is no map, or lacks a key', () => {
    expect(() => decodeReport(encodeCbor([1]))).toThrowError('the body is an array, expected a map')
    expect(() => decodeHello(encodeCbor(new Map()))).toThrowError('devices is nothing, expected a map')
  })
})
