/** A message on the wide area network, with its number in the sequence of its direction. */
export interface WanFrame {
  readonly number: number
  readonly message: Uint8Array
}

/**
 * One end of the wide area network: what it has to send until the other end has confirmed it, and how far it has taken
 * what came. A plain value: kept in a store, it survives a power cycle. Messages arrive once each and in order,
 * whatever is lost, repeated or cut off between the two ends.
 */
export interface WanEnd {
  readonly isUp: boolean
  /** Not confirmed yet, oldest first. */
  readonly unconfirmed: readonly WanFrame[]
  readonly lastSent: number
  readonly lastTaken: number
}
export const newWanEnd: WanEnd = { isUp: false, unconfirmed: [], lastSent: 0, lastTaken: 0 }

/** The end that goes with another one: it has taken what was confirmed to that, and sent what that has taken. */
export const opposite = ({ unconfirmed, lastSent, lastTaken }: WanEnd): WanEnd => ({
  ...newWanEnd,
  lastSent: lastTaken,
  lastTaken: lastSent - unconfirmed.length,
})

/** What an end has become, and the frames that it sends now. */
export interface WanStep {
  readonly end: WanEnd
  readonly send: readonly WanFrame[]
}
const still = (end: WanEnd): WanStep => ({ end, send: [] })

/** A message for the other end: sent now, or when the network is back. */
export function put(end: WanEnd, message: Uint8Array): WanStep {
  const frame = { number: end.lastSent + 1, message }
  const next = { ...end, lastSent: frame.number, unconfirmed: [...end.unconfirmed, frame] }
  return { end: next, send: end.isUp ? [frame] : [] }
}

/** The network is there: all that was not confirmed goes out, once more if it did before. */
export const connected = (end: WanEnd): WanStep => ({ end: { ...end, isUp: true }, send: end.unconfirmed })
export const disconnected = (end: WanEnd): WanStep => still({ ...end, isUp: false })
/** Nothing was confirmed for a while: the same again. */
export const retry = (end: WanEnd): WanStep => ({ end, send: end.isUp ? end.unconfirmed : [] })

/** The other end has taken everything up to a number. */
export const confirmed = (end: WanEnd, number: number): WanStep =>
  still({ ...end, unconfirmed: end.unconfirmed.filter((frame) => frame.number > number) })

/** A frame has come. `taken` is its message if it is the next one; `confirm` is what is to be confirmed either way. */
export function arrived(end: WanEnd, { number, message }: WanFrame): WanStep & { confirm: number; taken?: Uint8Array } {
  const isNext = number === end.lastTaken + 1
  const next = isNext ? { ...end, lastTaken: number } : end
  return { ...still(next), confirm: next.lastTaken, ...(isNext && { taken: message }) }
}
