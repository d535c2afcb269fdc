import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { concat, crc16X25, eui64, fromHex, toHex, utf8 } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyFrame } from '../framing/frames.fixture.js'
import { type Decoded, type Frame, slip } from '../framing/index.js'
import { stuff } from '../framing/stuffing.js'
import { ptyTo, tcpServer } from '../link/index.js'
import { has } from '../link/programs.fixture.js'
import { serveWan } from './serve.js'

const sources = new URL('../../../../fixtures/microcontroller/', import.meta.url).pathname
const withGcc = has('gcc', '--version')

describe.skipIf(!withGcc)('the header for microcontrollers', () => {
  const dir = mkdtempSync(join(tmpdir(), 'board-'))
  const strict = ['-std=c99', '-pedantic', '-Wall', '-Wextra', '-Werror', '-O1']
  const compile = (source: string, target: string, ...more: string[]): void =>
    void execFileSync('gcc', [...strict, ...more, '-o', join(dir, target), '-x', 'c', '-'], {
      input: source,
      cwd: sources,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  beforeAll(() => {
    // Sanitizers where the compiler has their libraries.
    const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover']
    let more = sanitizers
    try {
      compile('int main(void) { return 0; }', 'probe', ...sanitizers)
    } catch {
      more = []
    }
    for (const name of ['example', 'check']) compile(`#include "${name}.c"\n`, name, `-I${sources}`, ...more)
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  /** What the decoder of the header makes of a stream. */
  const decodedByC = (stream: Uint8Array): string[] =>
    execFileSync(join(dir, 'check'), { input: stream }).toString().split('\n').slice(0, -1)

  /** The same of ours. Types and bodies are no concern of the header: it gives any frame whose CRC is right. */
  function expectedOf(item: Decoded): string {
    if ('frame' in item) return 'frame'
    const { code, found } = item.fault
    if (code === 'unknownType' || found.startsWith('a body of type')) return 'frame'
    return `error ${code === 'badCrc' ? -1 : code === 'tooLong' ? -2 : -3}`
  }

  it('decodes what the simulator decodes, however damaged', () => {
    const damaged = fc.tuple(anyFrame, fc.option(fc.tuple(fc.nat(), fc.nat(255)))).map(([frame, damage]) => {
      const octets = slip.encode(frame)
      if (damage) octets[damage[0] % octets.length] = damage[1]
      return octets
    })
    const piece = fc.oneof(damaged, fc.uint8Array({ maxLength: 20 }), fc.constant(new Uint8Array(5000)))
    fc.assert(
      fc.property(fc.array(piece, { minLength: 10, maxLength: 40 }), (pieces) => {
        const stream = concat(...pieces)
        const kinds = decodedByC(stream).map((line) => line.replace(/^frame .*/, 'frame'))
        expect(kinds).toEqual(slip.decoder().push(stream).map(expectedOf))
      }),
      { numRuns: 20 },
    )
  })
  it('encodes as the simulator does, and finds every integer of a report', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { minLength: 10, maxLength: 40 }), (frames) => {
        const lines = decodedByC(concat(...frames.map(slip.encode)))
        expect(lines).toEqual(frames.map((frame) => `frame ${toHex(slip.encode(frame))}${integersOf(frame)}`))
      }),
      { numRuns: 20 },
    )
  })
  it('reads no further than a report goes, whatever is in it', () => {
    const start = fromHex('a1 6a') // a map, and the key that the header looks for
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 30 }), { minLength: 5, maxLength: 20 }), (bodies) => {
        const frames = bodies.map((body) => withCrc(concat(Uint8Array.of(3, 0), start, utf8('attributes'), body)))
        expect(decodedByC(concat(...frames)).map((line) => line.slice(0, 6))).toEqual(bodies.map(() => 'frame '))
      }),
      { numRuns: 20 },
    )
  })

  it.skipIf(!has('socat', '-V'))('talks to a home over a serial line', async () => {
    let report: (frame: Frame) => void = () => undefined
    const device = eui64('90b3d51f30010000')
    const taken: string[] = []
    const server = await tcpServer({ kind: 'tcp', host: '127.0.0.1', port: 0, framing: 'auto' }, (link) => {
      serveWan(
        link,
        (message) => {
          taken.push(toHex(message))
          setImmediate(() =>
            report({
              type: 'report',
              seq: 0,
              report: {
                device,
                cluster: 0x0702,
                attributes: new Map([
                  [0x0000, 12_345_678_901],
                  [0x0400, -250],
                ]),
              },
            }),
          )
          return Promise.resolve(fromHex('df c0 db'))
        },
        {
          hello: { name: 'home 7' },
          frames: (send) => {
            report = send
            return () => undefined
          },
        },
      )
    })
    const pty = await ptyTo(join(dir, 'tty'), server.target)
    const board = spawn(join(dir, 'example'), [join(dir, 'tty'), 'dd00c0db'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    for await (const chunk of board.stdout as AsyncIterable<Buffer>) said += chunk.toString()
    expect(said.split('\n')).toEqual([
      'hello from home 7',
      'frame 2: status 0 ',
      'message of 3 octets: DF C0 DB',
      'import 12345678901 Wh',
      'demand -250 W',
      '',
    ])
    expect(taken).toEqual(['dd00c0db'])
    await pty.close()
    await server.close()
  })
})

/** The integers of a report as the checking program prints them, by identifier; it has 64 bits with a sign for each. */
function integersOf(frame: Frame): string {
  if (frame.type !== 'report') return ''
  return [...frame.report.attributes]
    .sort(([a], [b]) => a - b)
    .filter(
      ([, value]) =>
        (typeof value === 'number' || typeof value === 'bigint') && BigInt.asIntN(64, BigInt(value)) === BigInt(value),
    )
    .map(([id, value]) => ` ${id}=${String(value)}`)
    .join('')
}

/** Any content as a frame whose CRC is right. */
function withCrc(content: Uint8Array): Uint8Array {
  const crc = crc16X25(content)
  return stuff(concat(content, Uint8Array.of(crc & 0xff, crc >> 8)))
}
