import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { Esme } from '@smets2-sim/esme'
import type { TestSmki } from '@smets2-sim/parties'
import type { HomeConfig } from '../config/home-config.js'
import { type DeviceName, deviceIdOf } from '../config/ids.js'
import type { HomeNetwork, NetworkNode } from '../network/home-network.js'
import type { WanLink } from '../network/wan-link.js'
import type { HomeDevice, LivingDevice } from './home-device.js'
import { HubFunctions } from './hub-functions.js'
import { HubInPlace } from './hub-in-place.js'

/** Functions of a hub: they are in one box. */
export const hubNames = ['chf', 'gpf'] as const

/** The home around the place of the hub. */
export interface BayHome {
  readonly config: HomeConfig
  readonly smki: TestSmki
  readonly wan: WanLink
  readonly network: HomeNetwork
  readonly devices: ReadonlyMap<DeviceName, LivingDevice>
  readonly ids: Map<DeviceName, Eui64>
  /** Starts a device again, from what it has kept. */
  restarted(device: LivingDevice): void
  /** Starts another device in the place of one: as it comes from the factory, with this identity. */
  exchanged(device: LivingDevice, id: Eui64): void
  /** Hands a message to a function of the hub. */
  own(device: HomeDevice, message: Uint8Array): void
  /** A message that nobody can deliver. */
  undelivered(message: Uint8Array, why: string): void
}

/** Where the hub of a home sits: one is fitted, switched off and on, taken out, replaced. */
export class HubBay {
  /** The devices around it. */
  readonly nodes = new Map<Eui64, NetworkNode>()
  readonly #home: BayHome
  readonly #functions: HubFunctions
  #hub: HubInPlace | undefined
  #replacements = 0

  constructor(home: BayHome) {
    this.#home = home
    this.#functions = new HubFunctions(home.devices)
  }

  /** The hub, while there is one. */
  get hub(): HubInPlace | undefined {
    return this.#hub
  }
  /** How many hubs have taken the place of the first one. */
  get replacements(): number {
    return this.#replacements
  }
  /** The home's time: that of the hub, as far as it trusts its own clock. */
  get time(): number | undefined {
    const chf = this.#hub && this.#function('chf').device
    return chf?.clock.status === 'reliable' ? chf.now : undefined
  }
  /** The gas meter was awake. */
  gasMeterWoke(): void {
    if (this.#hub) this.#functions.gasMeterWoke()
  }
  #function(name: (typeof hubNames)[number]): LivingDevice {
    return this.#home.devices.get(name) as LivingDevice
  }

  /** Switches on the hub that is there: the same as before, or another one. */
  fit(isAnother = true): void {
    const { config, wan, network, own, undelivered } = this.#home
    const [chf, gpf] = [this.#function('chf'), this.#function('gpf')]
    const hub = new HubInPlace({
      wan,
      network,
      nodes: this.nodes,
      chf,
      gpf,
      functions: this.#functions,
      isBench: config.network !== 'han' && this.#replacements === 0,
      own: (target, message) => own(target === chf.id ? chf : gpf, message),
      undelivered,
    })
    this.#hub = hub
    chf.onChange = () => hub.look()
    network.setHub(hub)
    for (const lost of wan.setHub(hub, isAnother)) undelivered(lost, 'the hub that it was sent to is gone')
    hub.powerOn()
  }
  /** The hub dies, or is taken out. The meter that it sits on notices. */
  remove(): void {
    if (!this.#hub) return
    this.#hub.powerOff()
    this.#hub = undefined
    for (const name of hubNames) this.#function(name).switchOff()
    this.#home.network.setHub(undefined)
    this.#home.wan.setHub(undefined, false)
    this.#meterNotices('hubDisconnected')
  }
  /** Another hub takes its place. @throws GbcsError `limitExceeded` when there were too many */
  replace(): void {
    const { config, ids, exchanged } = this.#home
    const fresh = hubNames.map((name) => [name, deviceIdOf(config.seed, name, this.#replacements + 1)] as const)
    this.remove()
    this.#replacements++
    for (const [name, id] of fresh) {
      ids.set(name, id)
      exchanged(this.#function(name), id)
    }
    this.fit()
    this.#meterNotices('hubConnected')
  }
  /** The hub is switched off and on: the gas proxy with it. @throws GbcsError `misuse` when there is none */
  restart(): void {
    if (!this.#hub) throw new GbcsError('misuse', 'there is no hub in this home')
    this.#hub.powerOff()
    this.#home.network.hubRestarted()
    for (const name of hubNames) this.#home.restarted(this.#function(name))
    this.fit(false)
  }
  #meterNotices(what: 'hubConnected' | 'hubDisconnected'): void {
    this.#home.devices.get('esme')?.change((meter) => {
      if (meter instanceof Esme && meter.isPowered) meter.occur(what)
    })
  }
}
