import type { Eui64 } from '@smets2-sim/bytes'
import {
  auxiliaryLoad,
  Device,
  type DevicePorts,
  type Item,
  item,
  type Outcome,
  raise,
  restoreSnapshot,
  takeSnapshot,
  userInterface,
} from '@smets2-sim/firmware'
import { auxiliary } from './data/auxiliary.js'
import { conditionsOf, metering, meteringConfigOf, world } from './data/metering.js'
import { loadSwitchStuck } from './data/supply.js'
import { operationalUpdate } from './events.js'
import { type Hardware, hardwareOf } from './hardware.js'
import { type EsmeOptions, manufacture } from './manufacture.js'
import {
  activeTariffPriceMillipencePerKwh,
  cumulativeAndHistoricalValueStore,
  type CumulativeAndHistoricalValueStore,
  type Phase,
  phaseOf,
  type PowerLevel,
  powerLevelOf,
} from './metering/index.js'
import { esmeProfile } from './profile.js'
import { type ActuatorOrder, changeAuxiliary, onActuatorOrder } from './running/auxiliary.js'
import { meterUp } from './running/meter-up.js'
import { activePowerImportW } from './running/supply.js'
import { logUserCommand, type UserAnswer, userReadings, userRequest } from './running/user.js'
import * as outside from './running/world.js'

const firmwareIsCorrupt: Item<boolean> = item('firmware.isCorrupt', false)
const NOMINAL_V = 240
/** Messages that are kept through an outage, the newest (our decision). */
const MOST_WAITING = 100

/** What a display shows. */
export interface Shown {
  readonly title: string
  readonly text: string
}

/** An electricity meter, and what the world can do to it. Every call acts at the present of its clock. */
export class Esme extends Device {
  #keys: userInterface.UserInterface
  /** Messages that wait until there is power to send them. */
  readonly #waiting: Uint8Array[] = []

  constructor(id: Eui64, ports: DevicePorts, options?: EsmeOptions) {
    super(esmeProfile, id, ports)
    if (!this.items.has(metering)) manufacture(this, options)
    this.#keys = userInterface.newUserInterface(this.now)
  }

  get hardware(): Hardware {
    return hardwareOf(this)
  }
  /**
   * Whether any phase has a voltage. A meter without power keeps its time and its data; it shows and sends nothing, and
   * takes no messages: whoever would deliver one has to look.
   */
  get isPowered(): boolean {
    return this.items.read(world).phases.some(({ voltageMillivolts }) => voltageMillivolts > 0)
  }

  /** Takes a message; what it leads to besides its response is done too. */
  override receive(bytes: Uint8Array): Outcome {
    const outcome = super.receive(bytes)
    this.tick()
    return outcome
  }

