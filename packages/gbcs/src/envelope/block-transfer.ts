import { concat, GbcsError, Reader, Writer } from '@smets2-sim/bytes'

/** One frame of general block transfer (tag E0): a piece of a message too long for its link. facts 10.6. */
export interface BlockFrame {
  readonly last: boolean
  readonly streaming: boolean
  /** 0 to 63 blocks. */
  readonly window: number
  /** From 1. */
  readonly blockNumber: number
  /** Highest block received in the other direction. */
  readonly blockNumberAck: number
  readonly data: Uint8Array
}

export function decodeBlockFrame(bytes: Uint8Array): BlockFrame {
  const reader = new Reader(bytes)
  reader.expect(0xe0, 'block transfer tag')
  const control = reader.u8('block control')
  const blockNumber = reader.u16('block number')
  const blockNumberAck = reader.u16('block number ack')
  const data = reader.take(reader.length('block data'), 'block data')
  reader.end('the block')
  return {
    last: (control & 0x80) !== 0,
    streaming: (control & 0x40) !== 0,
    window: control & 0x3f,
    blockNumber,
    blockNumberAck,
    data,
  }
}

export function encodeBlockFrame(frame: BlockFrame): Uint8Array {
  const control = (frame.last ? 0x80 : 0) | (frame.streaming ? 0x40 : 0) | frame.window
  return new Writer(frame.data.length + 16)
    .u8(0xe0)
    .u8(control)
    .u16(frame.blockNumber)
    .u16(frame.blockNumberAck)
    .prefixed(frame.data)
    .done()
}

/** Data octets of one block: 63 of them hold the longest message (facts 10.6). */
export const BLOCK_OCTETS = 1149
const MAX_BLOCKS = 63

/** Cuts a message into frames, without waiting for acknowledgement between them. */
export function toBlocks(message: Uint8Array, size = BLOCK_OCTETS): BlockFrame[] {
  const count = Math.max(1, Math.ceil(message.length / size))
  if (count > MAX_BLOCKS) throw new GbcsError('limitExceeded', `${count} blocks, at most ${MAX_BLOCKS}`)
  return Array.from({ length: count }, (_, i) => ({
    last: i === count - 1,
    streaming: i < count - 1,
    window: 1,
    blockNumber: i + 1,
    blockNumberAck: 0,
    data: message.slice(i * size, (i + 1) * size),
  }))
}

/** Collects the blocks of one message in any order; a block that contradicts an earlier one is refused. */
export class BlockAssembly {
  readonly #blocks = new Map<number, Uint8Array>()
  #last: number | undefined

  /** The whole message once every block is there. */
  add(frame: BlockFrame): Uint8Array | undefined {
    if (frame.blockNumber < 1 || frame.blockNumber > MAX_BLOCKS)
      throw new GbcsError('invalidValue', `block number ${frame.blockNumber}, expected 1 to ${MAX_BLOCKS}`)
    if (
      this.#last !== undefined &&
      (frame.blockNumber > this.#last || (frame.last && frame.blockNumber !== this.#last))
    )
      throw new GbcsError('invalidValue', `block ${frame.blockNumber} after the last block ${this.#last}`)
    if (frame.last) {
      if ([...this.#blocks.keys()].some((number) => number > frame.blockNumber))
        throw new GbcsError('invalidValue', `last block ${frame.blockNumber} comes before blocks already received`)
      this.#last = frame.blockNumber
    }
    if (!this.#blocks.has(frame.blockNumber)) this.#blocks.set(frame.blockNumber, frame.data)
    if (this.#last === undefined || this.#blocks.size < this.#last) return undefined
    return concat(...Array.from({ length: this.#last }, (_, i) => this.#blocks.get(i + 1) as Uint8Array))
  }

  /** Numbers of the blocks still missing; without the last block, those below the highest seen. */
  get missing(): number[] {
    const upTo = this.#last ?? Math.max(0, ...this.#blocks.keys())
    return Array.from({ length: upTo }, (_, i) => i + 1).filter((number) => !this.#blocks.has(number))
  }
}
