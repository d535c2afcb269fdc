/** What costs much to make and little to keep, up to a limit: then the oldest entry goes. */
export class Cache<K, V> {
  readonly #entries = new Map<K, V>()
  constructor(readonly limit: number) {}

  get(key: K, make: () => V): V {
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    const made = make()
    if (this.#entries.size >= this.limit)
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest)
        break
      }
    this.#entries.set(key, made)
    return made
  }
  delete(key: K): void {
    this.#entries.delete(key)
  }
  clear(): void {
    this.#entries.clear()
  }
}
