import type { Eui64 } from '@smets2-sim/bytes'
import { decodeFields, metering, type ImageId } from '@smets2-sim/zcl'
import { ClusterAccess } from './cluster-access.js'
import { Joiner, type JoinState } from './joining/joiner.js'
import { serveAsRouter } from './joining/router.js'
import { GasReporter, type Report } from './mirror/gas-reporter.js'
import type { Node } from './node.js'
import { OtaClient } from './ota/ota-client.js'
import { after } from './scheduler.js'
import { KeepAliveClient } from './services/keep-alive.js'
import { type HubTime, readTime } from './services/time.js'
import { WakeCycle } from './services/wake-cycle.js'
import { attempt } from './stack/attempt.js'
import { type Done, ignore } from './stack/mac.js'
import type { ClusterHandler, Command, Side } from './stack/zcl-handler.js'
import { type DeviceTunnel, gasTunnel, servedTunnel } from './tunnel/device-tunnel.js'

/** The firmware side of a device, for image transfer. */
export interface Firmware {
  /** Who makes the device, what type its images are of, which one runs now. */
  readonly running: () => ImageId
  readonly hardwareVersion: number
  /** A whole OTA Upgrade Image has come; whether the device can use it. */
  readonly verify: (image: Uint8Array) => boolean
}

/** What a sleeping gas meter adds. */
export interface GasMeterOptions {
  /** Seconds between wakes: 1,800 when not said. facts 10.3. */
  readonly wakeIntervalS?: number
  /** What it tells its mirror at a wake. */
  readonly reports: () => readonly Report[]
  /** The flags that its mirror has returned. */
  readonly onFlags?: (flags: readonly number[]) => void
}

export interface DeviceOptions {
  /** `server` for ESME, HCALCS and PPMID, `gas` for GSME, `none` for displays without GBCS messages. */
  readonly tunnel: 'server' | 'gas' | 'none'
  /** A GBCS message for the device. */
  readonly onMessage?: (message: Uint8Array) => void
  /** Where the device is on its way onto the network. */
  readonly onState?: (state: JoinState) => void
  /** The hub's time, when it was read: after joining, then once a day. */
  readonly onTime?: (time: HubTime) => void
  readonly firmware?: Firmware
  readonly gas?: GasMeterOptions
}

/** Endpoint of a device. */
const ENDPOINT = 1
const WAKE_S = 1800
/** A device reads the hub's time once a day. Our decision. */
const TIME_INTERVAL_MS = 86_400_000

/** The network end of a device: joins, carries its GBCS messages, serves and reads clusters. */
export class DeviceStack extends ClusterAccess {
  readonly #joiner: Joiner
  readonly #tunnel: DeviceTunnel | undefined
  readonly #keepAlive: KeepAliveClient
  readonly #ota: OtaClient | undefined
  readonly #reporter: GasReporter
  readonly #wakes: WakeCycle | undefined
  #timeRun = 0

