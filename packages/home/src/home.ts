import { writeFile } from 'node:fs/promises'
import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Outcome } from '@smets2-sim/firmware'
import type { Alert, FarEnd, RemoteParty } from '@smets2-sim/parties'
import { type Capture, capture, capturePaths, type CapturePaths } from './capture/capture.js'
import type { Ihd } from '@smets2-sim/ihd'
import type { HomeConfig } from './config/home-config.js'
import { type DeviceName, deviceNames } from './config/ids.js'
import { Faults } from './faults.js'
import { displayOf } from './premises/display.js'
import type { LivingDevice } from './premises/home-device.js'
import type { DeviceOf, FirmwareName } from './premises/manufacture.js'
import { partiesOf, wanOf } from './premises/parties.js'
import { Premises, type PremisesParts } from './premises/premises.js'
import { Recorder } from './recording/recorder.js'
import { type Duration, durationMs } from './world/duration.js'
import { VirtualTime } from './world/virtual-time.js'

/** How long somebody waits for an alert if he does not say so: the longest that one may take. */
const ALERT_PATIENCE: Duration = '1d'

/** A home in virtual time, with the parties that command it. */
export class Home {
  readonly premises: Premises
  readonly farEnd: FarEnd
  readonly faults: Faults
  readonly #recorder: Recorder
  #recordTo: string | undefined
  #display: Ihd | undefined
  readonly #captures = new Set<Capture>()

  constructor(config: HomeConfig, parts: PremisesParts = {}) {
    this.premises = new Premises(config, parts)
    this.premises.world.pacemaker = new VirtualTime(this.premises.world)
    this.#recorder = new Recorder(this.premises)
    this.faults = new Faults(this.premises)
    this.farEnd = partiesOf(this.premises, wanOf(this.premises), parts.crypto)
    this.premises.onUnasked((message) => this.farEnd.accept(message))
  }

  get supplier() {
    return this.farEnd.supplier
  }
  get networkOperator() {
    return this.farEnd.networkOperator
  }
  get accessControlBroker() {
    return this.farEnd.accessControlBroker
  }
  get transitionalCoS() {
    return this.farEnd.transitionalCoS
  }
  get wanProvider() {
    return this.farEnd.wanProvider
  }
  get recovery() {
    return this.farEnd.recovery
  }
  get loadController() {
    return this.farEnd.loadController
  }

  get esme(): LivingDevice<DeviceOf<'esme'>> {
    return this.#living('esme')
  }
  get gsme(): LivingDevice<DeviceOf<'gsme'>> {
    return this.#living('gsme')
  }
  get gpf(): LivingDevice<DeviceOf<'gpf'>> {
    return this.#living('gpf')
  }
  get chf(): LivingDevice<DeviceOf<'chf'>> {
    return this.#living('chf')
  }
  get ppmid(): LivingDevice<DeviceOf<'ppmid'>> {
    return this.#living('ppmid')
  }
  get hcalcs(): LivingDevice<DeviceOf<'hcalcs'>> {
    return this.#living('hcalcs')
  }
  /** The in-home display. It starts to read when it is first looked at. @throws GbcsError `misuse` when there is none */
  get ihd(): Ihd {
    this.#display ??= displayOf(this.premises)
    if (!this.#display) throw new GbcsError('misuse', 'this home has no ihd')
    return this.#display
  }
  #living<N extends FirmwareName>(name: N): LivingDevice<DeviceOf<N>> {
    return this.premises.device(name) as unknown as LivingDevice<DeviceOf<N>>
  }
  /** Identity of a device, one without firmware of its own included. */
  idOf(name: DeviceName): Eui64 {
    const id = this.premises.ids.get(name)
    if (!id) throw new GbcsError('misuse', `this home has no ${name}`)
    return id
  }
  /** The devices that are there, in the order of their names' list. */
  get deviceNames(): readonly DeviceName[] {
    return deviceNames.filter((name) => this.premises.ids.has(name))
  }

  get now(): UtcSeconds {
    return this.premises.world.now
  }
  /** Lets time pass: everything that is due meanwhile happens, each at its time. */
  async advance(duration: Duration): Promise<void> {
    const { world } = this.premises
    await world.until(() => false, world.nowMs + durationMs(duration))
  }
  /**
   * The next alert of a party, of those that `wanted` picks: one that has come and was not asked for before, or one
   * that comes in time. @throws Error when none does
   */
  async nextAlert(
    party: RemoteParty,
    wanted: (alert: Alert) => boolean = () => true,
    patience: Duration = ALERT_PATIENCE,
  ): Promise<Alert> {
    const { world } = this.premises
    let found: Alert | undefined
    await world.until(() => (found ??= party.takeAlert(wanted)) !== undefined, world.nowMs + durationMs(patience))
    if (!found) throw new Error(`no such alert for ${party.role} within ${patience}`)
    return found
  }

  /**
   * An installer gives a command to a device by a hand-held terminal: no network is needed, and the checks are the same.
   * What became of it.
   */
  local(device: DeviceName, command: Uint8Array): Outcome {
    const { name } = this.premises.device(device)
    return this.premises.input({ kind: 'local', device: name, message: command }) as Outcome
  }
  /**
   * The hub gets an OTA upgrade image for a device, and brings it there: block by block where the network has frames.
   * @throws GbcsError for octets that are none, `misuse` for a device that takes none
   */
  distributeFirmware(device: FirmwareName, image: Uint8Array): void {
    this.premises.input({ kind: 'firmware', device, image })
  }
  /** The wide area network goes down or comes back; messages wait meanwhile. */
  setWan(up: boolean): void {
    this.premises.input({ kind: 'wanLink', up })
  }
  /** The link between hub and device goes or comes back; messages are lost meanwhile. */
  setReachable(device: DeviceName, reachable: boolean): void {
    this.premises.input({ kind: 'reach', device, reachable })
  }
  /** Switches a device off and on: it starts again from its store. */
  powerCycle(device: DeviceName): void {
    this.premises.input({ kind: 'restart', device })
  }

  /** All inputs and outputs since the home was made: see `replay`. */
  recording(): Uint8Array {
    return this.#recorder.encode()
  }
  /** Writes the recording to a file: now, and again when the home is done with. */
  async record(path: string): Promise<void> {
    this.#recordTo = path
    await writeFile(path, this.recording())
  }

  /**
   * Captures what passes from now on, for Wireshark, until the home is done with: `run` makes `run.wan.pcap` and, where
   * the home area network has frames, `run.han.pcap`.
   */
  capture(name: string | CapturePaths): Capture {
    const begun = capture(this.premises, typeof name === 'string' ? capturePaths(name, this.premises) : name)
    this.#captures.add(begun)
    return begun
  }

  /** Ends the home. Whoever still waits for something is told so. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.premises.world.stop()
    for (const begun of this.#captures) begun.close()
    if (this.#recordTo !== undefined) await this.record(this.#recordTo)
  }
}
