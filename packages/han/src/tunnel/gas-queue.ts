import { after, type Cancel, type Scheduler } from '../scheduler.js'
import { attempt } from '../stack/attempt.js'
import { decodeGasTransfer, encodeGasTransfer } from './gas-header.js'
import type { Carry } from './messages.js'
import type { Transferred } from './transfer.js'

interface Held {
  readonly data: Uint8Array
  readonly done: (result: Transferred) => void
  readonly cancel: Cancel
}

export interface GasQueueOptions {
  readonly scheduler: Scheduler
  /** Sends through the tunnel. */
  readonly carry: Carry
  readonly received: (data: Uint8Array) => void
  /** Whether something waits: the notification flag. */
  readonly pending: (waiting: boolean) => void
  /** How many transfers wait in all, the one held here included. */
  readonly waiting: () => number
  /** The meter asks for data: whoever keeps some may hold it now. */
  readonly asked?: () => void
  /** Seconds after which data that was not fetched is given up. */
  readonly timeoutS: number
}

/** The hub's end of a gas meter's tunnel: holds data until the meter asks for it. facts 10.1, 10.2. */
export class GasQueue {
  #held: Held | undefined
  #answering = false
  /** The meter asks for the next one before this end knows that it has the last one. */
  #askedAgain = false

  constructor(readonly options: GasQueueOptions) {}

  /** Holds data, one at a time; it is `taken` once the meter has fetched it. */
  readonly hold: Carry = (data, done) => {
    const { scheduler, timeoutS } = this.options
    const held: Held = { data, done, cancel: after(scheduler, timeoutS * 1000, () => this.#end(held, 'givenUp')) }
    this.#held = held
    this.options.pending(true)
  }

  /** Forgets what is held. */
  drop(): void {
    this.#held?.cancel()
    this.#held = undefined
  }

  #end(held: Held, result: Transferred): void {
    if (this.#held !== held) return
    held.cancel()
    this.#held = undefined
    this.options.pending(false)
    held.done(result)
  }

  /** Data that came through the tunnel. */
  receive(bytes: Uint8Array): void {
    const transfer = attempt(() => decodeGasTransfer(bytes))
    if (transfer?.kind === 'put') this.options.received(transfer.data)
    if (transfer?.kind === 'get') this.#answer()
  }

  #answer(): void {
    if (this.#answering) return void (this.#askedAgain = true)
    this.#answering = true
    this.options.asked?.()
    const held = this.#held
    const remaining = Math.max(0, this.options.waiting() - 1)
    const response = encodeGasTransfer({ kind: 'getResponse', remaining, data: held?.data ?? new Uint8Array(0) })
    this.options.carry(response, (result) => {
      this.#answering = false
      if (held && result === 'taken') this.#end(held, 'taken')
      if (!this.#askedAgain) return
      this.#askedAgain = false
      this.#answer()
    })
  }
}
