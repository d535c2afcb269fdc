import type { UtcSeconds } from '@smets2-sim/cosem'

/** A log as devices keep it: bounded, the oldest entry gives way to the newest. */
export interface Log<E> {
  readonly capacity: number
  readonly length: number
  /** Another number after every change. */
  readonly revision: number
  append(entry: E): void
  clear(): void
  /** Oldest first. */
  entries(): Iterable<E>
  /** Entries with a time from `from` to `to`, both inclusive, oldest first. */
  between(from: UtcSeconds, to: UtcSeconds): E[]
}

/** A ring buffer of small entries: event logs, billing data. Holds nothing until written. */
export class RingLog<E> implements Log<E> {
  readonly capacity: number
  readonly #timeOf: (entry: E) => UtcSeconds
  #ring: E[] = []
  #start = 0
  #revision = 0

  constructor(capacity: number, timeOf: (entry: E) => UtcSeconds) {
    this.capacity = capacity
    this.#timeOf = timeOf
  }

  get length(): number {
    return this.#ring.length
  }
  get revision(): number {
    return this.#revision
  }

  append(entry: E): void {
    this.#revision++
    if (this.#ring.length < this.capacity) {
      this.#ring.push(entry)
      return
    }
    this.#ring[this.#start] = entry
    this.#start = (this.#start + 1) % this.capacity
  }

  clear(): void {
    this.#ring = []
    this.#start = 0
    this.#revision++
  }

  *entries(): IterableIterator<E> {
    for (let i = 0; i < this.#ring.length; i++) yield this.#ring[(this.#start + i) % this.#ring.length] as E
  }

  between(from: UtcSeconds, to: UtcSeconds): E[] {
    const found: E[] = []
    for (const entry of this.entries()) {
      const time = this.#timeOf(entry)
      if (time >= from && time <= to) found.push(entry)
    }
    return found
  }
}

type Columns<K extends string> = Readonly<Record<K, number>>

/**
 * A ring buffer of entries that are unsigned 32-bit numbers, one typed array a column: 13 months of half hours in
 * 75 KiB a column. The arrays grow with what is written, up to the capacity.
 */
export class ColumnLog<K extends string> implements Log<Columns<K>> {
  readonly capacity: number
  readonly #names: readonly K[]
  readonly #time: K
  #columns: Record<K, Uint32Array>
  #revision = 0
  #start = 0
  #length = 0

  /** `names[0]` is the time of the entry. */
  constructor(capacity: number, names: readonly [K, ...K[]]) {
    this.capacity = capacity
    this.#names = names
    this.#time = names[0]
    this.#columns = this.#allocate(0)
  }

  #allocate(size: number): Record<K, Uint32Array> {
    return Object.fromEntries(this.#names.map((name) => [name, new Uint32Array(size)])) as Record<K, Uint32Array>
  }

  get length(): number {
    return this.#length
  }
  get revision(): number {
    return this.#revision
  }

  append(entry: Columns<K>): void {
    this.#revision++
    const size = this.#columns[this.#time].length
    if (this.#length === size && size < this.capacity) this.#grow(Math.min(this.capacity, Math.max(48, 2 * size)))
    const at = this.#length < this.capacity ? this.#length : this.#start
    for (const name of this.#names) this.#columns[name][at] = entry[name]
    if (this.#length < this.capacity) this.#length++
    else this.#start = (this.#start + 1) % this.capacity
  }

  #grow(size: number): void {
    const grown = this.#allocate(size)
    for (const name of this.#names) grown[name].set(this.#columns[name])
    this.#columns = grown
  }

  clear(): void {
    this.#columns = this.#allocate(0)
    this.#start = 0
    this.#length = 0
    this.#revision++
  }

  #at(i: number): Columns<K> {
    const at = (this.#start + i) % this.capacity
    const entry = {} as Record<K, number>
    for (const name of this.#names) entry[name] = this.#columns[name][at] as number
    return entry
  }

  *entries(): IterableIterator<Columns<K>> {
    for (let i = 0; i < this.#length; i++) yield this.#at(i)
  }

  between(from: UtcSeconds, to: UtcSeconds): Columns<K>[] {
    const found: Columns<K>[] = []
    const times = this.#columns[this.#time]
    for (let i = 0; i < this.#length; i++) {
      const time = times[(this.#start + i) % this.capacity] as number
      if (time >= from && time <= to) found.push(this.#at(i))
    }
    return found
  }
}
