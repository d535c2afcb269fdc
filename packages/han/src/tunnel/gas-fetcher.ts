import { after, type Cancel, type Scheduler } from '../scheduler.js'
import { attempt } from '../stack/attempt.js'
import { decodeGasTransfer, encodeGasTransfer } from './gas-header.js'
import type { Carry } from './messages.js'

const ANSWER_MS = 20_000
const RETRY_MS = 1000
const ATTEMPTS = 3

/** The gas meter's end of its tunnel: fetches what the hub holds, and puts what it has to say. facts 10.1, 10.3. */
export class GasFetcher {
  /** Lets the radio go; undefined when nothing is being fetched. */
  #rest: (() => void) | undefined
  #again = false
  #attempts = 0
  #cancel: Cancel = () => undefined

  constructor(
    readonly scheduler: Scheduler,
    /** Sends through the tunnel. */
    readonly carry: Carry,
    readonly received: (data: Uint8Array) => void,
    /** Keeps the radio on; the result lets it go. */
    readonly keepAwake: () => () => void,
  ) {}

  readonly put: Carry = (data, done) => {
    const rest = this.keepAwake()
    this.carry(encodeGasTransfer({ kind: 'put', data }), (result) => {
      rest()
      done(result)
    })
  }

  /** Asks for messages until there is none left. */
  fetch(): void {
    if (this.#rest) return void (this.#again = true)
    this.#rest = this.keepAwake()
    this.#attempts = ATTEMPTS
    this.#ask()
  }

  #ask(): void {
    this.#after(ANSWER_MS, () => this.#retry())
    this.carry(encodeGasTransfer({ kind: 'get' }), (result) => {
      if (this.#rest && result !== 'taken') this.#after(RETRY_MS, () => this.#retry())
    })
  }
  #after(ms: number, action: () => void): void {
    this.#cancel()
    this.#cancel = after(this.scheduler, ms, action)
  }
  #retry(): void {
    if (--this.#attempts > 0) this.#ask()
    else this.#end()
  }
  #end(): void {
    this.#cancel()
    this.#rest?.()
    this.#rest = undefined
    if (!this.#again) return
    this.#again = false
    this.fetch()
  }

  /** Data that came through the tunnel. */
  receive(bytes: Uint8Array): void {
    const transfer = attempt(() => decodeGasTransfer(bytes))
    if (transfer?.kind !== 'getResponse') return
    if (transfer.data.length > 0) this.received(transfer.data)
    if (!this.#rest) return
    this.#attempts = ATTEMPTS
    if (transfer.remaining > 0) this.#ask()
    else this.#end()
  }
}
