import type { Scheduler } from './scheduler.js'

/** Virtual time for tests: nothing happens until it is told to run. */
export interface VirtualTime extends Scheduler {
  /** Runs everything due in the next `ms`. */
  advance(ms: number): void
  /** Runs until this holds, at most for `ms`; says whether it held. */
  until(condition: () => boolean, ms: number): boolean
  readonly executed: number
}

interface Entry {
  readonly ms: number
  readonly order: number
  readonly action: () => void
}
const before = (a: Entry, b: Entry): boolean => a.ms < b.ms || (a.ms === b.ms && a.order < b.order)

/** At most so many actions in one run: a test that never comes to rest fails instead of hanging. */
const MAX_ACTIONS = 2_000_000

export function virtualTime(start = 0): VirtualTime {
  let now = start
  let order = 0
  let executed = 0
  const heap: Entry[] = []
  const swap = (i: number, j: number): void => void ([heap[i], heap[j]] = [heap[j] as Entry, heap[i] as Entry])
  const push = (entry: Entry): void => {
    let i = heap.push(entry) - 1
    for (let up = (i - 1) >> 1; i > 0 && before(entry, heap[up] as Entry); i = up, up = (i - 1) >> 1) swap(i, up)
  }
  const pop = (): Entry => {
    const first = heap[0] as Entry
    const last = heap.pop() as Entry
    if (heap.length > 0) {
      heap[0] = last
      for (let i = 0; ; ) {
        let least = i
        for (const child of [2 * i + 1, 2 * i + 2])
          if (child < heap.length && before(heap[child] as Entry, heap[least] as Entry)) least = child
        if (least === i) break
        swap(i, least)
        i = least
      }
    }
    return first
  }
  const run = (end: number, stop: () => boolean): boolean => {
    while (!stop()) {
      if (heap.length === 0 || (heap[0] as Entry).ms > end) {
        now = end
        return stop()
      }
      if (++executed > MAX_ACTIONS) throw new Error('virtual time does not come to rest')
      const { ms, action } = pop()
      now = Math.max(now, ms)
      action()
    }
    return true
  }
  return {
    now: () => now,
    at: (ms, action) => push({ ms: Math.max(ms, now), order: order++, action }),
    advance: (ms) => void run(now + ms, () => false),
    until: (condition, ms) => run(now + ms, condition),
    get executed() {
      return executed
    },
  }
}
