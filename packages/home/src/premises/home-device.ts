import type { Eui64 } from '@smets2-sim/bytes'
import type { Attribute } from '@smets2-sim/gbcs'
import { type Device, type Outcome, readAttribute } from '@smets2-sim/firmware'
import type { Identity } from '@smets2-sim/parties'
import type { DeviceName } from '../config/ids.js'
import type { World } from '../world/world.js'

/** A device of a home: it takes messages, and does of itself what is due. */
export class HomeDevice {
  readonly name: DeviceName
  readonly identity: Identity
  readonly #world: World
  readonly #stimulate: (name: string, argument: unknown) => void
  #device: Device
  #disarm: () => void = () => undefined

  constructor(
    name: DeviceName,
    identity: Identity,
    device: Device,
    world: World,
    stimulate: (name: string, argument: unknown) => void,
  ) {
    this.name = name
    this.identity = identity
    this.#device = device
    this.#world = world
    this.#stimulate = stimulate
    this.arm()
  }
  get id(): Eui64 {
    return this.identity.id
  }
  /** The firmware: for tests that look inside. */
  get device(): Device {
    return this.#device
  }

  /** Something happens to it: a row of its stimuli, with plain data. */
  stimulate(name: string, argument: unknown): void {
    this.#stimulate(name, argument)
  }

  /** Takes a message, executes it, and says what became of it. */
  receive(message: Uint8Array): Outcome {
    const outcome = this.#device.receive(message)
    this.arm()
    return outcome
  }
  /** Does something with the device, and sees to what it has to do next. */
  change<T>(body: (device: Device) => T): T {
    const result = body(this.#device)
    this.arm()
    return result
  }
  /** Value of a COSEM attribute, as the device would answer a read of it. */
  read<T>(member: Attribute<T>): T {
    return readAttribute(this.#device, member)
  }
  /** Entries of a log, oldest first. */
  log(name: string): readonly any[] {
    return [...this.#device.log(name).entries()]
  }
  /** The device starts again from what its store has kept. */
  restart(device: Device): void {
    this.#device = device
    this.arm()
  }

  /** Has the device called when it has something to do. Its clock may be off the world's. */
  arm(): void {
    this.#disarm()
    const due = this.#device.nextDue()
    if (due === undefined) return
    const inS = Math.max(0, due - this.#device.now)
    this.#disarm = this.#world.at((this.#world.now + inS) * 1000, `timer of ${this.name}`, () =>
      this.change((device) => device.tick()),
    )
  }
}
