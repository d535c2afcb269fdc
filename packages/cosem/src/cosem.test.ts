import { fromHex, GbcsError, toHex } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrayOf,
  bits,
  bool,
  compactArray,
  type Data,
  decodeAccessRequest,
  decodeAccessResponse,
  decodeData,
  decodeDateTime,
  encodeAccessRequest,
  encodeData,
  encodeDateTime,
  fromIso,
  logicalName,
  octets,
  optional,
  structure,
  toIso,
  u16,
  u32,
  utcFields,
  utcSeconds,
  visible,
} from './index.js'

const integers = {
  doubleLong: [-(2 ** 31), 2 ** 31 - 1],
  doubleLongUnsigned: [0, 2 ** 32 - 1],
  integer: [-128, 127],
  long: [-32768, 32767],
  unsigned: [0, 255],
  longUnsigned: [0, 65535],
  enum: [0, 255],
} as const
const scalar: fc.Arbitrary<Data> = fc.oneof(
  fc.constant<Data>({ type: 'null' }),
  ...Object.entries(integers).map(([type, [min, max]]) =>
    fc.integer({ min, max }).map((value) => ({ type: type as 'unsigned', value })),
  ),
  fc.boolean().map((value): Data => ({ type: 'boolean', value })),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value): Data => ({ type: 'long64Unsigned', value })),
  fc.uint8Array({ maxLength: 300 }).map((bytes): Data => ({ type: 'octetString', bytes })),
)
const anyValue = fc.letrec<{ data: Data }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.record({
      type: fc.constantFrom('array' as const, 'structure' as const),
      items: fc.array(tie('data'), { maxLength: 5 }),
    }),
  ),
})).data

describe('Data', () => {
  it('survives the way to octets and back', () => {
    fc.assert(
      fc.property(anyValue, (data) => {
        expect(decodeData(encodeData(data))).toEqual(data)
      }),
    )
  })
  it('decodes any octets to a value that encodes to them, or refuses with a GbcsError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          expect(toHex(encodeData(decodeData(bytes)))).toBe(toHex(bytes))
        } catch (error) {
          if (!(error instanceof GbcsError)) throw error
        }
      }),
      { numRuns: 3000 },
    )
  })
  it('refuses nesting without end and a compact array whose entries take no octets', () => {
    expect(() => decodeData(fromHex('0101'.repeat(40) + '00'))).toThrowError(/nested deeper/)
    expect(() => decodeData(fromHex('130200' + '0100'))).toThrowError(/without octets/)
    expect(() => decodeData(fromHex('1301ffff01ffff01ffff0001aa'))).toThrowError(/over 64 values for its octets/)
  })
  it('keeps how a true boolean was written', () => {
    expect(toHex(encodeData(decodeData(fromHex('0301'))))).toBe('0301')
    expect(toHex(encodeData(bool.encode(true)))).toBe('03ff')
  })
})

describe('schemas', () => {
  const entry = structure({ time: u32, value: u16, second: optional(u16) })
  it('let a structure lack its optional fields, all of them or none', () => {
    expect(entry.decode(decodeData(fromHex('0202060000000112ffff')))).toEqual({ time: 1, value: 65535 })
    expect(entry.decode(entry.encode({ time: 1, value: 2, second: 3 }))).toEqual({ time: 1, value: 2, second: 3 })
    expect(() => entry.decode(decodeData(fromHex('02010600000001')))).toThrowError(/structure of 1, expected 2 or 3/)
  })
  it('pack a log in a compact array and unpack it', () => {
    const log = compactArray(entry)
    const values = [
      { time: 1, value: 2 },
      { time: 3, value: 4 },
    ]
    expect(toHex(encodeData(log.encode(values)))).toBe('13020206120c000000010002000000030004')
    expect(log.decode(decodeData(encodeData(log.encode(values))))).toEqual(values)
  })
  it('refuse another type, length, count and range', () => {
    expect(() => u16.decode({ type: 'unsigned', value: 1 })).toThrowError(
      /found data of type unsigned, expected long-unsigned/,
    )
    expect(() => octets(4).decode({ type: 'octetString', bytes: new Uint8Array(5) })).toThrowError(
      /expected octet-string\(4\)/,
    )
    expect(() => arrayOf(u16, 2).decode({ type: 'array', items: [] as Data[] })).not.toThrow()
    expect(() => arrayOf(u16, 2, 1).decode({ type: 'array', items: [] as Data[] })).toThrowError(/expected 1 to 2/)
    expect(() => visible(2).decode({ type: 'visibleString', bytes: new Uint8Array(3) })).toThrowError(GbcsError)
    expect(() => bits(3).decode({ type: 'bitString', bits: 3, bytes: Uint8Array.of(0x1f) })).toThrowError(/unused bits/)
    expect(bits(3).decode(bits(3).encode('101'))).toBe('101')
  })
})

describe('the ACCESS service', () => {
  const get = 'd920000001000101000100006001040ff0020100'.replace('0ff0', 'ff')
  it('round-trips a get', () => {
    const request = decodeAccessRequest(fromHex(get))
    expect(request.items).toEqual([
      { kind: 'get', classId: 1, logicalName: logicalName('0-0:96.1.4'), index: 2, data: { type: 'null' } },
    ])
    expect(toHex(encodeAccessRequest(request))).toBe(get)
  })
  it('says what is wrong: the count of data, the choice, octets left over', () => {
    expect(() => decodeAccessRequest(fromHex(get.slice(0, -4) + '020000'))).toThrowError(/2 data for 1 specifications/)
    expect(() => decodeAccessRequest(fromHex(get.replace('000101', '000107')))).toThrowError(/access choice 7/)
    expect(() => decodeAccessRequest(fromHex(get + '00'))).toThrowError(/1 octets follow/)
    expect(() => decodeAccessResponse(fromHex('da2000000100000100' + '0201000100'))).toThrowError(
      /2 results for 1 data/,
    )
  })
})

describe('times', () => {
  it('agree with the platform calendar over 400 years', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3_000_000_000, max: 9_000_000_000 }), (time) => {
        // eslint-disable-next-line no-restricted-globals -- the calendar of the platform, without its clock, is the reference
        const date = new Date((time + 946_684_800) * 1000)
        const f = utcFields(time)
        expect([f.year, f.month, f.day, f.hour, f.minute, f.second, f.dayOfWeek % 7]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
          date.getUTCDay(),
        ])
        expect(utcSeconds(f.year, f.month, f.day, f.hour, f.minute, f.second)).toBe(time)
      }),
    )
  })
  it('read the 12-octet form and refuse a day that does not exist', () => {
    expect(toHex(encodeDateTime(fromIso('2015-01-01T00:00:00Z')))).toBe('07df0101ff000000008000ff')
    expect(toIso(decodeDateTime(fromHex('07ee010fff090000008000ff')).time)).toBe('2030-01-15T09:00:00Z')
    expect(() => decodeDateTime(fromHex('07df021dff000000008000ff'))).toThrowError(/does not exist/)
    expect(() => fromIso('2015-02-29')).toThrowError(GbcsError)
  })
})
