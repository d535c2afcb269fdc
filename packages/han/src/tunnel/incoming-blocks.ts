import { equalBytes } from '@smets2-sim/bytes'
import { BlockAssembly, type BlockFrame } from '@smets2-sim/gbcs'
import { attempt } from '../stack/attempt.js'

/** What a block led to. */
export type BlockResult =
  | { readonly kind: 'message'; readonly message: Uint8Array }
  /** The last block came, but not all before it: the sender should go on after this number. */
  | { readonly kind: 'missing'; readonly resumeAfter: number }
  | { readonly kind: 'nothing' }

/**
 * Puts a message together from its blocks. Blocks that come again do no harm, also after the message is complete; a
 * block that contradicts an earlier one begins another message.
 */
export class IncomingBlocks {
  #assembly = new BlockAssembly()
  readonly #seen = new Map<number, Uint8Array>()
  #complete = false

  add(frame: BlockFrame): BlockResult {
    const known = this.#seen.get(frame.blockNumber)
    const repeated = known !== undefined && equalBytes(known, frame.data)
    if (repeated && this.#complete) return { kind: 'nothing' }
    if (this.#complete || (known !== undefined && !repeated)) this.#restart()
    let added = attempt(() => ({ message: this.#assembly.add(frame) }))
    if (!added) {
      this.#restart() // its numbers do not fit: the blocks before it belong to a message that was given up
      added = attempt(() => ({ message: this.#assembly.add(frame) }))
      if (!added) return { kind: 'nothing' }
    }
    this.#seen.set(frame.blockNumber, frame.data)
    if (added.message) {
      this.#complete = true
      return { kind: 'message', message: added.message }
    }
    const [firstMissing] = this.#assembly.missing
    return frame.last && firstMissing !== undefined
      ? { kind: 'missing', resumeAfter: firstMissing - 1 }
      : { kind: 'nothing' }
  }

  #restart(): void {
    this.#assembly = new BlockAssembly()
    this.#seen.clear()
    this.#complete = false
  }
}
