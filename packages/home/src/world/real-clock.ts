import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Pacemaker, World } from './world.js'

/** Milliseconds from 1970 to 2000. */
const EPOCH_2000_MS = 946_684_800_000
/** Longest wait of a timer of this platform. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** The time on the wall, in UTC seconds since 2000. */
export const wallClock = (): UtcSeconds => Math.floor((Date.now() - EPOCH_2000_MS) / 1000)

/** Time that passes by itself, as fast as the wall's or so many times faster. Events run when their time has come. */
export class RealTime implements Pacemaker {
  readonly #world: World
  readonly #speed: number
  readonly #onError: (error: unknown) => void
  readonly #startMs: number
  readonly #startRealMs: number
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  /** `onError` hears of an event that broke down; time goes on. */
  constructor(world: World, { speed = 1, onError }: { speed?: number; onError: (error: unknown) => void }) {
    this.#world = world
    this.#speed = speed
    this.#onError = onError
    this.#startMs = world.nowMs
    this.#startRealMs = performance.now()
    this.wake()
  }

  get nowMs(): number {
    return Math.floor(this.#startMs + (performance.now() - this.#startRealMs) * this.#speed)
  }
  wake(): void {
    clearTimeout(this.#timer)
    const nextMs = this.#world.nextMs()
    if (nextMs === undefined || this.#stopped) return
    const inMs = Math.ceil((nextMs - this.nowMs) / this.#speed)
    this.#timer = setTimeout(() => this.#run(), Math.min(Math.max(inMs, 0), MAX_TIMER_MS))
  }
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#world.failWaiters(new Error('the home is closed'))
  }

  #run(): void {
    try {
      this.#world.catchUp()
    } catch (error) {
      this.#onError(error)
    }
    this.wake()
  }
}
