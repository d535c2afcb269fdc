import { type Decoded, type FrameDecoder, type Framing } from './frame.js'
import { gfi } from './gfi.js'
import { slip } from './slip.js'
import { END } from './stuffing.js'

const LINE_START = 'G'.charCodeAt(0)
/** Octets that stand for nothing between frames: CR and LF. */
const isBlank = (octet: number): boolean => octet === 0x0a || octet === 0x0d
const NOISE_LIMIT = 4096

/** A decoder that finds out what the other end speaks. */
export interface AutoDecoder extends FrameDecoder {
  /** Undefined as long as nothing has shown it. */
  readonly framing: Framing | undefined
}

/**
 * Tells the framings apart by their first octet: `G` or C0. What comes before is noise, and told. No line has an
 * octet C0 in it, so a start-up text with a `G` in it does not hide frames that follow: C0 always means them.
 */
export function autoDecoder(): AutoDecoder {
  let current: { framing: Framing; decoder: FrameDecoder; base: number } | undefined
  let offset = 0
  let noise = 0
  let noiseAt = 0

  const told = (): Decoded[] => {
    if (noise === 0) return []
    const found = `${noise} octets of noise`
    noise = 0
    return [{ fault: { code: 'malformed', offset: noiseAt, found, expected: '"G" or C0, which start a frame' } }]
  }
  const start = (framing: Framing): Decoded[] => {
    const before = [...told(), ...ended()]
    current = { framing, decoder: framing.decoder(), base: offset }
    return before
  }
  const ended = (): Decoded[] => (current ? placed(current.decoder.end(), current.base) : [])
  const feed = (chunk: Uint8Array): Decoded[] => {
    const found = current ? placed(current.decoder.push(chunk), current.base) : []
    offset += chunk.length
    return found
  }
  /** Takes octets until one of them decides. */
  const listen = (octet: number): Decoded[] => {
    if (octet === END || octet === LINE_START)
      return [...start(octet === END ? slip : gfi), ...feed(Uint8Array.of(octet))]
    if (!isBlank(octet) && noise++ === 0) noiseAt = offset
    offset++
    return noise === NOISE_LIMIT ? told() : []
  }

  return {
    get framing() {
      return current?.framing
    },
    push(chunk) {
      const found: Decoded[] = []
      let at = 0
      while (!current && at < chunk.length) found.push(...listen(chunk[at++] as number))
      const rest = chunk.subarray(at)
      const turn = current?.framing === gfi ? rest.indexOf(END) : -1
      if (turn < 0) found.push(...feed(rest))
      else found.push(...feed(rest.subarray(0, turn)), ...start(slip), ...feed(rest.subarray(turn)))
      return found
    },
    end: () => [...told(), ...ended()],
  }
}

/** Faults with their place in the whole stream. */
const placed = (found: Decoded[], base: number): Decoded[] =>
  base === 0
    ? found
    : found.map((item) => ('fault' in item ? { fault: { ...item.fault, offset: item.fault.offset + base } } : item))
