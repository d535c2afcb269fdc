import type { RemotePartyRole, UseCaseHead } from '@smets2-sim/gbcs'
import { type Item, item, type ItemStore } from './item-store.js'

/** A sequence of originator counters: one for each role, and one for the top-ups of the supplier. facts 2.2. */
export type CounterSeries = RemotePartyRole | 'supplierTopUp'
/** The series in which a command counts. */
export const seriesOf = ({ topUp }: UseCaseHead, role: RemotePartyRole): CounterSeries =>
  topUp ? 'supplierTopUp' : role

/** Highest originator counter executed of a series; -1 before the first, so that a counter of 0 is accepted. */
const executed = (series: CounterSeries): Item<bigint> => item(`counter.executed.${series}`, -1n)
/** The device's own originator counter: the last one used. */
const own: Item<bigint> = item('counter.own', 0n)

/** Counters against replay, and the device's own. */
export class Counters {
  readonly #store: ItemStore
  constructor(store: ItemStore) {
    this.#store = store
  }

  isFresh(series: CounterSeries, counter: bigint): boolean {
    return counter > this.#store.read(executed(series))
  }
  /** The current sequence number of a series as CS02a reports it; 0 before the first. */
  current(series: CounterSeries): bigint {
    const value = this.#store.read(executed(series))
    return value < 0n ? 0n : value
  }
  /** Records an accepted counter; it never goes back. */
  accept(series: CounterSeries, counter: bigint): void {
    this.#store.update(executed(series), (value) => (counter > value ? counter : value))
  }
  /** Sets the floor when control of a role changes hands (CS02b); the only way in which a counter may go back. */
  setFloor(series: CounterSeries, floor: bigint): void {
    this.#store.write(executed(series), floor)
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
