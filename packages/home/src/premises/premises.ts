import type { Eui64 } from '@smets2-sim/bytes'
import { GbcsError } from '@smets2-sim/bytes'
import { type CryptoProvider, native } from '@smets2-sim/crypto'
import type { HubTime, LinkConditions } from '@smets2-sim/han'
import { type Entropy, factoryReset, type Outcome, verifyFirmwareAtPowerOn } from '@smets2-sim/firmware'
import type { Ihd } from '@smets2-sim/ihd'
import type { Ppmid } from '@smets2-sim/ppmid'
import { repeatable, testSmki, type TestSmki, type WanAnswer } from '@smets2-sim/parties'
import { type DeviceName, deviceIdOf } from '../config/ids.js'
import { type HomeConfig, latencies } from '../config/home-config.js'
import { FaultRules } from '../network/fault-rules.js'
import type { HomeNetwork, NetworkNode } from '../network/home-network.js'
import { makeNetwork } from '../network/make-network.js'
import { WanLink } from '../network/wan-link.js'
import { seededEntropy } from '../world/seeded-entropy.js'
import { World } from '../world/world.js'
import { Belongings, type Keeping } from './belongings.js'
import { Exchanges } from './exchanges.js'
import { distribute, networkFirmwareOf } from './firmware.js'
import { HomeDevice, living, type LivingDevice } from './home-device.js'
import { HubBay } from './hub-bay.js'
import { asBuilt } from './initial-state.js'
import type { HomeInput } from './input.js'
import { type FirmwareName, hasFirmware, manufacture, type PartyIds, provision } from './manufacture.js'
import { namesIn } from './names.js'
import { isAround, membershipOf, nodeOf, watchPower } from './nodes.js'
import { stimuliOf } from './stimuli.js'
import { type DisplayName, ZclLife } from './zcl-life.js'

/** Parts of a home that are other than usual: a real bench has real randomness and a store that lasts. */
export interface PremisesParts extends Keeping {
  readonly crypto?: CryptoProvider
  readonly smki?: TestSmki
  readonly entropy?: (name: DeviceName) => Entropy
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
  readonly #bay: HubBay
  readonly #zcl: ZclLife
  readonly #belongings: Belongings
  readonly #exchanges = new Exchanges()
  readonly #unasked = new Set<(message: Uint8Array) => void>()
  readonly #parts: PremisesParts
  readonly #crypto: CryptoProvider

