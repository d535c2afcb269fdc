import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import type { Attribute } from '@smets2-sim/gbcs'
import { type Device, type Outcome, readAttribute } from '@smets2-sim/firmware'
import type { Identity } from '@smets2-sim/parties'
import type { DeviceName } from '../config/ids.js'
import { Alarm } from '../world/alarm.js'
import type { World } from '../world/world.js'
import { stimuliOf, type StimuliOf } from './stimuli.js'

/** Lets something happen to a device: a stimulus by its name, with plain data. */
export type Stimulate = (name: string, args: readonly unknown[]) => unknown

/** A device of a home: it takes messages, and does of itself what is due. */
export class HomeDevice<D extends Device = Device> {
  readonly name: DeviceName
  #identity: Identity
  readonly #world: World
  readonly #alarm: Alarm
  #device: D
  #isOn = true
  /** Hears of every change, after it. */
  onChange: () => void = () => undefined

  constructor(name: DeviceName, identity: Identity, device: D, world: World) {
    this.name = name
    this.#identity = identity
    this.#world = world
    this.#device = device
    this.#alarm = new Alarm(world, `timer of ${name}`, () => this.change((firmware) => firmware.tick()))
    this.arm()
  }
  get identity(): Identity {
    return this.#identity
  }
  get id(): Eui64 {
    return this.#identity.id
  }
  /** The firmware: for tests that look inside. */
  get device(): D {
    return this.#device
  }

  /** Takes a message, executes it, and says what became of it. @throws GbcsError `misuse` when it was taken out */
  receive(message: Uint8Array): Outcome {
    if (!this.#isOn) throw new GbcsError('misuse', `the ${this.name} is not there`)
    return this.change((device) => device.receive(message))
  }
  /** Does something with the device, and sees to what it has to do next. */
  change<T>(body: (device: D) => T): T {
    try {
      return body(this.#device)
    } finally {
      this.arm()
      this.onChange()
    }
  }
  /** Value of a COSEM attribute, as the device would answer a read of it. */
  read<T>(member: Attribute<T>): T {
    return readAttribute(this.#device, member)
  }
  /** Entries of a log, oldest first. */
  log(name: string): readonly any[] {
    return [...this.#device.log(name).entries()]
  }
  /** The device starts again from what it has kept; or another one, with an identity of its own, has taken its place. */
  restart(device: D, identity: Identity = this.#identity): void {
    this.#device = device
    this.#identity = identity
    this.#isOn = true
    this.arm()
  }
  /** The device is gone, or dead: nothing is due in it any more. */
  switchOff(): void {
    this.#isOn = false
    this.#alarm.set(undefined)
  }

  /** Has the device called when it has something to do. Its clock may be off the world's. */
  arm(): void {
    const due = this.#isOn ? this.#device.nextDue() : undefined
    this.#alarm.set(due && (this.#world.now + Math.max(0, due - this.#device.now)) * 1000)
  }
}

/** A device with a method for everything that can happen to it: `esme.load({ watts: 3000 })`. */
export type LivingDevice<D extends Device = Device> = HomeDevice<D> & StimuliOf<D>

/** Gives a device the methods of its stimuli. What it has itself stays its own. */
export function living<D extends Device>(device: HomeDevice<D>, stimulate: Stimulate): LivingDevice<D> {
  for (const name of Object.keys(stimuliOf(device.device)))
    if (!(name in device)) Object.defineProperty(device, name, { value: (...args: unknown[]) => stimulate(name, args) })
  return device as LivingDevice<D>
}
