import { type Eui64, eui64 } from '@smets2-sim/bytes'
import { native, softwareKeyStore } from '@smets2-sim/crypto'
import { fromIso, type UtcSeconds } from '@smets2-sim/cosem'
import { Device, type han, type HanPort, payment, raise, setDeviceLog, supply } from '@smets2-sim/firmware'
import {
  type AlertName,
  alertOf,
  deviceType,
  encodeUtrn,
  eventLog,
  securityLog,
  truncateUtrnCounter,
} from '@smets2-sim/gbcs'
import {
  activateTariff,
  type Conditions,
  defaultMeteringConfig,
  flowOf,
  initialMeteringState,
  integrate,
  type MeteringConfig,
  type MeteringState,
  singlePhase,
} from '../metering/index.js'
import { esmeProfile } from '../profile.js'
import type { Tariff } from '../tariff/index.js'
import type { ElectricityHome, SupplierMessage, SwitchOrder } from './home.js'
import { loadControlEvent, orderSwitch, serveElectricity } from './index.js'

export { loadControlEvent, orderSwitch }

/** Time that stands still until a test moves it. */
export const testClock = (start: string) => {
  const clock = { time: fromIso(start), now: (): UtcSeconds => clock.time }
  return clock
}

export const ids = {
  hub: eui64('00db1234567890c0'),
  esme: eui64('00db1234567890a0'),
  gpf: eui64('00db1234567890b0'),
  gsme: eui64('00db1234567890b1'),
  ppmid: eui64('00db1234567890d0'),
  ihd: eui64('00db1234567890e0'),
  hcalcs: eui64('00db1234567890f0'),
} as const

/** A key store with keys of its own for each number. */
export const keysOf = (n: number) =>
  softwareKeyStore(native, {
    digitalSignature: native.sha256(Uint8Array.of(n)),
    keyAgreement: native.sha256(Uint8Array.of(n, n)),
  })

/** The devices that a meter or proxy lets in, unless a test says otherwise. */
export const displayEntries = [
  { deviceId: ids.ppmid, deviceType: deviceType.ppmid },
  { deviceId: ids.ihd, deviceType: deviceType.type2 },
]

/** An electricity meter on a home network, with the engines of metering, payment and supply behind what it serves. */
export class ServedEsme implements ElectricityHome {
  readonly device: Device
  readonly port: HanPort
  readonly clock: { time: UtcSeconds; now(): UtcSeconds }
  readonly config: MeteringConfig
  settings: payment.AccountSettings
  message: SupplierMessage | undefined
  confirmed: number[] = []
  switchAnswers: [string, number, boolean][] = []
  switchOrder: SwitchOrder | undefined
  supplyState: supply.ElectricitySupplyState = 'enabled'
  tokens: payment.TokenState
  #state: MeteringState
  #conditions: Conditions = singlePhase()
  #meteredTo: UtcSeconds

  constructor(
    network: han.DirectHan,
    clock: { time: UtcSeconds; now(): UtcSeconds },
    options: {
      readonly tariff?: Partial<Tariff>
      readonly config?: Partial<MeteringConfig>
      readonly settings?: Partial<payment.AccountSettings>
      readonly account?: Partial<payment.Account>
    } = {},
  ) {
    this.clock = clock
    this.port = network.port(ids.esme)
    this.config = { ...defaultMeteringConfig('singleElement'), ...options.config }
    this.settings = { ...payment.factorySettings, ...options.settings }
    this.tokens = {
      account: { ...payment.newAccount(clock.time), ...options.account },
      counters: payment.noTokensYet,
      manual: payment.noFailuresYet,
    }
    this.#state = activateTariff(initialMeteringState('singleElement', clock.time), options.tariff ?? {})
    this.#meteredTo = clock.time
    this.device = new Device(esmeProfile, ids.esme, {
      clock,
      crypto: native,
      keys: keysOf(1),
      entropy: { bytes: (count) => new Uint8Array(count) },
      link: { send: () => undefined },
    })
    setDeviceLog(this.device, [...displayEntries, { deviceId: ids.hcalcs, deviceType: deviceType.hcalcs }])
    network.serve(ids.esme, serveElectricity(this.device, this))
    this.#becomes(this.account)
  }

