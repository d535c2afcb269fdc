import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc16X25, type Eui64, eui64, eui64Bytes, fromHex, GbcsError, Reader, toHex, utf8, Writer } from './index.js'

describe('hex', () => {
  it('gives back any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(toHex(fromHex(toHex(bytes)))).toBe(toHex(bytes))
      }),
    )
  })
  it('names the first wrong character and the odd length', () => {
    expect(() => fromHex('00 0g')).toThrowError(/"g".*octet 3/)
    expect(() => fromHex('123')).toThrowError(/even/)
  })
})

describe('Reader and Writer', () => {
  it('give back lengths of every size in their shortest form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (length) => {
        expect(new Reader(new Writer().ber(length).done()).length('x')).toBe(length)
      }),
    )
  })
  it('refuses a length that is not in its shortest form', () => {
    for (const text of ['8105', '820080', '83000100', '84', '80'])
      expect(() => new Reader(fromHex(text)).length('content')).toThrowError(GbcsError)
  })
  it('says which field was cut short, where, and what it needed', () => {
    const reader = new Reader(fromHex('0102'), 10)
    reader.u8('first')
    expect(() => reader.u32('originator counter')).toThrowError('originator counter needs 4 octets, found 1 (octet 11)')
  })
  it('gives back little-endian integers, signed and unsigned', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (value) => {
        expect(new Reader(new Writer().intLe(4, value).done()).intLe(4, 'x')).toBe(value)
      }),
    )
    expect(toHex(new Writer(1).uintLe(6, 0x010203040506).u64le(1n).done())).toBe('0605040302010100000000000000')
  })
  it('refuses values outside the field', () => {
    expect(() => new Writer().u8(256)).toThrowError(GbcsError)
    expect(() => new Writer().u16(1.5)).toThrowError(GbcsError)
    expect(() => new Writer().u64(-1n)).toThrowError(GbcsError)
  })
})

describe('identifiers and checksums', () => {
  it('accepts the printed forms of an EUI-64 and refuses other lengths', () => {
    expect(eui64('90-B3-D5-1F-30-01-00-00')).toBe('90b3d51f30010000')
    expect(() => eui64('90b3')).toThrowError(/8 octets, found 2/)
    expect(eui64Bytes(eui64('90b3d51f3001abcd'))).toEqual(Uint8Array.of(0x90, 0xb3, 0xd5, 0x1f, 0x30, 0x01, 0xab, 0xcd))
    expect(eui64Bytes('90B3D51F3001ABCD' as Eui64)[7]).toBe(0xcd)
    expect(() => eui64Bytes('90b3d51f3001abcx' as Eui64)).toThrowError(GbcsError)
    expect(() => eui64Bytes('90b3' as Eui64)).toThrowError(/8 octets, found 2/)
  })
  it('computes CRC-16/X-25 as its published check value', () => {
    expect(crc16X25(utf8('123456789'))).toBe(0x906e)
  })
})

describe('a writer', () => {
  const value = fc.oneof(
    fc.record({ kind: fc.constant('u8' as const), value: fc.nat(0xff) }),
    fc.record({ kind: fc.constant('i8' as const), value: fc.integer({ min: -0x80, max: 0x7f }) }),
    fc.record({ kind: fc.constant('u16' as const), value: fc.nat(0xffff) }),
    fc.record({ kind: fc.constant('i16' as const), value: fc.integer({ min: -0x8000, max: 0x7fff }) }),
    fc.record({ kind: fc.constant('u32' as const), value: fc.nat(0xffffffff) }),
    fc.record({ kind: fc.constant('i32' as const), value: fc.integer({ min: -0x80000000, max: 0x7fffffff }) }),
    fc.record({ kind: fc.constant('u64' as const), value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
    fc.record({ kind: fc.constant('i64' as const), value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) }),
    fc.record({ kind: fc.constant('u64le' as const), value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
  )
  it('writes what a reader reads, however long and however it grows, and two at once do not meet', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 600 }), fc.integer({ min: 0, max: 2000 }), (values, capacity) => {
        const [writer, other] = [new Writer(capacity), new Writer(capacity)]
        for (const { kind, value: one } of values) {
          ;(writer[kind] as (v: unknown) => Writer)(one)
          other.u8(0xee)
        }
        const reader = new Reader(writer.done())
        for (const { kind, value: one } of values) expect(reader[kind]('a field')).toBe(one)
        reader.end('the values')
        expect(other.done().every((octet) => octet === 0xee)).toBe(true)
      }),
    )
  })
  it('goes on after it was done, and leaves alone what it gave', () => {
    const writer = new Writer().u8(1)
    const first = writer.done()
    const other = new Writer().u8(9)
    expect(writer.u8(2).done()).toEqual(Uint8Array.of(1, 2))
    expect([first, other.done()]).toEqual([Uint8Array.of(1), Uint8Array.of(9)])
  })
})
