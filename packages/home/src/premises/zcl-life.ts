import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { Esme } from '@smets2-sim/esme'
import type { Device, DevicePorts, HanPort } from '@smets2-sim/firmware'
import type { Ihd } from '@smets2-sim/ihd'
import { Ppmid } from '@smets2-sim/ppmid'
import type { HomeConfig } from '../config/home-config.js'
import type { DeviceName } from '../config/ids.js'
import type { HomeNetwork } from '../network/home-network.js'
import type { World } from '../world/world.js'
import { HomeDisplay } from './display.js'
import type { HomeDevice } from './home-device.js'
import type { FirmwareName } from './manufacture.js'
import { mirrorOf, orderSwitches, shareByProxy, shareByRadio, type Teller } from './meters-at-home.js'
import { within } from './within.js'
import { zclEndsOf } from './zcl-ends.js'

/** The home around the conversations of its devices. */
export interface ZclHome {
  readonly config: HomeConfig
  readonly world: World
  readonly network: HomeNetwork
  readonly devices: ReadonlyMap<DeviceName, HomeDevice>
  readonly ids: ReadonlyMap<DeviceName, Eui64>
}
/** Devices with a screen that somebody may look at. */
export type DisplayName = 'ihd' | 'ppmid'

/** What the devices of a home say to each other by ZCL: displays, load switches, the mirror of the gas meter. */
export class ZclLife {
  readonly #home: ZclHome
  #display: HomeDisplay | undefined
  /** Displays that somebody has looked at. */
  readonly #looked = new Set<DisplayName>()

  constructor(home: ZclHome) {
    this.#home = home
  }

  /** Ends on the home area network of a device that is being made. */
  portsOf(name: FirmwareName, id: Eui64): Pick<DevicePorts, 'han' | 'share'> {
    const teller = this.#teller(name, id)
    if (name === 'gsme') return { share: shareByProxy(teller) }
    return name === 'chf' ? {} : { han: teller.port, ...(name === 'esme' && { share: shareByRadio(teller) }) }
  }
  #teller(name: FirmwareName, id: Eui64): Teller {
    const device = () => this.#home.devices.get(name)
    const port = within(this.#home.network.port(id), (body) => (device() ? device()?.change(body) : body()))
    return { world: this.#home.world, port, device }
  }
  /** A device was made: for the first time, or again after it was off. */
  made(name: FirmwareName, device: Device, id: Eui64): void {
    if (device instanceof Esme) orderSwitches(device, this.#teller(name, id))
    if (device instanceof Ppmid) device.screenIsOn = this.#isAlwaysOn || this.#looked.has('ppmid')
  }
  /** A device is on the network for the first time. */
  added(device: HomeDevice): void {
    const ends = zclEndsOf(device)
    if (ends && device.name === 'gpf') this.#home.network.serveProxy(ends)
    else if (ends) this.#home.network.serve(device.id, ends)
  }
  addDisplay(id: Eui64): void {
    const { network, world } = this.#home
    const display = new HomeDisplay(id, network.port(id), world)
    this.#display = display
    network.serve(id, display.ends)
    display.change((made) => (made.isOn = this.#isAlwaysOn))
  }
  /** All devices are there; or another hub is, whose gas proxy the in-home display finds by itself. */
  complete(): void {
    const { config, ids } = this.#home
    this.#display?.change((display) =>
      display.join({ electricity: ids.get('esme'), gas: config.gas && ids.get('gpf') }),
    )
  }
  /** Connects gas meter and proxy. `woke` hears of every wake of the meter. */
  mirror(woke: () => void): void {
    const { devices, network } = this.#home
    const [meter, proxy] = [devices.get('gsme'), devices.get('gpf')]
    const port = (): HanPort => network.port((proxy as HomeDevice).id)
    if (meter && proxy) network.mirror(meter.id, mirrorOf(meter, proxy, port, woke))
  }

  get #isAlwaysOn(): boolean {
    return this.#home.config.network === 'han'
  }
  hasLookedAt(name: DisplayName): boolean {
    return this.#looked.has(name)
  }
  /** @throws GbcsError `misuse` when the home has no such display */
  display(name: DisplayName): Ihd | Ppmid {
    const found = name === 'ihd' ? this.#display?.ihd : this.#home.devices.get(name)?.device
    if (!found) throw new GbcsError('misuse', `this home has no ${name}`)
    return found as Ihd | Ppmid
  }
  /** Somebody looks at a display for the first time. */
  switchOn(name: DisplayName): void {
    this.#looked.add(name)
    this.#display?.change((display) => {
      if (name !== 'ihd') return
      display.isOn = true
      display.tick()
    })
    this.#home.devices.get(name)?.change((device) => {
      if (!(device instanceof Ppmid)) return
      device.screenIsOn = true
      device.tick()
    })
  }
}
