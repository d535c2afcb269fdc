import { GbcsError } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeTarget, parseTarget } from './target.js'

describe('targets', () => {
  it.each([
    ['tcp://127.0.0.1:8900', { kind: 'tcp', host: '127.0.0.1', port: 8900, framing: 'auto' }],
    ['tcp://meter.local:0?framing=gfi', { kind: 'tcp', host: 'meter.local', port: 0, framing: 'gfi' }],
    ['tcp://[::1]:4059/', { kind: 'tcp', host: '::1', port: 4059, framing: 'auto' }],
    ['serial:/dev/ttyUSB0', { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 115_200, framing: 'auto' }],
    [
      'serial:///dev/ttyS1?baud=9600&framing=slip',
      { kind: 'serial', path: '/dev/ttyS1', baudRate: 9600, framing: 'slip' },
    ],
    ['serial:COM3?baud=57600', { kind: 'serial', path: 'COM3', baudRate: 57_600, framing: 'auto' }],
  ])('reads %s', (text, target) => {
    expect(parseTarget(text)).toEqual(target)
    expect(parseTarget(describeTarget(parseTarget(text)))).toMatchObject({ kind: target.kind })
  })
  it.each([
    ['8900', 'found no known scheme, expected tcp://host:port or serial:/dev/name'],
    ['tcp://localhost', 'found "//localhost", expected tcp://host:port'],
    ['tcp:localhost:1', 'found "localhost:1", expected tcp://host:port'],
    ['tcp://localhost:', 'found port "", expected 0 to 65535'],
    ['tcp://localhost:65536', 'found port "65536", expected 0 to 65535'],
    ['tcp://localhost:1?baud=9600', 'found option "baud", expected framing'],
    ['serial:', 'found no device, expected serial:/dev/name'],
    ['serial:/dev/x?baud=fast', 'found baud "fast", expected 50 to 4000000'],
    ['serial:/dev/x?framing=hdlc', 'found framing "hdlc", expected gfi, slip, auto'],
    ['serial:/dev/x?parity=even', 'found option "parity", expected framing or baud'],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => parseTarget(text)).toThrowError(`target ${JSON.stringify(text)}: ${message}`)
  })
  it('gives a target or a GbcsError for any text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string().map((rest) => `tcp://${rest}`),
      fc.string().map((rest) => `serial:${rest}`),
    )
    fc.assert(
      fc.property(text, (value) => {
        try {
          expect(parseTarget(value).kind).toMatch(/tcp|serial/)
        } catch (error) {
          expect(error).toBeInstanceOf(GbcsError)
        }
      }),
    )
  })
})
