import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AlertLog, DeviceKind, UseCase } from '@smets2-sim/gbcs'
import type { Asn1Executors } from './asn1/executor.js'
import { DeviceClock } from './clock/device-clock.js'
import type { CosemProfile } from './cosem/executor.js'
import type { CellChange, Handover } from './credentials/cell-change.js'
import { type CellName, TrustAnchors } from './credentials/trust-anchors.js'
import { Faults } from './faults.js'
import type { Outcome } from './gate/outcome.js'
import { process } from './process.js'
import type { DevicePorts } from './ports.js'
import { FutureDatedCommands } from './schedule/future-dated.js'
import { type Process, runDue, soonest } from './schedule/scheduler.js'
import { Counters } from './state/counters.js'
import { ItemStore } from './state/item-store.js'
import type { Log } from './state/ring-log.js'
import { settleOwnKeys } from './credentials/own-certificates.js'
import { restoreSnapshot, takeSnapshot } from './state/snapshot.js'
import type { ZclProfile } from './zcl/profile.js'

/** What a kind of device is: everything that does not change while it runs. */
export interface DeviceProfile {
  readonly kind: DeviceKind
  /** Use cases that it executes, by message code. */
  readonly useCases: ReadonlyMap<number, UseCase>
  /** Trust anchor cells that it has. */
  readonly cells: readonly CellName[]
  /** Its logs by name, made when first used. */
  readonly logs: Readonly<Record<string, () => Log<any>>>
  /** Names of the logs in which alerts and events are kept. */
  readonly alertLogs: Readonly<Partial<Record<AlertLog, string>>>
  /** What carries its alerts. */
  readonly alertPayload: 'dlms' | 'gbz'
  readonly cosem?: CosemProfile
  readonly zcl?: ZclProfile
  readonly asn1: Asn1Executors
  /** What follows when cells got new content, and when a party followed another: a new supplier, a new network operator. */
  readonly credentialsReplaced?: (
    device: Device,
    changes: readonly CellChange[],
    handovers: readonly Handover[],
  ) => void
  /** What follows when the device log has changed. */
  readonly deviceLogChanged?: (device: Device) => void
  /**
   * What a factory reset leaves as it is: what the device is built of, and its total registers. It is called before all
   * is forgotten, and what it returns after: that puts it back, and the factory settings beside it.
   */
  readonly refurbish?: (device: Device) => () => void
  /** What happens in it with time, besides commands that wait for theirs. */
  readonly processes?: readonly Process[]
}

/**
 * A device: a profile, its state and its ports. It takes messages, and everything that it does of itself is done
 * when `tick` is called: the same device runs in virtual and in real time.
 */
export class Device {
  readonly profile: DeviceProfile
  readonly id: Eui64
  readonly ports: DevicePorts
  readonly items = new ItemStore()
  readonly counters = new Counters(this.items)
  readonly anchors: TrustAnchors
  readonly faults = new Faults()
  readonly clock: DeviceClock
  readonly futureDated = new FutureDatedCommands(this.items)
  readonly #logs = new Map<string, Log<unknown>>()
  #effects: (() => void)[] | undefined

  constructor(profile: DeviceProfile, id: Eui64, ports: DevicePorts) {
    this.profile = profile
    this.id = id
    this.ports = ports
    this.anchors = new TrustAnchors(this.items, profile.cells)
    this.clock = new DeviceClock(ports.clock, this.items)
    const saved = ports.store?.load()
    if (!saved) return
    restoreSnapshot(this, saved)
    settleOwnKeys(this)
  }

  get kind(): DeviceKind {
    return this.profile.kind
  }
  /** The device's own time. While something that was due earlier is caught up, the time at which it was due. */
  get now(): UtcSeconds {
    return this.clock.now()
  }

  /** Takes a message that arrived, executes it, and says what became of it. */
  receive(bytes: Uint8Array): Outcome {
    this.tick()
    const outcome = process(this, bytes)
    this.save()
    return outcome
  }

  /**
   * Takes the answer to a command that this device itself has sent; whether it was one. Most devices send none: only a
   * prepayment display asks its gas meter. Offer it what arrives before `receive`.
   */
  takeResponse(_bytes: Uint8Array): boolean {
    return false
  }

  /** Sends a message that no command asked for. */
  send(message: Uint8Array): void {
    this.ports.link.send(message)
  }

  /** Does everything that is due by now, in the order in which it became due. */
  tick(): void {
    if (runDue(this)) this.save()
  }
  /** When `tick` has something to do next. */
  nextDue(): UtcSeconds | undefined {
    return soonest(this)
  }

  /** A log of the profile. A name that it does not have is a mistake of the caller's. */
  log(name: string): Log<any> {
    let log = this.#logs.get(name)
    if (!log) {
      const make = this.profile.logs[name]
      if (!make) throw new TypeError(`a ${this.kind} has no log ${name}`)
      this.#logs.set(name, (log = make()))
    }
    return log
  }
  /** Logs that have been used, by name. */
  usedLogs(): ReadonlyMap<string, Log<unknown>> {
    return this.#logs
  }

  /** Runs `body`; when it throws, items are as they were and nothing that it asked for `after` is done. */
  transaction<T>(body: () => T): T {
    const outer = this.#effects
    const effects: (() => void)[] = []
    this.#effects = effects
    let result: T
    try {
      result = this.items.transaction(body)
    } finally {
      this.#effects = outer
    }
    for (const effect of effects) this.after(effect)
    return result
  }
  /** Does something when the running transaction has succeeded; at once when there is none. Logs and alerts are such. */
  after(effect: () => void): void {
    if (this.#effects) this.#effects.push(effect)
    else effect()
  }

  /** Writes the state to the store, where there is one. */
  save(): void {
    this.ports.store?.save(takeSnapshot(this))
  }
}
