import type { World } from '../world/world.js'
import type { FaultRules } from './fault-rules.js'

type Arrive = (message: Uint8Array) => void

/** One direction of the wide area network: while it is down, messages wait at their end, and go in order once each. */
class Direction {
  readonly #waiting: Uint8Array[] = []
  readonly #send: (message: Uint8Array) => void
  #isUp = true

  constructor(send: (message: Uint8Array) => void) {
    this.#send = send
  }
  put(message: Uint8Array): void {
    if (this.#isUp) this.#send(message)
    else this.#waiting.push(message)
  }
  set up(up: boolean) {
    this.#isUp = up
    if (up) for (const message of this.#waiting.splice(0)) this.#send(message)
  }
  get waiting(): number {
    return this.#waiting.length
  }
}

/** The wide area network between the parties' end and the hub: it has a latency, faults, and can be down. */
export class WanLink {
  readonly #toHome: Direction
  readonly #toParties: Direction
  #up = true
  /** Hear what arrives at the hub, and at the parties' end. */
  onHome: Arrive = () => undefined
  onParties: Arrive = () => undefined
  readonly #listeners = new Set<Arrive>()

  constructor(world: World, faults: FaultRules, latencyMs: number) {
    const direction = (from: string, to: string, arrive: Arrive): Direction =>
      new Direction((message) => {
        for (const { message: passing, delayMs } of faults.pass(from, to, message))
          world.after(latencyMs + delayMs, `message from ${from} to ${to}`, () => arrive(passing))
      })
    this.#toHome = direction('wan', 'hub', (message) => {
      this.#show(message)
      this.onHome(message)
    })
    this.#toParties = direction('hub', 'wan', (message) => this.onParties(message))
  }

  get isUp(): boolean {
    return this.#up
  }
  set isUp(up: boolean) {
    this.#up = this.#toHome.up = this.#toParties.up = up
  }
  /** How many messages wait for the link: for the home, and for the parties. */
  get waiting(): { readonly toHome: number; readonly toParties: number } {
    return { toHome: this.#toHome.waiting, toParties: this.#toParties.waiting }
  }
  toHome(message: Uint8Array): void {
    this.#toHome.put(message)
  }
  toParties(message: Uint8Array): void {
    this.#show(message)
    this.#toParties.put(message)
  }

  /** Calls the listener for every message at the hub's end, in both directions; the result ends that. */
  onMessage(listener: Arrive): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
  #show(message: Uint8Array): void {
    for (const listener of this.#listeners) listener(message)
  }
}
