import type { Eui64 } from '@smets2-sim/bytes'
import { GbcsError } from '@smets2-sim/bytes'
import { linkKeyEstablished } from '@smets2-sim/chf'
import { type CryptoProvider, type KeyVault, native } from '@smets2-sim/crypto'
import type { LinkConditions } from '@smets2-sim/han'
import { type Entropy, inDeviceLog, type Outcome, type StateStore, takePushes } from '@smets2-sim/firmware'
import { receivePush } from '@smets2-sim/gpf'
import { repeatable, testSmki, type TestSmki, type WanAnswer } from '@smets2-sim/parties'
import { type DeviceName, deviceIdOf, installCodeOf } from '../config/ids.js'
import { GAS_WAKE_S, type HomeConfig, latencies } from '../config/home-config.js'
import { DirectNetwork } from '../network/direct-network.js'
import { HanNetwork } from '../network/han-network.js'
import { FaultRules } from '../network/fault-rules.js'
import type { HomeNetwork } from '../network/home-network.js'
import { WanLink } from '../network/wan-link.js'
import { seededEntropy } from '../world/seeded-entropy.js'
import { World } from '../world/world.js'
import { Exchanges } from './exchanges.js'
import { distribute, imageEnded, networkFirmwareOf } from './firmware.js'
import { HubFunctions } from './hub-functions.js'
import { HomeDevice, living, type LivingDevice } from './home-device.js'
import { connectHub } from './hub.js'
import { admissionsOf, labelsOf } from './admissions.js'
import { asBuilt } from './initial-state.js'
import type { HomeInput } from './input.js'
import { type FirmwareName, hasFirmware, manufacture } from './manufacture.js'
import { namesIn } from './names.js'
import { stimuliOf } from './stimuli.js'

/** Parts of a home that are other than usual: a real bench has real randomness and a store that lasts. */
export interface PremisesParts {
  readonly crypto?: CryptoProvider
  readonly smki?: TestSmki
  readonly entropy?: (name: DeviceName) => Entropy
  readonly store?: (name: DeviceName) => StateStore
  /** Where devices keep the private keys that they make: beside what the store has, and not in it. */
  readonly vault?: (name: DeviceName) => KeyVault
}

/** The home's side of the wide area network: hub, home area network and devices, and time in which they live. */
export class Premises {
  readonly config: HomeConfig
  readonly smki: TestSmki
  readonly world: World
  readonly wan: WanLink
  readonly network: HomeNetwork
  readonly devices = new Map<DeviceName, LivingDevice>()
  /** Identities of all devices, displays without firmware included. */
  readonly ids = new Map<DeviceName, Eui64>()
  /** Hears of every input, before it has its effect. */
  onInput: (input: HomeInput) => void = () => undefined
  /** Hears what became of every command at its device. */
  onOutcome: (device: HomeDevice, outcome: Outcome) => void = () => undefined
  /** Hears of every message that reaches the parties' end. */
  onOutput: (message: Uint8Array) => void = () => undefined
  readonly #faults: FaultRules
  /** Where messages for devices go whose place another one has taken. */
  readonly #external = new Map<DeviceName, (message: Uint8Array) => void>()
  /** Devices that cannot be reached. */
  readonly #silent = new Set<Eui64>()
  readonly #exchanges = new Exchanges()
  readonly #functions = new HubFunctions(this.devices)
  readonly #unasked = new Set<(message: Uint8Array) => void>()
  readonly #parts: PremisesParts
  readonly #crypto: CryptoProvider

