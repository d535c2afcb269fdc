import type { Pacemaker, World } from './world.js'

/** Turns of the microtask queue that whoever was let go has to go on before more happens: enough for a chain of `await`s. */
const TURNS = 64

/**
 * Time that costs nothing: when somebody waits, events run one after the other, each at its time. Whoever is let go
 * goes on at that moment, before anything later happens.
 */
export class VirtualTime implements Pacemaker {
  readonly #world: World
  #running = false
  #stopped = false

  constructor(world: World) {
    this.#world = world
  }
  get nowMs(): number {
    return this.#world.nowMs
  }
  wake(): void {
    if (!this.#running && !this.#stopped && this.#world.waiters > 0) void this.#run()
  }
  stop(): void {
    this.#stopped = true
    this.#world.failWaiters(new Error('the home is closed'))
  }

  async #run(): Promise<void> {
    this.#running = true
    try {
      await turns()
      while (this.#world.waiters > 0) {
        if (this.#world.settleWaiters()) await turns()
        else this.#next()
      }
    } catch (error) {
      this.#world.failWaiters(error)
    } finally {
      this.#running = false
    }
  }
  #next(): void {
    const limitMs = this.#world.nextMs()
    if (limitMs === undefined) throw new Error('nothing will ever happen')
    if (!this.#world.step(limitMs)) this.#world.runTo(limitMs)
  }
}

async function turns(): Promise<void> {
  for (let i = 0; i < TURNS; i++) await Promise.resolve()
}