  override send(message: Uint8Array): void {
    this.#waiting.push(message)
    if (this.isPowered) for (const one of this.#waiting.splice(0)) super.send(one)
    else if (this.#waiting.length > MOST_WAITING) this.#waiting.shift()
  }

  /** Does everything that is due by now, and meters up to now. */
  override tick(): void {
    super.tick()
    meterUp(this)
  }

  /** Something happens at the present: what was due before it is done first, what follows from it after. */
  #happens<T>(body: () => T): T {
    this.tick()
    const result = body()
    this.tick()
    this.save()
    return result
  }

  // Electricity.

  /** Puts a load on the meter, from now on. */
  load(load: outside.Load): void {
    this.#happens(() => outside.applyLoad(this, load))
  }
  /** The voltage of a phase, or of all. */
  supplyVoltage(volts: number, phase?: Phase): void {
    const { voltageMillivolts } = phaseOf({ volts })
    this.#happens(() => outside.changePhases(this, phase, (conditions) => ({ ...conditions, voltageMillivolts })))
  }
  /** The supply of a phase, or of all, fails. */
  outage(phase?: Phase): void {
    this.supplyVoltage(0, phase)
  }
  /** It is back. */
  restore(phase?: Phase, volts = NOMINAL_V): void {
    this.supplyVoltage(volts, phase)
  }
  /** The meter is wired in a wrong way, or no longer. */
  wiring(wrong: { readonly incorrectPolarity?: boolean; readonly incorrectPhaseSequence?: boolean }): void {
    this.#happens(() => outside.changeWorld(this, (before) => ({ ...before, ...wrong })))
  }
  /** Active Power Import of both elements. */
  get activePowerImportW(): number {
    return activePowerImportW(this)
  }
  /** Where the active power lies between the thresholds that the supplier has set: the ambient light of a display. */
  get powerLevel(): PowerLevel {
    return powerLevelOf(this.activePowerImportW, meteringConfigOf(this))
  }
  /** Price of what the primary element imports now. */
  get activeTariffPriceMillipencePerKwh(): number {
    this.tick()
    return activeTariffPriceMillipencePerKwh(meterUp(this))
  }
  /** Whether the load switch lets current through. */
  get isSupplyEnabled(): boolean {
    return conditionsOf(this).supplyEnabled
  }
  /** Consumption of today, this week and this month, and of those before. */
  history(): CumulativeAndHistoricalValueStore {
    this.tick()
    return cumulativeAndHistoricalValueStore(meterUp(this))
  }

  // Somebody at the meter, and faults in it.

  openCover(cover: Exclude<outside.Cover, 'magnet'>): void {
    this.#happens(() => outside.openCover(this, cover))
  }
  closeCover(cover: Exclude<outside.Cover, 'magnet'>): void {
    this.#happens(() => outside.closeCover(this, cover))
  }
  openTerminalCover(): void {
    this.openCover('terminal')
  }
  closeTerminalCover(): void {
    this.closeCover('terminal')
  }
  /** A strong magnetic field comes, or is gone. */
  magnet(isThere = true): void {
    this.#happens(() => (isThere ? outside.openCover : outside.closeCover)(this, 'magnet'))
  }
  /** Tampering that is no opened cover and no magnet. */
  tamper(): void {
    this.#happens(() => outside.tamper(this, 'unauthorisedPhysicalAccessTamperDetect'))
  }
  /** The load switch sticks in the state in which it is, or is free again. */
  jamLoadSwitch(isStuck = true): void {
    this.#happens(() => this.items.write(loadSwitchStuck, isStuck))
  }
  /** The meter finds a fault in itself. */
  failSelfTest(test: outside.SelfTest): void {
    this.#happens(() => outside.failSelfTest(this, test))
  }
  /** Its firmware has changed by itself: found out when it starts next. */
  corruptFirmware(): void {
    this.#happens(() => this.items.write(firmwareIsCorrupt, true))
  }
  /** Starts the meter from what it has stored. What it only remembered is gone: what the user was about to type. */
  powerCycle(): void {
    this.tick()
    restoreSnapshot(this, takeSnapshot(this))
    this.#keys = userInterface.newUserInterface(this.now)
    if (!this.items.read(firmwareIsCorrupt)) return
    this.items.reset(firmwareIsCorrupt)
    raise(this, 'firmwareVerificationFailedAtPowerOn')
    this.save()
  }
  /** Something happens on the home network, or at a port of the meter. */
  occur(what: outside.Occurrence): void {
    this.#happens(() => outside.occur(this, what))
  }

  // The user.

  /** What displays show. */
  readings(): userInterface.UserReadings {
    this.tick()
    return userReadings(this)
  }
  /** The screens of the meter, in the order in which the next key goes through them. */
  screens(): readonly userInterface.Screen[] {
    return userInterface.screens(this.readings())
  }
  /** What is on the display of the meter. */
  display(): Shown {
    if (!this.isPowered) return { title: '', text: '' }
    this.#keys = userInterface.afterIdle(this.#keys, this.now)
    return userInterface.display(this.#keys, this.readings())
  }
  /** Presses a key of the meter; what it then shows. */
  press(key: userInterface.Key): Shown {
    if (!this.isPowered) return this.display()
    const { ui, request, denied } = userInterface.pressKey(this.#keys, key, this.readings())
    this.#keys = ui
    if (denied) this.#happens(() => logUserCommand(this, denied, false, 'keypad'))
    if (request) this.#keys = userInterface.answerUser(ui, this.request(request, 'keypad').text)
    return this.display()
  }
  /** What a user asks for, at the keys or through a prepayment display of the home. */
  request(request: userInterface.UserRequest, by: 'keypad' | 'ppmid' = 'ppmid'): UserAnswer {
    return this.#happens(() => userRequest(this, request, by))
  }

  // Auxiliary controllers.

  /** Who is told what the actuators of the controllers are to do. */
  onActuatorOrder(listener: (order: ActuatorOrder) => void): void {
    onActuatorOrder(this, listener)
  }
  /** The answer of a switch on the home network to a command, or that none came. */
  answerControllerCommand(controller: number, commandId: number, ok: boolean): void {
    this.#happens(() =>
      changeAuxiliary(this, (before) => auxiliaryLoad.confirm(before, controller, commandId, ok, this.now)),
    )
  }
  /** An actuator was found not to have the level that it was told. */
  failController(controller: number, level: number): void {
    this.#happens(() => changeAuxiliary(this, (before) => auxiliaryLoad.fail(before, controller, level, this.now)))
  }
  /** The device of a load controller reports its state. */
  reportControllerState(controller: number, otherData = ''): void {
    const { output, input } = this.items.read(auxiliary).controllers[controller - 1] ?? {
      output: auxiliaryLoad.newChannel,
      input: auxiliaryLoad.newChannel,
    }
    const party = this.anchors.get('loadController', 'keyAgreement')
    const state = { outputState: `${output.level}`, inputState: `${input.level}`, 'other-data': otherData }
    if (party) this.#happens(() => operationalUpdate(this, party.entityId, JSON.stringify(state)))
  }
}
