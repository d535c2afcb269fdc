import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { Device, deviceLog, type DevicePorts, display, type HanReceiver, type Item, item } from '@smets2-sim/firmware'
import { deviceType } from '@smets2-sim/gbcs'
import {
  type CommandResult,
  type CommandViews,
  noAnswer,
  notJoined,
  tokenProblem,
  type UserCommand,
  waiting,
} from './commands.js'
import { commandElectricity } from './electricity-commands.js'
import { gasCommandMessage, gasMeterOf, readGasResponse, type SentCommand } from './gas-commands.js'
import { type Key, type Keypad, newKeypad, pressKey } from './keypad.js'
import { ppmidProfile } from './profile.js'

/** What a prepayment display shows. */
export interface PpmidScreen extends display.Screen {
  /** What became of the last command to each meter. */
  readonly commands: CommandViews
  readonly keypad: Keypad
}

/** How long the gas meter may take: it hears of a command when it wakes, every half hour, and may miss one (our decision). */
export const GAS_ANSWER_S = 3600

const commandViews: Item<CommandViews> = item('ppmid.commands', {})
/** The command to the gas meter that is not yet answered. */
const pendingGas: Item<(SentCommand & { readonly until: UtcSeconds }) | undefined> = item('ppmid.pendingGas', undefined)

/**
 * A prepayment display. On the network it reads what meter, proxy and hub serve, and sends commands to the electricity
 * meter; to the gas meter it speaks in protected messages. Without a network it is only a device that takes messages.
 */
export class Ppmid extends Device {
  readonly #display: display.Display | undefined
  #keypad = newKeypad

  constructor(id: Eui64, ports: DevicePorts) {
    super(ppmidProfile, id, ports)
    this.#display = ports.han && new display.Display({ clock: ports.clock, han: ports.han })
  }

  /** @throws TypeError when this display is on no network */
  get screen(): PpmidScreen {
    return { ...this.#onNetwork().screen, commands: this.items.read(commandViews), keypad: this.#keypad }
  }

  /** Whether the screen is kept up to date: a display that nobody looks at need not ask. */
  get screenIsOn(): boolean {
    return this.#onNetwork().isOn
  }
  set screenIsOn(on: boolean) {
    this.#onNetwork().isOn = on
  }

  /** The user presses a key. */
  press(key: Key): void {
    const step = pressKey(this.#keypad, key)
    this.#keypad = step.keypad
    if (step.request) this.order(step.keypad.fuel, step.request.command, step.request.digits)
  }
  /** Enters a token of 20 digits. One that cannot be right is not sent. */
  topUp(fuel: display.Fuel, digits: string): void {
    this.order(fuel, 'topUp', digits)
  }
  activateEmergencyCredit(fuel: display.Fuel): void {
    this.order(fuel, 'activateEmergencyCredit')
  }
  /** Enables the supply of electricity, when it is armed. Gas is enabled at the meter only. */
  enableSupply(): void {
    this.order('electricity', 'enableSupply')
  }
  confirmMessage(fuel: display.Fuel, messageId: number): void {
    this.#onNetwork().confirmMessage(fuel, messageId)
  }

  /** Has a meter do something; what becomes of it is on the screen. */
  order(fuel: display.Fuel, command: UserCommand, digits = ''): void {
    const problem = command === 'topUp' ? tokenProblem(digits) : undefined
    const show = (result: CommandResult): void => this.#show(fuel, command, result)
    if (problem !== undefined) return show({ state: 'notSent', text: problem })
    if (fuel === 'electricity') this.#toElectricity(command, digits, show)
    else if (command === 'enableSupply') show({ state: 'notSent', text: 'Gas is enabled at the meter' })
    else this.#toGas(command, digits, show)
  }

  /** Takes the gas meter's answer to the command that waits. */
  override takeResponse(octets: Uint8Array): boolean {
    const pending = this.items.read(pendingGas)
    const response = pending && readGasResponse(this, octets)
    if (!response || response.originatorCounter !== pending.originatorCounter) return false
    this.items.reset(pendingGas)
    this.#show('gas', response.command, response.result)
    this.save()
    return true
  }

  override nextDue(): UtcSeconds | undefined {
    this.#join()
    const display = this.#display?.nextDue()
    // the display counts in the time of the port, the device in its own
    const times = [
      super.nextDue(),
      display && display + this.clock.now() - this.ports.clock.now(),
      this.items.read(pendingGas)?.until,
    ]
    const due = times.filter((time) => time !== undefined)
    return due.length > 0 ? Math.min(...due) : undefined
  }
  override tick(): void {
    super.tick()
    this.#join()
    this.#display?.tick()
    const pending = this.items.read(pendingGas)
    if (!pending || this.now < pending.until) return
    this.items.reset(pendingGas)
    this.#show('gas', pending.command, noAnswer)
    this.save()
  }

  /** What it does with what arrives from other devices of the home. */
  get receiver(): HanReceiver {
    this.#join()
    return this.#onNetwork()
  }

  #onNetwork(): display.Display {
    if (!this.#display) throw new TypeError('this prepayment display is on no network')
    return this.#display
  }
  /** The device log says to what the display is joined. */
  #join(): void {
    const idOf = (type: number): Eui64 | undefined =>
      deviceLog(this).find((entry) => entry.deviceType === type)?.deviceId
    this.#display?.join({ electricity: idOf(deviceType.esme), gas: idOf(deviceType.gpf) })
  }

  #toElectricity(command: UserCommand, digits: string, show: (result: CommandResult) => void): void {
    const meter = deviceLog(this).find((entry) => entry.deviceType === deviceType.esme)?.deviceId
    const { han } = this.ports
    if (!meter || !han) return show(notJoined)
    show(waiting)
    commandElectricity(han, meter, command, digits, (result) => {
      show(result)
      this.#display?.refresh('electricity')
    })
  }
  #toGas(command: Exclude<UserCommand, 'enableSupply'>, digits: string, show: (result: CommandResult) => void): void {
    const meter = gasMeterOf(this)
    if (!meter) return show(notJoined)
    if (this.items.read(pendingGas)) return show({ state: 'notSent', text: 'The meter has not answered yet' })
    show(waiting)
    const sent: SentCommand = { command, originatorCounter: this.counters.next() }
    this.items.write(pendingGas, { ...sent, until: this.now + GAS_ANSWER_S })
    this.save() // the counter is kept before the message leaves
    this.send(gasCommandMessage(this, meter, sent, digits))
  }
  #show(fuel: display.Fuel, command: UserCommand, result: CommandResult): void {
    this.items.update(commandViews, (views) => ({ ...views, [fuel]: { command, ...result, at: this.now } }))
  }
}
