import { NO_ADDRESS } from '../frames/address.js'
import { after } from '../scheduler.js'
import type { Mac } from './mac.js'

/** How often an awake sleeper asks its parent, and how long it stays up after the last frame. Our decision. */
const POLL_MS = 100
const LINGER_MS = 3000

/** Turns a sleeper's radio on and off, and asks its parent for held frames while it is on. */
export class Sleep {
  #sleepy = false
  #awakeUntil = -Infinity
  #polling = false
  #keptAwake = 0

  constructor(readonly mac: Mac) {}

  /** From now on the node sleeps unless something keeps it awake. */
  start(): void {
    this.#sleepy = true
    this.mac.radioOn = false
  }

  get awake(): boolean {
    return !this.#sleepy || this.mac.radioOn
  }

  /** Wakes the radio, or keeps it on, for so long. */
  wake(ms: number = LINGER_MS): void {
    if (!this.#sleepy) return
    this.#awakeUntil = Math.max(this.#awakeUntil, this.mac.network.scheduler.now() + ms)
    this.mac.radioOn = true
    if (!this.#polling) this.#poll()
  }

  /** A frame came: more may follow. */
  stayAwake(): void {
    if (this.#sleepy && this.mac.radioOn) this.wake()
  }

  /** Stays on until the result is called, however long that takes. */
  keepAwake(): () => void {
    let held = true
    this.#keptAwake++
    this.wake()
    return () => {
      if (!held) return
      held = false
      this.#keptAwake--
      this.wake()
    }
  }

  #poll(): void {
    const { scheduler } = this.mac.network
    if (this.#keptAwake === 0 && scheduler.now() >= this.#awakeUntil) {
      this.#polling = false
      this.mac.radioOn = false
      return
    }
    this.#polling = true
    const parent = this.mac.parent
    if (parent === undefined || this.mac.shortAddress === NO_ADDRESS)
      return void after(scheduler, POLL_MS, () => this.#poll())
    this.mac.poll(
      parent,
      (_acked, pending) => void after(scheduler, pending ? POLL_PENDING_MS : POLL_MS, () => this.#poll()),
    )
  }
}

/** Held frames come one for each request: ask again as soon as the last one can have come. */
const POLL_PENDING_MS = 20
