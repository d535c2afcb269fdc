import type { Scheduler } from '../scheduler.js'

/** The longest time after which a duplicate of a frame can come: all retries, and the hold at a parent. */
const MEMORY_MS = 20_000

/** Remembers the last so many keys for a while: enough to know a duplicate again, never more. */
export class Ring {
  readonly #keys = new Map<string, number>()
  constructor(
    readonly scheduler: Scheduler,
    readonly limit: number,
  ) {}

  has(key: string): boolean {
    const at = this.#keys.get(key)
    return at !== undefined && this.scheduler.now() - at <= MEMORY_MS
  }
  /** False when the key was known. */
  add(key: string): boolean {
    if (this.has(key)) return false
    this.#keys.delete(key)
    this.#keys.set(key, this.scheduler.now())
    if (this.#keys.size > this.limit) this.#keys.delete(this.#keys.keys().next().value as string)
    return true
  }
  clear(): void {
    this.#keys.clear()
  }
}
