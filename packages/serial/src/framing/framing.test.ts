import { concat, fromHex, GbcsError, latin1, toHex, toLatin1, utf8 } from '@smets2-sim/bytes'
import { SlipDecoder, SlipEncoder } from 'serialport'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { autoDecoder } from './auto.js'
import { type Decoded, describeFault, type FrameDecoder, type Framing, MAX_MESSAGE } from './frame.js'
import { anyFrame, anyMessage, cut, framesOf } from './frames.fixture.js'
import { gfi } from './gfi.js'
import { slip } from './slip.js'
import { stuff } from './stuffing.js'

const all = (decoder: FrameDecoder, ...chunks: Uint8Array[]): Decoded[] => [
  ...chunks.flatMap((chunk) => decoder.push(chunk)),
  ...decoder.end(),
]
const faults = (found: Decoded[]): string[] =>
  found.flatMap((item) => ('fault' in item ? [describeFault(item.fault)] : []))
const framings: readonly Framing[] = [gfi, slip]
const message = (hex: string, seq = 0) => ({ type: 'message' as const, seq, message: fromHex(hex) })
const decoders: [string, () => FrameDecoder][] = [
  ['gfi', () => gfi.decoder()],
  ['slip', () => slip.decoder()],
  ['auto', autoDecoder],
]

describe('the line form', () => {
  it('is one line of a decimal length and upper-case digits', () => {
    expect(toLatin1(gfi.encode(message('dd00abc0')))).toBe('GBCS:DATA#0:4:DD00ABC0\r\n')
  })
  it('understands what a person types', () => {
    expect(all(gfi.decoder(), latin1('\nGBCS:DATA#0:2:abCD\n\r\n'))).toEqual([{ frame: message('abcd') }])
  })
  it('carries a refusal as an error line, and nothing for an acceptance', () => {
    const refusal = { type: 'acknowledge', seq: 0, status: 'malformed', text: 'found\r\n"X"' } as const
    expect(toLatin1(gfi.encode(refusal))).toBe('GBCS:ERROR#0:malformed: found.."X"\r\n')
    expect(all(gfi.decoder(), latin1('GBCS:ERROR#0:malformed: no\r\nGBCS:ERROR#0:accepted: no\r\n'))).toEqual([
      { frame: { type: 'acknowledge', seq: 0, status: 'malformed', text: 'no' } },
      { frame: { type: 'acknowledge', seq: 0, status: 'failed', text: 'accepted: no' } },
    ])
    expect(gfi.encode({ ...refusal, status: 'accepted' })).toHaveLength(0)
  })
  it.each([
    ['GBCS:DATE#0:1:00', 'found "GBCS:DATE#0:1:00" at octet 8, expected a line that starts with GBCS:DATA#0:'],
    ['GBCS:DATA#1:1:00', 'found "GBCS:DATA#1:1:00" at octet 10, expected a line that starts with GBCS:DATA#0:'],
    ['GBCS:DATA#0:x:00', 'found "x:00" at octet 12, expected a decimal length and a colon'],
    ['GBCS:DATA#0:00001:00', 'found "00001:00" at octet 12, expected a decimal length and a colon'],
    ['GBCS:DATA#0:0:', 'found 0 at octet 12, expected a length from 1 to 4092'],
    ['GBCS:DATA#0:4093:00', 'found 4093 at octet 12, expected a length from 1 to 4092'],
    ['GBCS:DATA#0:1:0 ', 'found " " at octet 15, expected hexadecimal digits'],
    ['GBCS:DATA#0:2:00', 'found 2 hexadecimal digits at octet 14, expected 4'],
    ['GBCS:DATA#0:1:000', 'found 3 hexadecimal digits at octet 14, expected 2'],
  ])('says what is wrong with %s, and reads on', (line, fault) => {
    const found = all(gfi.decoder(), latin1(`${line}\r\nGBCS:DATA#0:1:01\r\n`))
    expect(faults(found)).toEqual([fault])
    expect(framesOf(found)).toEqual([message('01')])
  })
  it('tells a line without an end once, and reads on after it', () => {
    const found = all(gfi.decoder(), latin1(`${'G'.repeat(30_000)}\nGBCS:DATA#0:1:01\n`))
    expect(faults(found)).toEqual(['found no end of line at octet 0, expected one within 8201 octets'])
    expect(framesOf(found)).toEqual([message('01')])
    expect(faults(all(gfi.decoder(), latin1('\r\nGBCS:D')))).toEqual([
      'found the end of the stream after "GBCS:D" at octet 2, expected an end of line',
    ])
  })
  it('has no line for a report, and none for a message over the limit', () => {
    expect(() => gfi.encode({ type: 'log', seq: 0, text: '' })).toThrowError(GbcsError)
    expect(() => gfi.encode({ ...message('00'), message: new Uint8Array(MAX_MESSAGE + 1) })).toThrowError(/4093.*4092/)
  })
})

