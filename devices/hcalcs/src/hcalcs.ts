import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import {
  Device,
  deviceLog,
  type DevicePorts,
  han,
  type HanCommand,
  type HanFields,
  type HanReceiver,
  type Item,
  item,
} from '@smets2-sim/firmware'
import { deviceType } from '@smets2-sim/gbcs'
import { demandResponse, zclStatus } from '@smets2-sim/zcl'
import { type EventStatus, reportEventStatus } from './event-status.js'
import { hcalcsProfile } from './profile.js'
import { eventOfLevel, levelOfState, loadControlSwitch, type SwitchCommand, type SwitchState } from './switch.js'

/** Between two tries to ask the meter what the switch is to do (our decision). */
export const ASK_AGAIN_S = 60

const switchState: Item<SwitchState> = item('switch.state', 'open')
/** The switch is stuck: a fault of the device. */
const isStuck: Item<boolean> = item('switch.isStuck', false)
/** A command whose time has not come. */
const waitingCommand: Item<SwitchCommand | undefined> = item('switch.waiting', undefined)

/**
 * A load switch on the home network. It does what the electricity meter to which it is joined tells it, and reports what
 * it did; calendars, their randomised offset and alerts about the outcome (811A) are the meter's. After a power cut it is
 * as it was, and asks the meter what it is to be (our decision).
 */
export class Hcalcs extends Device {
  /** When the meter is to be asked; undefined once it has answered. */
  #askAt: UtcSeconds | undefined
  #askedMeter: Eui64 | undefined

  constructor(id: Eui64, ports: DevicePorts) {
    super(hcalcsProfile, id, ports)
  }

  get state(): SwitchState {
    return this.items.read(switchState)
  }
  /** The switch can no longer move, or can again: a fault, for tests. */
  set stuck(stuck: boolean) {
    this.items.write(isStuck, stuck)
  }

  /** What it does with what arrives from other devices of the home. */
  readonly receiver: HanReceiver = {
    published: (from, command) => this.#published(from, command),
  }

  override nextDue(): UtcSeconds | undefined {
    const times = [super.nextDue(), this.items.read(waitingCommand)?.start, this.#askDue()]
    const due = times.filter((time) => time !== undefined)
    return due.length > 0 ? Math.min(...due) : undefined
  }
  override tick(): void {
    super.tick()
    const waiting = this.items.read(waitingCommand)
    if (waiting && waiting.start <= this.now) this.#carryOut(waiting)
    const askDue = this.#askDue()
    if (askDue !== undefined && askDue <= this.now) this.#ask()
  }

  /** The electricity meter to which it is joined by method A. facts 8. */
  get #meter(): Eui64 | undefined {
    return deviceLog(this).find((entry) => entry.deviceType === deviceType.esme)?.deviceId
  }
  /** A meter that was not asked yet since power came, or since it was joined, is asked at once. */
  #askDue(): UtcSeconds | undefined {
    const meter = this.#meter
    if (!meter || !this.ports.han) return undefined
    return meter === this.#askedMeter ? this.#askAt : this.now
  }
  /** Get Scheduled Events (0x0119). facts 10.8. */
  #ask(): void {
    const [meter, { han: port }] = [this.#meter, this.ports]
    if (!meter || !port) return
    this.#askedMeter = meter
    this.#askAt = this.now + ASK_AGAIN_S
    const command = { cluster: demandResponse, name: 'getScheduledEvents', fields: { startTime: 0, numberOfEvents: 1 } }
    port.command(meter, command, 'loadControlEvent', (outcome) => {
      if (outcome.kind === 'failed') return
      this.#askAt = undefined
      if (outcome.kind === 'answered') this.#take(outcome.value)
    })
  }

  #published(from: Eui64, { cluster, name, fields }: HanCommand): number {
    if (cluster.id !== demandResponse.id) return zclStatus.unsupportedClusterCommand
    if (from !== this.#meter) {
      han.refuseAccess(this)
      return zclStatus.notAuthorised
    }
    switch (name) {
      case 'loadControlEvent':
        this.#take(fields)
        return zclStatus.success
      case 'cancelLoadControlEvent':
        this.#cancel(fields['issuerEventId'] as number)
        return zclStatus.success
      case 'cancelAllLoadControlEvents':
        this.#cancel(undefined)
        return zclStatus.success
      default:
        return zclStatus.unsupportedClusterCommand
    }
  }

  /** A command takes the place of one that waits. It holds until the next: how long is the meter's matter. */
  #take({ issuerEventId, dutyCycle, startTime }: HanFields): void {
    const command = { id: issuerEventId as number, level: dutyCycle as number, start: startTime as number }
    const waiting = this.items.read(waitingCommand)
    if (waiting && waiting.id !== command.id) this.#report(waiting.id, 'superseded')
    this.#report(command.id, 'received')
    if (command.start > this.now) this.items.write(waitingCommand, command)
    else this.#carryOut(command)
    this.save()
  }
  #carryOut({ id, level }: SwitchCommand): void {
    this.items.reset(waitingCommand)
    const event = eventOfLevel(level)
    const next = event && loadControlSwitch.next(this.state, event)
    const isDone = next !== undefined && (next === this.state || !this.items.read(isStuck))
    if (isDone) this.items.write(switchState, next)
    this.save()
    this.#report(id, isDone ? 'started' : 'rejected')
  }
  #cancel(id: number | undefined): void {
    const waiting = this.items.read(waitingCommand)
    if (!waiting || (id !== undefined && waiting.id !== id)) return
    this.items.reset(waitingCommand)
    this.save()
    this.#report(waiting.id, 'cancelled')
  }
  /** A report that does not reach the meter is made good by asking it what the switch is to do. */
  #report(id: number, status: EventStatus): void {
    const meter = this.#meter
    if (!meter) return
    this.ports.han?.command(
      meter,
      reportEventStatus(id, status, levelOfState(this.state), this.now),
      undefined,
      (outcome) => {
        if (outcome.kind === 'failed') this.#askAt ??= this.now + ASK_AGAIN_S
      },
    )
  }
}
