import { concat } from '@smets2-sim/bytes'

/** What is offered: identifies the image, and its size in octets. */
export interface ImageOffer {
  readonly manufacturerCode: number
  readonly imageType: number
  readonly fileVersion: number
  readonly size: number
}
/** An image as far as it has come. A plain value: kept in a store, the transfer goes on where it was. */
export interface Transfer {
  readonly offer: ImageOffer
  readonly blocks: readonly Uint8Array[]
  readonly received: number
}

const isSame = (a: ImageOffer, b: ImageOffer): boolean =>
  a.manufacturerCode === b.manufacturerCode &&
  a.imageType === b.imageType &&
  a.fileVersion === b.fileVersion &&
  a.size === b.size

/** Begins a transfer, or goes on with the one that is underway if it is of the same image. */
export const offered = (current: Transfer | undefined, offer: ImageOffer): Transfer =>
  current && isSame(current.offer, offer) ? current : { offer, blocks: [], received: 0 }

export const isComplete = ({ offer, received }: Transfer): boolean => received === offer.size

/** Where the next block starts, and how much of it there can be. */
export const nextBlock = ({ offer, received }: Transfer, most: number): { offset: number; length: number } => ({
  offset: received,
  length: Math.min(most, offer.size - received),
})

/**
 * Takes a block. One that was here already is ignored, as is one from further on: it will be asked for again. What
 * goes beyond the end is cut.
 */
export function blockArrived(transfer: Transfer, offset: number, octets: Uint8Array): Transfer {
  if (offset !== transfer.received || octets.length === 0) return transfer
  const block = octets.slice(0, transfer.offer.size - offset)
  return { ...transfer, blocks: [...transfer.blocks, block], received: offset + block.length }
}

/** The octets of a complete transfer. */
export const imageOctets = ({ blocks }: Transfer): Uint8Array => concat(...blocks)