  constructor(config: HomeConfig, parts: PremisesParts = {}) {
    this.config = config
    this.#parts = parts
    this.#belongings = new Belongings(parts)
    this.#crypto = repeatable(parts.crypto ?? native)
    this.smki = parts.smki ?? testSmki({ seed: config.seed, ...(parts.crypto && { crypto: parts.crypto }) })
    this.world = new World(config.now)
    this.#faults = new FaultRules(seededEntropy(native, config.seed, 'faults'))
    this.wan = new WanLink(this.world, this.#faults, config.wanLatencyMs ?? latencies.wanMs)
    const time = (): HubTime => ({ utcSeconds: this.#bay.time ?? 0, reliable: this.#bay.time !== undefined })
    this.network = makeNetwork(config, this.world, this.#faults, time)
    const { world, network, devices, ids } = this
    this.#zcl = new ZclLife({ config, world, network, devices, ids })
    this.#bay = this.#makeBay()
    for (const name of namesIn(config)) this.#addDevice(name)
    this.#bay.fit()
    this.#zcl.complete()
    this.#zcl.mirror(() => this.#bay.gasMeterWoke())
    this.wan.onParties = (message) => {
      this.onOutput(message)
      if (this.#exchanges.answered(message)) return
      for (const listener of [...this.#unasked]) listener(message)
    }
  }

  #makeBay(): HubBay {
    const { config, smki, wan, network, devices, ids } = this
    return new HubBay({
      ...{ config, smki, wan, network, devices, ids },
      restarted: (device) => this.#restartOne(device),
      exchanged: (device, id) => {
        device.restart(this.#make(device.name as FirmwareName, true), smki.device(id))
        this.#zcl.complete()
      },
      own: (device, message) => this.#deliver(device, message),
      undelivered: (message, why) => this.#exchanges.discarded(message, 'notDelivered', why),
    })
  }
  #addDevice(name: DeviceName): void {
    const id = deviceIdOf(this.config.seed, name)
    this.ids.set(name, id)
    if (!hasFirmware(name)) {
      this.#attach(nodeOf(this.config, name, id))
      return this.#zcl.addDisplay(id)
    }
    const identity = this.smki.device(id)
    const device: LivingDevice = living(
      new HomeDevice(name, identity, this.#make(name), this.world),
      (stimulus, args) => this.#happens(device, stimulus, args),
    )
    this.devices.set(name, device)
    if (isAround(name)) {
      const receive = (message: Uint8Array): void => this.#deliver(device, message)
      this.#attach({
        ...nodeOf(this.config, name, id),
        receive,
        firmware: networkFirmwareOf(device),
        ...membershipOf(device),
      })
      watchPower(device, this.network)
    }
    this.#zcl.added(device)
  }
  #attach(node: NetworkNode): void {
    this.#bay.nodes.set(node.id, node)
    this.network.attach(node)
  }

  #restartOne(device: LivingDevice): void {
    const name = device.name as FirmwareName
    this.#belongings.keep(name, device.device)
    device.restart(this.#make(name))
    // a hub does so itself
    if (name !== 'chf') device.change((firmware) => verifyFirmwareAtPowerOn(firmware))
  }
  #reset(name: string, parties: PartyIds): void {
    if (!isAround(name)) throw new GbcsError('misuse', `no factory reset of a ${name}: it is replaced`)
    const device = this.device(name)
    device.change((firmware) => factoryReset(firmware, (fresh) => provision(fresh, this.smki, parties)))
    this.network.forget(device.id)
  }

  /** A device as it comes from the factory, or, unless it is another one in the same place, with what it has kept. */
  #make(name: FirmwareName, isAnother = false) {
    const { entropy } = this.#parts
    const id = this.#idOf(name)
    const source = `entropy of ${name}${isAround(name) || this.#bay.replacements === 0 ? '' : ` ${this.#bay.replacements}`}`
    const ports: Parameters<typeof manufacture>[4] = {
      clock: { now: () => this.world.now },
      entropy: entropy?.(name) ?? seededEntropy(native, this.config.seed, source),
      link: {
        send: (message) => {
          if (!this.#external.has(name)) this.#send(name, id, message)
        },
      },
      timeSource: () => (name === 'chf' ? this.wan.time : this.#bay.time),
      partnerLink: (other) => this.network.partnerLink?.(id, other) ?? 'success',
      ...this.#zcl.portsOf(name, id),
      ...(isAnother ? this.#belongings.ofAnother(name) : this.#belongings.of(name)),
    }
    const device = manufacture(name, this.smki.device(id), this.smki, this.#crypto, ports, asBuilt(name, this.config))
    this.#zcl.made(name, device, id)
    return device
  }
  #deliver(device: HomeDevice, message: Uint8Array): void {
    const external = this.#external.get(device.name)
    if (external) external(message)
    else this.#receive(device, message)
  }
  #receive(device: HomeDevice, message: Uint8Array): void {
    if (device.change((firmware) => firmware.takeResponse(message))) return
    const outcome = this.#takes(device, message)
    if (outcome.kind === 'responded') this.#send(device.name, device.id, outcome.response)
    else this.#tellDiscarded(message, outcome.reason, outcome.detail)
  }
  #takes(device: HomeDevice, message: Uint8Array): Outcome {
    const outcome = device.receive(message)
    this.onOutcome(device, outcome)
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
    if (!isAround(name)) this.#bay.hub?.send(id, message)
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
      case 'look':
        return this.#zcl.switchOn(input.device)
      case 'firmware':
        return distribute(this, input.device, input.image)
      case 'restart':
        return isAround(input.device) ? this.#restartOne(this.device(input.device)) : this.#bay.restart()
      case 'hubRemoved':
        return this.#bay.remove()
      case 'hubReplaced':
        return this.#bay.replace()
      case 'reset':
        return this.#reset(input.device, input.parties)
    }
  }
  /**
   * The screen of a display. Where the network has no frames, it reads from the first look on: nobody can tell, since
   * all is there at once, and a home in which nobody looks is faster to simulate (our decision).
   * @throws GbcsError `misuse` when the home has no such display
   */
  look(name: 'ihd'): Ihd
  look(name: 'ppmid'): Ppmid
  look(name: DisplayName): Ihd | Ppmid {
    const display = this.#zcl.display(name)
    if (!this.#zcl.hasLookedAt(name)) this.input({ kind: 'look', device: name })
    return display
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
