import type { RemotePartyRole } from '@smets2-sim/gbcs'
import { type Item, item, type ItemStore } from './item-store.js'

/** Highest originator counter executed for a role; -1 before the first, so that a counter of 0 is accepted. facts 2.2. */
const executed = (role: RemotePartyRole): Item<bigint> => item(`counter.executed.${role}`, -1n)
/** The device's own originator counter: the last one used. */
const own: Item<bigint> = item('counter.own', 0n)

/** Counters against replay, and the device's own. */
export class Counters {
  readonly #store: ItemStore
  constructor(store: ItemStore) {
    this.#store = store
  }

  isFresh(role: RemotePartyRole, counter: bigint): boolean {
    return counter > this.#store.read(executed(role))
  }
  /** The current sequence number of a role as CS02a reports it; 0 before the first. */
  current(role: RemotePartyRole): bigint {
    const value = this.#store.read(executed(role))
    return value < 0n ? 0n : value
  }
  /** Records an accepted counter; it never goes back. */
  accept(role: RemotePartyRole, counter: bigint): void {
    this.#store.update(executed(role), (value) => (counter > value ? counter : value))
  }
  /** Sets the floor when control of a role changes hands (CS02b); the only way in which a counter may go back. */
  setFloor(role: RemotePartyRole, floor: bigint): void {
    this.#store.write(executed(role), floor)
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