  /** Changes the load from now on. */
  load(watts: number): void {
    this.#meterUp()
    this.#conditions = singlePhase({ watts })
  }
  get account(): payment.Account {
    return this.tokens.account
  }
  /** A token of the supplier that this meter takes for authentic. */
  token(utrnCounter: number, pence: number): string {
    return encodeUtrn({ truncatedCounter: truncateUtrnCounter(utrnCounter), valueClass: 'pence', value: pence, mac: 7 })
  }

  readonly readings: ElectricityHome['readings'] = {
    now: () => this.clock.now(),
    metering: () => this.#meterUp(),
    activePowerImportW: () => flowOf(this.config.variant, this.#present()).activePowerImportW,
    powerThresholds: () => this.config,
    account: () => {
      this.#meterUp()
      return this.account
    },
    accountSettings: () => this.settings,
    supply: () => supply.controlStateOf(this.supplyState),
    supplier: () => ({ name: 'Volt & Co', contact: '0800 123' }),
    message: () => this.message,
    events: () => this.device.log(eventLog.buffer.item).entries(),
  }
  readonly actions: ElectricityHome['actions'] = {
    activateEmergencyCredit: () => {
      const step = payment.activateEmergencyCredit(this.account, this.settings)
      this.#becomes(step.account)
      return step.active
    },
    enterToken: (digits) => {
      this.#meterUp()
      const entry = { digits, by: 'ppmid', now: this.clock.now() } as const
      const step = payment.enterToken(this.tokens, this.settings, entry, ({ mac }) => mac === 7)
      this.tokens = step.state
      this.#raise(step.raised)
      this.#becomes(step.state.account)
      return step.outcome
    },
    enableSupply: () => {
      const conditions = { creditForbids: this.account.watch.disabling, hasSwitch: true }
      const outcome = supply.loadSwitch.userEnables(this.supplyState, conditions)
      this.supplyState = outcome.state
      return outcome.kind === 'done'
    },
    messageConfirmed: (id) => void this.confirmed.push(id),
    switchAnswered: (id: Eui64, commandId, ok) => void this.switchAnswers.push([id, commandId, ok]),
    switchOrder: () => this.switchOrder,
  }

  /** Codes in the event log with what else they say, and in the security log, oldest first. */
  get eventCodes(): string[] {
    const entries = [...this.device.log(eventLog.buffer.item).entries()] as {
      code: number
      otherInformation: Uint8Array
    }[]
    return entries.map(({ code, otherInformation }) => [code.toString(16), ...otherInformation].join(' '))
  }
  get securityCodes(): string[] {
    const entries = [...this.device.log(securityLog.buffer.item).entries()] as { code: number }[]
    return entries.map(({ code }) => alertOf(code)?.name ?? String(code))
  }

  #present(): Conditions {
    return { ...this.#conditions, supplyEnabled: supply.controlStateOf(this.supplyState) === 'enabled' }
  }
  #meterUp(): MeteringState {
    const now = this.clock.now()
    if (now === this.#meteredTo) return this.#state
    const before = this.#state
    this.#state = integrate(before, this.config, this.#present(), this.#meteredTo, now).state
    this.#meteredTo = now
    const cost = (state: MeteringState): number => state.cost.costMillipence * 1000 + state.cost.remainder
    const charged = payment.charge(this.account, this.settings, cost(this.#state) - cost(before)).account
    this.#becomes(payment.collect(charged, this.settings, now, false).account)
    return this.#state
  }
  #becomes(account: payment.Account): void {
    const step = payment.review(account, this.settings, false)
    this.tokens = { ...this.tokens, account: step.account }
    this.#raise(step.raised)
    for (const signal of step.signals) this.supplyState = supply.loadSwitch.on(this.supplyState, signal).state
  }
  #raise(names: readonly AlertName[]): void {
    for (const name of names) raise(this.device, name)
  }
}
