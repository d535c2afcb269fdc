import { writeFile } from 'node:fs/promises'
import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Outcome } from '@smets2-sim/firmware'
import type { Alert, FarEnd, RemoteParty } from '@smets2-sim/parties'
import type { FrameLink, Target } from '@smets2-sim/serial'
import { type Capture, capture, capturePaths, type CapturePaths } from './capture/capture.js'
import type { Ihd } from '@smets2-sim/ihd'
import type { PpmidScreen } from '@smets2-sim/ppmid'
import type { HomeConfig } from './config/home-config.js'
import { type DeviceName, deviceNames } from './config/ids.js'
import { Faults } from './faults.js'
import type { LivingDevice } from './premises/home-device.js'
import type { DeviceOf, FirmwareName, PartyIds } from './premises/manufacture.js'
import { partiesOf, wanOf } from './premises/parties.js'
import { Premises, type PremisesParts } from './premises/premises.js'
import type { GasStimuli } from './premises/stimuli.js'
import { linkExternal } from './serve/real-external.js'
import { Recorder } from './recording/recorder.js'
import { type Duration, durationMs } from './world/duration.js'
import { RealTime } from './world/real-clock.js'
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
  readonly #captures = new Set<Capture>()
  readonly #links: FrameLink[] = []
  #isReal = false

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
  get gsme(): LivingDevice<DeviceOf<'gsme'>> & GasStimuli {
    return this.#living('gsme') as LivingDevice<DeviceOf<'gsme'>> & GasStimuli
  }
  get gpf(): LivingDevice<DeviceOf<'gpf'>> {
    return this.#living('gpf')
  }
  get chf(): LivingDevice<DeviceOf<'chf'>> {
    return this.#living('chf')
  }
  /** The prepayment display: its keys are methods, what it shows is `screen` (see `Premises.look`). */
  get ppmid(): LivingDevice<DeviceOf<'ppmid'>> & { readonly screen: PpmidScreen } {
    const { premises } = this
    const living = this.#living('ppmid')
    if (!('screen' in living)) Object.defineProperty(living, 'screen', { get: () => premises.look('ppmid').screen })
    return living as LivingDevice<DeviceOf<'ppmid'>> & { readonly screen: PpmidScreen }
  }
  get hcalcs(): LivingDevice<DeviceOf<'hcalcs'>> {
    return this.#living('hcalcs')
  }
  /** The in-home display: see `Premises.look`. @throws GbcsError `misuse` when there is none */
  get ihd(): Ihd {
    return this.premises.look('ihd')
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
  /** The hub dies, or is taken out, with the gas proxy in it. */
  removeHub(): void {
    this.premises.input({ kind: 'hubRemoved' })
  }
  /**
   * A new hub takes the place of the old one, with a gas proxy and identities of its own; the parties know them. Nobody
   * is on its network before it is told of devices, or given the log of the old hub. Stores of the parts keep it under
   * the names of the old one; a home of the same parts that is made anew has the first hub.
   */
  replaceHub(): void {
    const { premises, farEnd } = this
    premises.input({ kind: 'hubReplaced' })
    for (const name of ['chf', 'gpf'] as const) farEnd.inventory.addDevice(name, premises.device(name).identity)
  }
  /**
   * A device is decommissioned: it forgets the home, and has the credentials of parties in the cells of their roles; those
   * of the standard set where none is named.
   */
  factoryReset(device: DeviceName, parties: PartyIds = {}): void {
    this.premises.input({ kind: 'reset', device, parties })
  }
  /** Switches a device off and on: it starts again from what it has kept. The gas proxy is in the hub. */
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

  /**
   * A device at the other end of a link takes the place of one of the home, under its identity: GBCS messages for it go
   * out, and what comes back goes to the hub. From then on the home lives in the time of the wall, or so many times
   * faster; what is outside is in no recording. `onProblem` hears of a message that did not pass.
   * @throws LinkError `notOpened`; GbcsError `misuse` when the home has no such device
   */
  async attach(
    name: DeviceName,
    target: Target,
    { speed = 1, onProblem = () => undefined }: { speed?: number; onProblem?: (text: string) => void } = {},
  ): Promise<void> {
    const { premises } = this
    this.#links.push(await linkExternal(premises, name, target, { note: () => undefined, problem: onProblem }))
    if (this.#isReal) return
    this.#isReal = true
    const onError = (error: unknown): void => onProblem(error instanceof Error ? error.message : String(error))
    premises.world.pacemaker = new RealTime(premises.world, { speed, onError })
  }

  /** Ends the home. Whoever still waits for something is told so. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#links.map((link) => link.close()))
    this.premises.world.stop()
    for (const begun of this.#captures) begun.close()
    if (this.#recordTo !== undefined) await this.record(this.#recordTo)
  }
}
