import { type BlockFrame, decodeBlockFrame, encodeBlockFrame, toBlocks } from '@smets2-sim/gbcs'
import { after, type Scheduler } from '../scheduler.js'
import { attempt } from '../stack/attempt.js'
import { IncomingBlocks } from './incoming-blocks.js'
import { tunnelParameters } from './parameters.js'
import type { Transferred } from './transfer.js'

/** What carries data of at most 1,500 octets to the other end. */
export type Carry = (data: Uint8Array, done: (result: Transferred) => void) => void
export type Delivered = (delivered: boolean) => void

interface Outgoing {
  readonly parts: readonly Uint8Array[]
  readonly done: Delivered
  next: number
  retries: number
}

const BLOCK_TAG = 0xe0
/** After a transfer has failed it is tried again, first soon, then less often. Our decision (facts: gap 6). */
const RETRY_S = [1, 5, 15, 30, 60, 120, 240]
/** How long a message that was sent is kept, in case blocks of it are asked for again. */
const KEEP_S = 120

/** A request to go on after a block, without data of its own. Our decision: block number 0. facts 10.6. */
const resumeRequest = (blockNumberAck: number): Uint8Array =>
  encodeBlockFrame({
    last: false,
    streaming: false,
    window: 1,
    blockNumber: 0,
    blockNumberAck,
    data: new Uint8Array(0),
  })
const isResumeRequest = (frame: BlockFrame): boolean => frame.blockNumber === 0 && frame.data.length === 0

/**
 * Whole GBCS messages over a carrier that takes 1,500 octets at a time: longer ones go as blocks, one after the other.
 * When the carrier fails, the message goes on later with the block that failed. Messages keep their order.
 */
export class Messages {
  #queue: Outgoing[] = []
  #sent: Outgoing | undefined
  #incoming = new IncomingBlocks()
  #busy = false

  constructor(
    readonly scheduler: Scheduler,
    readonly carry: Carry,
    readonly received: (message: Uint8Array) => void,
  ) {}

  /** `delivered` tells whether the other end has taken all of it; not before all retries have failed does it say no. */
  send(message: Uint8Array, delivered: Delivered): void {
    const short = message.length <= tunnelParameters.maximumIncomingTransferSize
    const parts = short ? [message] : toBlocks(message).map(encodeBlockFrame)
    this.#queue.push({ parts, done: delivered, next: 0, retries: 0 })
    this.#pump()
  }

  /** How many transfers wait, the one on its way included. */
  get waiting(): number {
    return this.#queue.reduce((sum, { parts, next }) => sum + parts.length - next, 0)
  }
  /** Gives up all that waits: the other end is gone for good. */
  abandon(): void {
    const queue = this.#queue
    this.#queue = []
    for (const { done } of queue) done(false)
  }

  #pump(): void {
    const current = this.#queue[0]
    if (this.#busy || !current) return
    const part = current.parts[current.next] as Uint8Array
    this.#busy = true
    this.carry(part, (result) => {
      this.#busy = false
      if (this.#queue[0] !== current) return this.#pump()
      if (result !== 'taken') return this.#failed(current, result === 'givenUp')
      current.retries = 0
      if (++current.next >= current.parts.length) this.#end(current, true)
      this.#pump()
    })
  }

  #failed(current: Outgoing, forGood: boolean): void {
    const delay = forGood ? undefined : RETRY_S[current.retries++]
    if (delay === undefined) {
      this.#end(current, false)
      return this.#pump()
    }
    this.#busy = true
    after(this.scheduler, delay * 1000, () => {
      this.#busy = false
      this.#pump()
    })
  }

  #end(current: Outgoing, delivered: boolean): void {
    this.#queue.shift()
    if (delivered && current.parts.length > 1) {
      this.#sent = current
      after(this.scheduler, KEEP_S * 1000, () => {
        if (this.#sent === current) this.#sent = undefined
      })
    }
    current.done(delivered)
  }

  /** Data from the carrier. */
  receive(data: Uint8Array): void {
    if (data[0] !== BLOCK_TAG) return this.received(data)
    const frame = attempt(() => decodeBlockFrame(data))
    if (!frame) return
    if (isResumeRequest(frame)) return this.#resume(frame.blockNumberAck)
    const result = this.#incoming.add(frame)
    if (result.kind === 'message') this.received(result.message)
    if (result.kind === 'missing') {
      const request = resumeRequest(result.resumeAfter)
      this.#queue.unshift({ parts: [request], done: () => undefined, next: 0, retries: 0 })
      this.#pump()
    }
  }

  /** The other end has lost blocks of the last message: they go out again, before what waits. */
  #resume(resumeAfter: number): void {
    const sent = this.#sent
    if (!sent || resumeAfter >= sent.parts.length) return
    this.#sent = undefined
    this.#queue.unshift({ parts: sent.parts, done: () => undefined, next: resumeAfter, retries: 0 })
    this.#pump()
  }
}
