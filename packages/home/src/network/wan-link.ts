import { wanEnd, type WanEnd, type WanFrame } from '@smets2-sim/chf'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { World } from '../world/world.js'
import type { FaultRules } from './fault-rules.js'

type Arrive = (message: Uint8Array) => void

/** The hub at its end of the wide area network. */
export interface WanHub {
  wanUp(): void
  wanDown(): void
  fromWan(frame: WanFrame): void
  /** Everything up to a number has been taken at the far end. */
  wanConfirmed(number: number): void
  /** The end at the far side that goes with what this one has sent and taken. */
  readonly farEnd: WanEnd
  readonly waitingForWan: number
}

/**
 * The wide area network between the parties' end and the hub in place. It has a latency, and can be down: then messages
 * wait at their ends, and arrive once each and in order when it is back. Faults hit whole messages: before the parties'
 * end takes them on, and after it has.
 */
export class WanLink {
  readonly #world: World
  readonly #faults: FaultRules
  readonly #latencyMs: number
  #isUp = true
  #far: WanEnd = wanEnd.newWanEnd
  #hub: WanHub | undefined
  /** Hears what arrives at the parties' end. */
  onParties: Arrive = () => undefined
  readonly #listeners = new Set<Arrive>()

  constructor(world: World, faults: FaultRules, latencyMs: number) {
    this.#world = world
    this.#faults = faults
    this.#latencyMs = latencyMs
  }

  /** Takes this hub for the one in place. What waits for one that is gone is lost: it comes back. */
  setHub(hub: WanHub | undefined, isAnother: boolean): readonly Uint8Array[] {
    const lost = isAnother ? this.#far.unconfirmed : []
    this.#far = isAnother ? (hub?.farEnd ?? wanEnd.newWanEnd) : wanEnd.disconnected(this.#far).end
    this.#hub = hub
    this.#meet()
    return lost.map(({ message }) => message)
  }
  get isUp(): boolean {
    return this.#isUp
  }
  set isUp(up: boolean) {
    if (up === this.#isUp) return
    this.#isUp = up
    if (up) this.#meet()
    else {
      this.#far = wanEnd.disconnected(this.#far).end
      this.#hub?.wanDown()
    }
  }
  /** The time that it has for the hub, while it is there. */
  get time(): UtcSeconds | undefined {
    return this.#isUp ? this.#world.now : undefined
  }
  /** Hub and parties' end find each other, at the next event: who builds a home may say before that there is no network. */
  #meet(): void {
    const hub = this.#hub
    if (!hub || !this.#isUp) return
    this.#world.after(0, 'the wide area network is there', () => {
      if (!this.#isUp || this.#hub !== hub || this.#far.isUp) return
      hub.wanUp()
      this.#step(wanEnd.connected(this.#far))
    })
  }

  /** How many messages wait for the link: for the home, and for the parties. */
  get waiting(): { readonly toHome: number; readonly toParties: number } {
    if (this.#isUp && this.#hub) return { toHome: 0, toParties: 0 }
    return { toHome: this.#far.unconfirmed.length, toParties: this.#hub?.waitingForWan ?? 0 }
  }
  /** A message of the parties. */
  toHome(message: Uint8Array): void {
    for (const { message: passing, delayMs } of this.#faults.pass('wan', 'hub', message))
      if (delayMs === 0) this.#step(wanEnd.put(this.#far, passing))
      else this.#world.after(delayMs, 'message from wan to hub', () => this.#step(wanEnd.put(this.#far, passing)))
  }
  #step({ end, send }: { readonly end: WanEnd; readonly send: readonly WanFrame[] }): void {
    this.#far = end
    for (const frame of send)
      this.#after('message from wan to hub', (hub) => {
        this.#show(frame.message)
        hub.fromWan(frame)
      })
  }
  /** The hub has taken everything up to a number. */
  confirm(number: number): void {
    this.#after('word of the hub', () => (this.#far = wanEnd.confirmed(this.#far, number).end))
  }
  /** A frame of the hub. */
  toParties(frame: WanFrame): void {
    this.#show(frame.message)
    this.#after('message from hub to wan', () => {
      const { end, taken, confirm } = wanEnd.arrived(this.#far, frame)
      this.#far = end
      if (taken) this.#arrives(taken)
      this.#after('word of the parties', (hub) => hub.wanConfirmed(confirm))
    })
  }
  #arrives(message: Uint8Array): void {
    for (const { message: passing, delayMs } of this.#faults.pass('hub', 'wan', message))
      if (delayMs === 0) this.onParties(passing)
      else this.#world.after(delayMs, 'message from hub to wan', () => this.onParties(passing))
  }
  /** After the latency, if the network is still there and the hub still the same: else it is lost, and goes again. */
  #after(what: string, arrive: (hub: WanHub) => void): void {
    const hub = this.#hub
    this.#world.after(this.#latencyMs, what, () => {
      if (hub && hub === this.#hub && this.#far.isUp) arrive(hub)
    })
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
