import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Clock } from '../ports.js'
import { type Item, item, type ItemStore } from '../state/item-store.js'

/** How far the device trusts its time. */
export type TimeStatus = 'reliable' | 'unreliable' | 'invalid'

const offset: Item<number> = item('clock.offsetS', 0)
const status: Item<TimeStatus> = item('clock.status', 'reliable')

/** Octet of a DLMS date-time for a status. facts 1.3. */
const statusOctets: Readonly<Record<TimeStatus, number>> = { reliable: 0x00, unreliable: 0x02, invalid: 0x01 }

/** The clock inside a device: the port's time and how far the device is off it, in seconds. */
export class DeviceClock {
  readonly #port: Clock
  readonly #items: ItemStore
  #held: UtcSeconds | undefined

  constructor(port: Clock, items: ItemStore) {
    this.#port = port
    this.#items = items
  }

  now(): UtcSeconds {
    return this.#held ?? this.#port.now() + this.#items.read(offset)
  }
  /** How far the device's time is ahead of the port's, in seconds: it jumps when the clock is set, and nothing happens in between. */
  get offsetS(): number {
    return this.#items.read(offset)
  }
  get status(): TimeStatus {
    return this.#items.read(status)
  }
  get statusOctet(): number {
    return statusOctets[this.status]
  }

  /** Sets the time. The port's clock stays as it is. */
  set(time: UtcSeconds, newStatus: TimeStatus = 'reliable'): void {
    this.#items.write(offset, time - this.#port.now())
    this.#items.write(status, newStatus)
  }
  markUnreliable(): void {
    this.#items.write(status, 'unreliable')
  }
  /** Lets the device run fast (or slow) by so many seconds from now on. */
  drift(seconds: number): void {
    this.#items.update(offset, (value) => value + seconds)
  }

  /** Runs `body` with the time held at a moment: for what was due then and is done now. */
  at<T>(time: UtcSeconds, body: () => T): T {
    const outer = this.#held
    this.#held = time
    try {
      return body()
    } finally {
      this.#held = outer
    }
  }
}
