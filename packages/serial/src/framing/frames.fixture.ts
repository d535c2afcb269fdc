import { type Eui64, eui64 } from '@smets2-sim/bytes'
import fc from 'fast-check'
import { type Decoded, type Frame, frameStatus, type FrameStatus, MAX_MESSAGE } from './frame.js'

/** Arbitrary frames of every type, for properties. */
const seq = fc.nat(255)
const octets = (maxLength: number, minLength = 0): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength, maxLength })
const id: fc.Arbitrary<Eui64> = octets(8, 8).map(eui64)
const word = fc.nat(0xffff)
const text = fc.string({ unit: 'grapheme', maxLength: 60 })
const integer = fc.bigInt(-(2n ** 64n), 2n ** 64n - 1n).map((n) => (Number.isSafeInteger(Number(n)) ? Number(n) : n))

export const anyMessage: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 9, arbitrary: octets(300, 1) },
  { weight: 1, arbitrary: octets(MAX_MESSAGE, MAX_MESSAGE - 1) },
)
export const anyFrame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ type: fc.constant('message' as const), seq, message: anyMessage }),
  fc.record({
    type: fc.constant('aps' as const),
    seq,
    aps: fc.record({
      destination: id,
      source: id,
      destinationEndpoint: seq,
      sourceEndpoint: seq,
      profile: word,
      cluster: word,
      asdu: octets(100),
    }),
  }),
  fc.record({
    type: fc.constant('report' as const),
    seq,
    report: fc.record({
      device: id,
      cluster: word,
      attributes: fc
        .uniqueArray(fc.tuple(word, fc.oneof(integer, text, octets(20))), { selector: ([key]) => key, maxLength: 8 })
        .map((rows) => new Map(rows)),
    }),
  }),
  fc.record({ type: fc.constant('log' as const), seq, text }),
  fc.record({ type: fc.constant('hello' as const), seq }),
  fc.record({
    type: fc.constant('hello' as const),
    seq,
    hello: fc.record({
      version: seq,
      name: text,
      maxFrame: word,
      types: fc.array(seq, { maxLength: 6 }),
      devices: fc.array(fc.tuple(id, text), { maxLength: 4 }).map((rows) => new Map(rows)),
    }),
  }),
  fc.record({
    type: fc.constant('acknowledge' as const),
    seq,
    status: fc.constantFrom(...(Object.keys(frameStatus) as FrameStatus[])),
    text,
  }),
)

/** The frames among what was decoded. */
export const framesOf = (found: readonly Decoded[]): Frame[] =>
  found.flatMap((item) => ('frame' in item ? [item.frame] : []))
/** The octets cut at these places. */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return edges.slice(1).map((edge, i) => bytes.subarray(edges[i], edge))
}
