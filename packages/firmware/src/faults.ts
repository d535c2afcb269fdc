/** Faults on demand, by the key of what is accessed: an attribute, a method, a command of a cluster. */
export class Faults {
  readonly #faults = new Map<string, { result: number; times: number; after: number }>()

  /**
   * The next `times` accesses of `key` end with `result`, when `after` others have been let through. Keys:
   * `attribute 1/0-0:96.1.4.255/2`, `method 9/0-0:10.0.106.255/1`, `cluster 0702/command 06`,
   * `cluster 0702/attribute 0000`, `asn1 CS06`.
   */
  inject(key: string, result: number, times = 1, after = 0): void {
    this.#faults.set(key, { result, times, after })
  }

  clear(): void {
    this.#faults.clear()
  }

  /** The fault of this access, used up once. */
  take(key: string): number | undefined {
    if (this.#faults.size === 0) return undefined
    const fault = this.#faults.get(key)
    if (!fault || fault.after-- > 0) return undefined
    if (--fault.times <= 0) this.#faults.delete(key)
    return fault.result
  }
}
