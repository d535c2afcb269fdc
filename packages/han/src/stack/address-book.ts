import type { Eui64 } from '@smets2-sim/bytes'

/** Which short address a node has, as far as it is known. */
export class AddressBook {
  readonly #short = new Map<Eui64, number>()
  readonly #eui = new Map<number, Eui64>()

  learn(eui64: Eui64, shortAddress: number): void {
    this.forget(eui64)
    const other = this.#eui.get(shortAddress)
    if (other !== undefined) this.#short.delete(other) // an address has one owner: the newest
    this.#short.set(eui64, shortAddress)
    this.#eui.set(shortAddress, eui64)
  }
  forget(eui64: Eui64): void {
    const old = this.#short.get(eui64)
    this.#short.delete(eui64)
    if (old !== undefined) this.#eui.delete(old)
  }
  clear(): void {
    this.#short.clear()
    this.#eui.clear()
  }
  shortOf(eui64: Eui64): number | undefined {
    return this.#short.get(eui64)
  }
  euiOf(shortAddress: number): Eui64 | undefined {
    return this.#eui.get(shortAddress)
  }
  has(shortAddress: number): boolean {
    return this.#eui.has(shortAddress)
  }
}