describe('the SLIP form', () => {
  it('is type, sequence number, body and CRC-16/X-25, stuffed', () => {
    // Check value of the CRC: 906E over "123456789"; here type and sequence number are its first two octets.
    const packet = concat(utf8('123456789'), fromHex('6e90'))
    expect(faults(all(slip.decoder(), stuff(packet)))).toEqual([expect.stringContaining('type 31')])
    expect(toHex(slip.encode(message('c0db', 7)))).toMatch(/^c00107dbdcdbdd.*c0$/)
  })
  it('is stuffed as the serial port library does it, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (packet) => {
        const encoder = new SlipEncoder({ bluetoothQuirk: true })
        encoder.end(Buffer.from(packet))
        expect(toHex(stuff(packet))).toBe(toHex(encoder.read() as Buffer))
        const decoder = new SlipDecoder()
        decoder.end(Buffer.from(stuff(packet)))
        expect(toHex(decoder.read() as Buffer)).toBe(toHex(packet))
      }),
    )
  })
  it('gives back frames of every type', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        expect(all(slip.decoder(), slip.encode(frame))).toEqual([{ frame }])
      }),
    )
  })
  it('holds a message to the limit', () => {
    const longest = { ...message('00', 1), message: new Uint8Array(MAX_MESSAGE).fill(0xc0) }
    expect(all(slip.decoder(), slip.encode(longest))).toEqual([{ frame: longest }])
    expect(() => slip.encode({ ...longest, message: new Uint8Array(MAX_MESSAGE + 1) })).toThrowError(/4093.*4092/)
    const found = all(slip.decoder(), stuff(new Uint8Array(5000)), slip.encode(message('01')))
    expect(faults(found)).toEqual(['found no end of frame at octet 1, expected one within 4096 octets'])
    expect(framesOf(found)).toEqual([message('01')])
  })
  it.each([
    ['c0 010703 c0', 'found a frame of 3 octets at octet 1, expected 4 or more'],
    ['c0 01dbde0300 c0', 'found DE after an escape at octet 3, expected DC or DD'],
    ['c0 01db c0', 'found C0 after an escape at octet 3, expected DC or DD'],
    ['c0 0107aa0000 c0', 'found CRC 0000 at octet 1, expected db48'],
    ['31 c0', 'found a frame of 1 octets at octet 0, expected 4 or more'],
  ])('says what is wrong with %s, and reads on', (hex, fault) => {
    const found = all(slip.decoder(), fromHex(hex), slip.encode(message('01', 9)), fromHex('c0 0107'))
    expect(faults(found)).toEqual([fault, expect.stringContaining('found the end of the stream')])
    expect(framesOf(found)).toEqual([message('01', 9)])
  })
  it('notices any single wrong octet', () => {
    fc.assert(
      fc.property(anyFrame, fc.nat(), fc.integer({ min: 1, max: 255 }), (frame, place, difference) => {
        const octets = slip.encode(frame)
        const at = 1 + (place % (octets.length - 2))
        octets[at] = (octets[at] as number) ^ difference
        expect(framesOf(all(slip.decoder(), octets))).toEqual([])
      }),
    )
  })
})

describe('every framing', () => {
  it('reads the same whatever the chunks are, noise included', () => {
    const noise = fc.uint8Array({ maxLength: 60 })
    const piece = fc.oneof(
      noise,
      ...framings.map((framing) =>
        anyMessage.map((octets) => framing.encode({ type: 'message', seq: 3, message: octets })),
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 12 }), (pieces, places) => {
        const stream = concat(...pieces)
        for (const [name, decoder] of decoders)
          expect(all(decoder(), ...cut(stream, places)), name).toEqual(all(decoder(), stream))
      }),
    )
  })
  it('gives the frames that follow any noise and an end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9000 }), anyMessage, (noise, octets) => {
        const frame = { type: 'message' as const, seq: 0, message: octets }
        for (const [framing, end] of [
          [gfi, '0a'],
          [slip, 'c0'],
        ] as const)
          expect(framesOf(all(framing.decoder(), noise, fromHex(end), framing.encode(frame))).at(-1)).toEqual(frame)
      }),
    )
  })
})

describe('detection', () => {
  it('goes by the first octet', () => {
    for (const framing of framings) {
      const decoder = autoDecoder()
      expect(decoder.push(fromHex('0d0a'))).toEqual([])
      expect(decoder.framing).toBeUndefined()
      expect(decoder.push(framing.encode(message('c047')))).toEqual([{ frame: message('c047') }])
      expect(decoder.framing).toBe(framing)
    }
  })
  it('tells noise before it, with its place', () => {
    const found = all(autoDecoder(), fromHex('0a 00ff'), latin1('GBCS:DATA#0:1:1\nGBCS:DATA#0:1:01\n'))
    expect(faults(found)).toEqual([
      'found 2 octets of noise at octet 1, expected "G" or C0, which start a frame',
      'found 1 hexadecimal digits at octet 17, expected 2',
    ])
    expect(framesOf(found)).toEqual([message('01')])
  })
  it('is not led astray by the start-up text of a board', () => {
    const found = all(autoDecoder(), latin1('rst:0x1 (POWERON)\r\nGo'), slip.encode(message('02', 1)))
    expect(faults(found)).toEqual([
      expect.stringContaining('found 17 octets of noise'),
      expect.stringContaining('found the end of the stream after "Go"'),
    ])
    expect(framesOf(found)).toEqual([message('02', 1)])
  })
  it('tells endless noise too', () => {
    expect(faults(all(autoDecoder(), new Uint8Array(10_000)))).toHaveLength(3)
  })
})
