import type { UtcSeconds } from '@smets2-sim/cosem'
import { EventQueue } from './event-queue.js'

/** Somebody who lets time pass until something has happened. */
interface Waiter {
  readonly done: () => boolean
  readonly limitMs: number
  readonly settle: (happened: boolean) => void
  readonly fail: (error: unknown) => void
}

/** What makes time pass: virtual time runs when somebody waits, real time by itself. */
export interface Pacemaker {
  /** Time up to which events may run now, in milliseconds since 2000-01-01 UTC. */
  readonly nowMs: number
  /** There is an event or a waiter that was not there before. */
  wake(): void
  stop(): void
}

/** More events than this in one millisecond never end. */
const MAX_EVENTS_AT_ONE_TIME = 10_000

/** The time of a home and what is to happen in it, in order. */
export class World {
  readonly #queue = new EventQueue()
  readonly #waiters = new Set<Waiter>()
  #nowMs: number
  #eventsNow = 0
  #steps = 0
  #pacemaker: Pacemaker | undefined

  constructor(now: UtcSeconds) {
    this.#nowMs = now * 1000
  }
  set pacemaker(pacemaker: Pacemaker) {
    this.#pacemaker = pacemaker
  }
  stop(): void {
    this.#pacemaker?.stop()
  }

  get nowMs(): number {
    return this.#nowMs
  }
  /** The whole second. */
  get now(): UtcSeconds {
    return Math.floor(this.#nowMs / 1000)
  }

  /** How many events have run: with the time, the place in the history of this world. */
  get steps(): number {
    return this.#steps
  }
  /** Runs as many events as another run of the same history had run by a time. */
  replayTo(atMs: number, steps: number): void {
    while (this.#steps < steps && this.step(atMs));
    this.#moveTo(atMs)
  }

  /** Runs something later; gives the way to cancel it. */
  after(delayMs: number, name: string, run: () => void): () => void {
    return this.at(this.#nowMs + delayMs, name, run)
  }
  /** Runs something at a time; at once, but after what runs now, when that has passed. */
  at(atMs: number, name: string, run: () => void): () => void {
    const cancel = this.#queue.add({ atMs: Math.max(atMs, this.#nowMs), name, run })
    this.#pacemaker?.wake()
    return cancel
  }

  /** Brings time up to the pacemaker's, for something that comes from outside at this moment. */
  catchUp(): void {
    if (!this.#pacemaker) return
    this.runTo(this.#pacemaker.nowMs)
    this.settleWaiters()
  }

  /** Lets time pass until `done`, at most up to a time. Whether it has happened. */
  until(done: () => boolean, limitMs: number): Promise<boolean> {
    return new Promise((settle, fail) => {
      this.#waiters.add({ done, limitMs, settle, fail })
      this.#pacemaker?.wake()
    })
  }
  get waiters(): number {
    return this.#waiters.size
  }
  /** When the next event or the end of somebody's patience is. */
  nextMs(): number | undefined {
    const next = this.#queue.nextMs() ?? Infinity
    const earliest = [...this.#waiters].reduce((least, { limitMs }) => Math.min(least, limitMs), next)
    return earliest === Infinity ? undefined : earliest
  }

  /** Runs all events up to a time, which it then is. */
  runTo(limitMs: number): void {
    while (this.step(limitMs));
    this.#moveTo(limitMs)
  }
  /** Runs the next event, if it is due by `limitMs`; whether there was one. */
  step(limitMs: number): boolean {
    const next = this.#queue.nextMs()
    if (next === undefined || next > limitMs) return false
    const event = this.#queue.take()
    this.#moveTo(next)
    if (++this.#eventsNow > MAX_EVENTS_AT_ONE_TIME) throw new Error(`${event?.name} never gets past ${next} ms`)
    this.#steps++
    event?.run()
    return true
  }
  #moveTo(ms: number): void {
    if (ms <= this.#nowMs) return
    this.#nowMs = ms
    this.#eventsNow = 0
  }

  /** Lets those go who have waited for what has happened, or long enough. Whether there were any. */
  settleWaiters(): boolean {
    let any = false
    for (const waiter of [...this.#waiters]) {
      const done = waiter.done()
      if (!done && waiter.limitMs > this.#nowMs) continue
      this.#waiters.delete(waiter)
      waiter.settle(done)
      any = true
    }
    return any
  }
  /** Tells all who wait that the world has broken down. */
  failWaiters(error: unknown): void {
    for (const { fail } of this.#waiters) fail(error)
    this.#waiters.clear()
  }
}
