import type { World } from './world.js'

/** Something that is to happen at a time that changes: what was set before is off. */
export class Alarm {
  readonly #world: World
  readonly #name: string
  readonly #ring: () => void
  #atMs: number | undefined
  #cancel: () => void = () => undefined

  constructor(world: World, name: string, ring: () => void) {
    this.#world = world
    this.#name = name
    this.#ring = ring
  }
  /** Undefined turns it off. */
  set(atMs: number | undefined): void {
    if (atMs === this.#atMs) return
    this.#cancel()
    this.#atMs = atMs
    if (atMs === undefined) return
    this.#cancel = this.#world.at(atMs, this.#name, () => {
      this.#atMs = undefined
      this.#ring()
    })
  }
}
