/** What is to happen at a time, in milliseconds. */
export interface Event {
  readonly atMs: number
  /** For errors: what it is. */
  readonly name: string
  readonly run: () => void
}
interface Entry extends Event {
  readonly order: number
  cancelled: boolean
}

/** So many cancelled events may wait for their time before they are cleared away. */
const FEW = 64

/** Events by time; those of the same time in the order in which they came. A binary heap. */
export class EventQueue {
  #heap: Entry[] = []
  #order = 0
  #cancelled = 0

  /** Gives the way to cancel it. */
  add(event: Event): () => void {
    const entry: Entry = { ...event, order: this.#order++, cancelled: false }
    this.#heap.push(entry)
    this.#up(this.#heap.length - 1)
    return () => this.#cancel(entry)
  }
  #cancel(entry: Entry): void {
    if (entry.cancelled) return
    entry.cancelled = true
    if (++this.#cancelled > FEW && this.#cancelled > this.#heap.length / 2) this.#clear()
  }
  /** Events in order are a heap. */
  #clear(): void {
    this.#heap = this.#heap.filter(({ cancelled }) => !cancelled).sort((a, b) => a.atMs - b.atMs || a.order - b.order)
    this.#cancelled = 0
  }

  /** Time of the first event. */
  nextMs(): number | undefined {
    while (this.#heap[0]?.cancelled) this.#removeFirst()
    return this.#heap[0]?.atMs
  }
  /** Takes the first event out. */
  take(): Event | undefined {
    const first = this.nextMs() === undefined ? undefined : this.#removeFirst()
    if (first) first.cancelled = true // it is too late for that
    return first
  }

  #removeFirst(): Entry | undefined {
    const first = this.#heap[0]
    if (first?.cancelled) this.#cancelled--
    const last = this.#heap.pop()
    if (last && last !== first) {
      this.#heap[0] = last
      this.#down()
    }
    return first
  }
  #before(a: number, b: number): boolean {
    const [x, y] = [this.#heap[a] as Entry, this.#heap[b] as Entry]
    return x.atMs < y.atMs || (x.atMs === y.atMs && x.order < y.order)
  }
  #swap(a: number, b: number): void {
    ;[this.#heap[a], this.#heap[b]] = [this.#heap[b] as Entry, this.#heap[a] as Entry]
  }
  #up(at: number): void {
    for (let parent = (at - 1) >> 1; at > 0 && this.#before(at, parent); parent = (at - 1) >> 1) {
      this.#swap(at, parent)
      at = parent
    }
  }
  #down(): void {
    for (let at = 0; ; ) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.#heap.length && this.#before(child, least)) least = child
      if (least === at) return
      this.#swap(at, least)
      at = least
    }
  }
}