  constructor(config: HomeConfig, parts: PremisesParts = {}) {
    this.config = config
    this.#parts = parts
    this.#crypto = repeatable(parts.crypto ?? native)
    this.smki = parts.smki ?? testSmki({ seed: config.seed, ...(parts.crypto && { crypto: parts.crypto }) })
    this.world = new World(config.now)
    this.#faults = new FaultRules(seededEntropy(native, config.seed, 'faults'))
    this.wan = new WanLink(this.world, this.#faults, config.wanLatencyMs ?? latencies.wanMs)
    this.network = this.#makeNetwork()
    this.network.onImage = (device, image, succeeded) => imageEnded(this, device, image, succeeded)
    const inside = new Map<Eui64, (message: Uint8Array) => void>()
    connectHub({
      wan: this.wan,
      network: this.network,
      inside,
      functions: this.#functions,
      undelivered: (message, why) => this.#exchanges.discarded(message, 'notDelivered', why),
    })
    for (const name of namesIn(config)) this.#addDevice(name, inside)
    this.#admit()
    if (config.gas) this.#mirrorLater()
    this.wan.onParties = (message) => {
      this.onOutput(message)
      if (this.#exchanges.answered(message)) return
      for (const listener of [...this.#unasked]) listener(message)
    }
  }

  #makeNetwork(): HomeNetwork {
    const { network, seed, hanLatencyMs } = this.config
    if (network !== 'han') return new DirectNetwork(this.world, this.#faults, hanLatencyMs ?? latencies.hanMs)
    const made = new HanNetwork(this.world, this.#faults, {
      hub: deviceIdOf(seed, 'chf'),
      seed,
      ...(hanLatencyMs !== undefined && { latencyMs: hanLatencyMs }),
      time: () => ({ utcSeconds: this.#hubTime() ?? 0, reliable: this.#hubTime() !== undefined }),
    })
    made.onJoined((id, key) => this.device('chf').change((hub) => linkKeyEstablished(hub, id, key)))
    return made
  }
  /** At every wake the gas meter tells the proxy what is new, once the proxy has joined it and while they can be heard. */
  #mirrorLater(): void {
    const everyMs = (this.config.gasWakeS ?? GAS_WAKE_S) * 1000
    this.world.at((Math.floor(this.world.nowMs / everyMs) + 1) * everyMs, 'report of the gas meter', () => {
      const [meter, proxy] = [this.device('gsme'), this.device('gpf')]
      if (inDeviceLog(proxy.device, meter.id) && !this.#silent.has(meter.id)) {
        const pushes = meter.change((firmware) => takePushes(firmware))
        for (const push of pushes) proxy.change((firmware) => receivePush(firmware, push))
      }
      this.#functions.gasMeterWoke()
      this.#mirrorLater()
    })
  }
  /** Tells the network whom the hub has in its device log. */
  #admit(): void {
    const hub = this.devices.get('chf')?.device
    if (hub) this.network.admit?.(admissionsOf(hub, labelsOf(this.config.seed, this.ids)))
  }

  #addDevice(name: DeviceName, inside: Map<Eui64, (message: Uint8Array) => void>): void {
    const id = deviceIdOf(this.config.seed, name)
    this.ids.set(name, id)
    const label = installCodeOf(this.config.seed, name)
    if (!hasFirmware(name)) return this.network.attach({ id, name, label })
    const identity = this.smki.device(id)
    const device: LivingDevice = living(
      new HomeDevice(name, identity, this.#make(name), this.world),
      (stimulus, args) => this.#happens(device, stimulus, args),
    )
    this.devices.set(name, device)
    const receive = (message: Uint8Array): void => {
      const external = this.#external.get(name)
      if (external) external(message)
      else this.#receive(device, message)
    }
    if (name === 'chf' || name === 'gpf') inside.set(id, receive)
    else
      this.network.attach({
        id,
        name,
        label,
        receive,
        firmware: networkFirmwareOf(device),
        ...(name === 'gsme' && { wakeEveryMs: (this.config.gasWakeS ?? GAS_WAKE_S) * 1000 }),
      })
  }

  #make(name: FirmwareName) {
    const { entropy, store, vault } = this.#parts
    const id = deviceIdOf(this.config.seed, name)
    const ports: Parameters<typeof manufacture>[4] = {
      clock: { now: () => this.world.now },
      entropy: entropy?.(name) ?? seededEntropy(native, this.config.seed, `entropy of ${name}`),
      link: {
        send: (message) => {
          if (!this.#external.has(name)) this.#send(name, id, message)
        },
      },
      timeSource: () => this.#hubTime(),
      ...(store && { store: store(name) }),
      ...(vault && { vault: vault(name) }),
    }
    return manufacture(name, this.smki.device(id), this.smki, this.#crypto, ports, asBuilt(name, this.config))
  }
  /** The hub is the home's time source, as far as it trusts its own clock. */
  #hubTime(): number | undefined {
    const hub = this.devices.get('chf')?.device
    return hub?.clock.status === 'reliable' ? hub.now : undefined
  }

  #receive(device: HomeDevice, message: Uint8Array): void {
    const outcome = this.#takes(device, message)
    if (outcome.kind === 'responded') this.#send(device.name, device.id, outcome.response)
    else this.#tellDiscarded(message, outcome.reason, outcome.detail)
  }
  #takes(device: HomeDevice, message: Uint8Array): Outcome {
    const outcome = device.receive(message)
    this.onOutcome(device, outcome)
    if (device.name === 'chf') this.#admit()
    return outcome
  }
  /** Only a simulation tells: after any response, which has to travel. */
  #tellDiscarded(message: Uint8Array, reason: string, detail: string): void {
    const { wanLatencyMs = latencies.wanMs, hanLatencyMs = latencies.hanMs } = this.config
    this.world.after(wanLatencyMs + hanLatencyMs + 1, 'word of a refusal', () =>
      this.#exchanges.discarded(message, reason, detail),
    )
  }
  #send(name: DeviceName, id: Eui64, message: Uint8Array): void {
    if (name === 'chf' || name === 'gpf') this.wan.toParties(message)
    else this.network.toHub(id, message)
  }

  /**
   * Another device takes the place of one: it gets the messages for that one, and gives its own by the function that
   * comes back. It has the identity of the one it replaces, which is silent from now on. A home with such a device
   * cannot be replayed: what is outside is not recorded.
   */
  replaceBy(name: DeviceName, receive: (message: Uint8Array) => void): (message: Uint8Array) => void {
    const { id } = this.device(name)
    this.#external.set(name, receive)
    return (message) => {
      this.world.catchUp()
      this.#send(name, id, message)
    }
  }
  /** A device by its name. @throws GbcsError `misuse` when the home has none */
  device(name: string): LivingDevice {
    const device = this.devices.get(name as DeviceName)
    if (!device) throw new GbcsError('misuse', `this home has no ${name}`)
    return device
  }

  /** Takes an input at this moment. Everything from outside comes this way. */
  input(input: HomeInput): unknown {
    this.world.catchUp()
    this.onInput(input)
    return this.#apply(input)
  }
  #apply(input: HomeInput): unknown {
    switch (input.kind) {
      case 'wan':
        return this.wan.toHome(input.message)
      case 'local':
        return this.#takes(this.device(input.device), input.message)
      case 'wanLink':
        return void (this.wan.isUp = input.up)
      case 'reach':
        if (input.reachable) this.#silent.delete(this.#idOf(input.device))
        else this.#silent.add(this.#idOf(input.device))
        return this.network.setReachable(this.#idOf(input.device), input.reachable)
      case 'link':
        return this.#setLink(input.device, input.conditions)
      case 'fault':
        return this.#faults.add(input.rule)
      case 'faultsCleared':
        for (const { device } of this.devices.values()) device.faults.clear()
        return this.#faults.clear()
      case 'itemFault':
        return this.device(input.device).device.faults.inject(input.key, input.result, input.times)
      case 'stimulus':
        return this.#stimulate(this.device(input.device), input.name, input.args)
      case 'firmware':
        return distribute(this, input.device, input.image)
      case 'restart':
        return this.device(input.device).restart(this.#make(input.device as FirmwareName))
    }
  }
  #idOf(name: string): Eui64 {
    const id = this.ids.get(name as DeviceName)
    if (!id) throw new GbcsError('misuse', `this home has no ${name}`)
    return id
  }
  #setLink(name: string, conditions: Partial<LinkConditions>): void {
    if (!this.network.setLink) throw new GbcsError('misuse', 'the network of this home has no frames: network: han')
    this.network.setLink(this.#idOf(name), conditions)
  }
  #stimulate(device: HomeDevice, name: string, args: readonly unknown[]): unknown {
    const stimulus = stimuliOf(device.device)[name]
    if (!stimulus) throw new GbcsError('misuse', `nothing called ${name} happens to a ${device.name}`)
    return device.change((firmware) => stimulus(firmware, ...args))
  }
  /** A stimulus is an input. A function is no data, and cannot be recorded: whoever hands one over wires devices. */
  #happens(device: HomeDevice, name: string, args: readonly unknown[]): unknown {
    if (args.some((argument) => typeof argument === 'function')) return this.#stimulate(device, name, args)
    return this.input({ kind: 'stimulus', device: device.name, name, args })
  }

  /** Sends a command into the home and waits for its answer, so many seconds of the home's time. */
  async exchange(command: Uint8Array, timeoutS: number): Promise<WanAnswer> {
    let answer: WanAnswer | undefined
    const giveUp = this.#exchanges.open(command, (found) => (answer = found))
    this.input({ kind: 'wan', message: command })
    await this.world.until(() => answer !== undefined, this.world.nowMs + timeoutS * 1000)
    giveUp()
    return answer ?? { kind: 'timeout' }
  }
  /** Hears of messages that answer no exchange: alerts, and responses that come too late. Gives the way to stop. */
  onUnasked(listener: (message: Uint8Array) => void): () => void {
    this.#unasked.add(listener)
    return () => void this.#unasked.delete(listener)
  }
}
