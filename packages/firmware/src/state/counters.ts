import type { RemotePartyRole, UseCaseHead } from '@smets2-sim/gbcs'
import { type Item, item, type ItemStore } from './item-store.js'

/** A sequence of counters: one for each role, and one for the supplier's top-ups. facts 2.2. */
export type CounterSequence = RemotePartyRole | 'topUp'
export const sequenceOf = ({ topUp }: UseCaseHead, role: RemotePartyRole): CounterSequence => (topUp ? 'topUp' : role)

/** Highest originator counter executed of a sequence; -1 before the first, so that a counter of 0 is accepted. facts 2.2. */
const executed = (sequence: CounterSequence): Item<bigint> => item(`counter.executed.${sequence}`, -1n)
/** The device's own originator counter: the last one used. */
const own: Item<bigint> = item('counter.own', 0n)

/** Counters against replay, and the device's own. */
export class Counters {
  readonly #store: ItemStore
  constructor(store: ItemStore) {
    this.#store = store
  }

  isFresh(sequence: CounterSequence, counter: bigint): boolean {
    return counter > this.#store.read(executed(sequence))
  }
  /** The current number of a sequence, as CS02a reports that of a role; 0 before the first. */
  current(sequence: CounterSequence): bigint {
    const value = this.#store.read(executed(sequence))
    return value < 0n ? 0n : value
  }
  /** Records an accepted counter; it never goes back. */
  accept(sequence: CounterSequence, counter: bigint): void {
    this.#store.update(executed(sequence), (value) => (counter > value ? counter : value))
  }
  /** Sets the floor when control of a role changes hands (CS02b); the only way in which a counter may go back. */
  setFloor(sequence: CounterSequence, floor: bigint): void {
    this.#store.write(executed(sequence), floor)
  }
  /** The next own counter, for an alert or an encryption of its own. */
  next(): bigint {
    return this.#store.update(own, (value) => value + 1n)
  }
  get own(): bigint {
    return this.#store.read(own)
  }
  set own(value: bigint) {
    this.#store.write(own, value)
  }
}