  constructor(
    node: Node,
    readonly options: DeviceOptions,
  ) {
    super(node, ENDPOINT)
    const { tunnel, gas, firmware } = options
    const hub = (): Eui64 | undefined => this.hub
    const received = (message: Uint8Array): void => options.onMessage?.(message)
    this.#joiner = new Joiner(node, ENDPOINT, (state) => this.#changed(state))
    this.#keepAlive = new KeepAliveClient(node, ENDPOINT, () => this.#joiner.linkLost())
    if (tunnel === 'server') this.#tunnel = servedTunnel(node, ENDPOINT, hub, received)
    if (tunnel === 'gas') this.#tunnel = gasTunnel(node, ENDPOINT, hub, received)
    if (firmware) this.#ota = new OtaClient({ node, endpoint: ENDPOINT, hub, ...firmware })
    this.#reporter = new GasReporter(node, ENDPOINT, gas?.wakeIntervalS ?? WAKE_S)
    if (gas) this.#wakes = this.#wakeCycle(gas)
    if (!node.sleepy) serveAsRouter(node, () => this.#joiner.extendedPanId ?? node.eui64)
  }

  /** The hub, while the device is joined. */
  get hub(): Eui64 | undefined {
    return this.state === 'joined' ? this.#joiner.trustCentre : undefined
  }
  get state(): JoinState {
    return this.#joiner.state
  }
  /** Octets of a firmware image that have come, of how many. */
  get imageProgress(): { readonly octets: number; readonly of: number } {
    return this.#ota?.received ?? { octets: 0, of: 0 }
  }

  /** Joins with the install code of the label, 16 octets and their checksum. @throws GbcsError when the checksum is wrong */
  join(installCodeLabel: Uint8Array): void {
    this.#joiner.start(installCodeLabel)
  }
  /** Leaves and forgets all keys, as a factory reset does. */
  leave(): void {
    this.#joiner.leave()
  }
  /** Turns the power off, or on again: the device knows its keys, but its tunnel is gone. */
  power(on: boolean): void {
    this.node.mac.powered = on
    if (!on) this.#tunnel?.reset()
    else if (this.hub !== undefined) this.#tunnel?.joined(this.hub)
  }
  /** A sleeping meter wakes before its time, as when somebody presses a button. */
  wake(): void {
    this.#wakes?.wake()
  }

  /** Sends a GBCS message to the hub; `delivered` says whether the hub has it. */
  send(message: Uint8Array, delivered: Done = ignore): void {
    if (this.#tunnel) this.#tunnel.send(message, delivered)
    else delivered(false)
  }

  override serve(cluster: number, side: Side, handler: ClusterHandler, endpoint = this.endpoint): void {
    super.serve(
      cluster,
      side,
      side === 'server' && cluster === metering.id ? this.#withFlags(handler) : handler,
      endpoint,
    )
  }
  /** Sends a command of a gas meter to its mirror: a snapshot, a log. */
  sendToMirror(cluster: number, sent: Command): void {
    if (this.hub !== undefined) this.#reporter.send(this.hub, cluster, sent)
  }

  #changed(state: JoinState): void {
    if (state === 'joined') this.#joined(this.#joiner.trustCentre as Eui64)
    else {
      this.#keepAlive.stop()
      this.#wakes?.stop()
      if (state === 'idle') this.#reporter.forget()
    }
    this.options.onState?.(state)
  }

  #joined(hub: Eui64): void {
    this.#tunnel?.joined(hub)
    this.#keepAlive.start(hub)
    this.#wakes?.start()
    this.#readTime(hub, ++this.#timeRun)
  }

  #readTime(hub: Eui64, run: number): void {
    if (run !== this.#timeRun || this.hub !== hub) return
    readTime(this.node, ENDPOINT, hub, (time) => {
      if (time) this.options.onTime?.(time)
    })
    after(this.node.scheduler, TIME_INTERVAL_MS, () => this.#readTime(hub, run))
  }

  /** The mirror's flags come as a command to the meter's metering server, before what the meter itself serves. */
  #withFlags(handler: ClusterHandler): ClusterHandler {
    const definition = metering.toServer.mirrorReportAttributeResponse
    return {
      ...handler,
      command: (received, from) => {
        if (received.name !== 'mirrorReportAttributeResponse') return handler.command?.(received, from)
        const flags = attempt(() => decodeFields(definition, received.frame.payload))
        if (flags && from.eui64 === this.hub) this.#reporter.flagsArrived(flags.notificationFlags)
        return undefined
      },
    }
  }

  #wakeCycle(gas: GasMeterOptions): WakeCycle {
    const { node } = this
    this.serve(metering.id, 'server', {}) // until the meter serves more: the flags come this way
    return new WakeCycle({
      node,
      intervalS: gas.wakeIntervalS ?? WAKE_S,
      reporter: this.#reporter,
      hub: () => this.hub,
      reports: gas.reports,
      utcSeconds: () => Math.floor(node.scheduler.now() / 1000) >>> 0,
      fetch: () => this.#tunnel?.fetch(),
      queryImage: () => this.#ota?.query(),
      renewKey: () => this.#joiner.renewKey(),
      openTunnel: () => this.#tunnel?.open(),
      checkLink: (hub) => this.#keepAlive.check(hub),
      flags: (flags) => gas.onFlags?.(flags),
    })
  }
}

/** The network end of a device on a node. */
export const deviceStack = (node: Node, options: DeviceOptions): DeviceStack => new DeviceStack(node, options)
