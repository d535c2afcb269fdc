import { concat } from '@smets2-sim/bytes'
import type { ApsFragment } from '../frames/aps.js'
import type { Scheduler } from '../scheduler.js'

/** Data octets of one piece: with the headers and security of all layers, the frame stays within 125 octets. Our decision. */
export const PIECE_OCTETS = 64

interface Assembly {
  readonly pieces: Map<number, Uint8Array>
  count: number | undefined
  lastMs: number
}

/** An unfinished message is dropped after so long without a new piece, and the oldest when there are too many. */
const PATIENCE_MS = 30_000
const MAX_ASSEMBLIES = 16

/** Puts messages together from their pieces, in whatever order these come. */
export class Assemblies {
  readonly #open = new Map<string, Assembly>()
  constructor(readonly scheduler: Scheduler) {}

  /** The whole message when this piece was the last one missing. */
  add(key: string, fragment: ApsFragment, data: Uint8Array): Uint8Array | undefined {
    const now = this.scheduler.now()
    for (const [other, { lastMs }] of this.#open) if (now - lastMs > PATIENCE_MS) this.#open.delete(other)
    const assembly = this.#open.get(key) ?? { pieces: new Map<number, Uint8Array>(), count: undefined, lastMs: now }
    this.#open.set(key, assembly)
    if (this.#open.size > MAX_ASSEMBLIES) this.#open.delete(this.#open.keys().next().value as string)
    assembly.lastMs = now
    if (fragment.part === 'first') assembly.count = fragment.block
    assembly.pieces.set(fragment.part === 'first' ? 0 : fragment.block, data)
    if (assembly.count === undefined) return undefined
    const pieces: Uint8Array[] = []
    for (let i = 0; i < assembly.count; i++) {
      const piece = assembly.pieces.get(i)
      if (!piece) return undefined
      pieces.push(piece)
    }
    this.#open.delete(key)
    return concat(...pieces)
  }
}
