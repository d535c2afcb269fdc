import { equalBytes } from '@smets2-sim/bytes'
import type { DecodedMessage } from '@smets2-sim/gbcs'
import { isAnswerTo, tryDecode, type WanAnswer } from '@smets2-sim/parties'

interface Open {
  readonly octets: Uint8Array
  /** Undefined when the octets are no message: a device may say so. */
  readonly command: DecodedMessage | undefined
  readonly settle: (answer: WanAnswer) => void
}

/** Commands that wait for their answers. Of two that are the same, the earlier one gets the first answer. */
export class Exchanges {
  readonly #open: Open[] = []

  /** Waits for the answer to a command; gives the way to give up. */
  open(octets: Uint8Array, settle: (answer: WanAnswer) => void): () => void {
    const row: Open = { octets, command: tryDecode(octets), settle }
    this.#open.push(row)
    return () => void this.#take(row)
  }

  /** A message has come back; whether it was an answer that somebody waited for. */
  answered(octets: Uint8Array): boolean {
    const message = tryDecode(octets)
    const row = message && this.#open.find(({ command }) => command && isAnswerTo(command, message))
    if (!row) return false
    this.#take(row)
    row.settle({ kind: 'response', message: octets })
    return true
  }
  /** A device has discarded a command, or the hub could not deliver it. */
  discarded(octets: Uint8Array, reason: string, detail: string): void {
    const message = tryDecode(octets)
    const row = this.#open.find((one) => equalBytes(one.octets, octets) || isSame(one.command, message))
    if (!row) return
    this.#take(row)
    row.settle({ kind: 'discarded', reason, detail })
  }

  #take(row: Open): void {
    const at = this.#open.indexOf(row)
    if (at >= 0) this.#open.splice(at, 1)
  }
}

/** The same command, though perhaps damaged on its way. */
const isSame = (a: DecodedMessage | undefined, b: DecodedMessage | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.originator === b.originator &&
  a.target === b.target &&
  a.originatorCounter === b.originatorCounter
