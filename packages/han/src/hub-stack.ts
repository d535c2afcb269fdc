import type { Eui64 } from '@smets2-sim/bytes'
import { basic, dataTypeId, type ImageId } from '@smets2-sim/zcl'
import { ClusterAccess } from './cluster-access.js'
import { deviceType, type DeviceType } from './joining/device-type.js'
import { type KnownDevice, type NetworkBackup, type Registration, TrustCentre } from './joining/trust-centre.js'
import { type FlagAttribute, flagAttribute, functionalFlag } from './mirror/flags.js'
import { GasMirror } from './mirror/gas-mirror.js'
import type { Node } from './node.js'
import { OtaServer } from './ota/ota-server.js'
import { serveKeepAlive } from './services/keep-alive.js'
import { type HubTime, serveTime } from './services/time.js'
import { type Done, ignore } from './stack/mac.js'
import type { Records } from './stack/zcl.js'
import type { ReceivedCommand } from './stack/zcl-handler.js'
import { HubTunnels } from './tunnel/hub-tunnels.js'

/** What the hub's network tells its owner. */
export type HubEvent =
  /** A device has a link key: it has joined, or come back. */
  | { readonly kind: 'joined'; readonly device: KnownDevice }
  | { readonly kind: 'tunnel'; readonly device: Eui64; readonly open: boolean }
  /** A device that should listen does not, or does again. */
  | { readonly kind: 'reachable'; readonly device: Eui64; readonly reachable: boolean }
  /** A message was given up: not delivered, or not fetched by the gas meter in time. */
  | { readonly kind: 'undelivered'; readonly device: Eui64; readonly message: Uint8Array }
  /** A device has taken a firmware image, or refused it: a status of the OTA cluster. */
  | { readonly kind: 'imageTaken'; readonly device: Eui64; readonly image: ImageId; readonly status: number }
  /** The gas meter asks for the messages behind these flags. */
  | { readonly kind: 'notified'; readonly attribute: FlagAttribute; readonly flags: number }

export interface HubOptions {
  readonly time: () => HubTime
  /** A GBCS message of a device. */
  readonly onMessage: (from: Eui64, message: Uint8Array) => void
  readonly onEvent?: (event: HubEvent) => void
  /** Attributes that the gas meter reports to its mirror. */
  readonly onGasReport?: (cluster: number, records: Records) => void
  /** Commands that the gas meter sends to its mirror: snapshots, logs. */
  readonly onGasCommand?: (cluster: number, command: ReceivedCommand) => void
  /** Whether a gas meter may have the mirror. Any registered one when not said. */
  readonly acceptsMirror?: (meter: Eui64) => boolean
  /** Seconds after which a message that the gas meter has not fetched is given up: a day when not said (our decision). */
  readonly gasMessageTimeoutS?: number
  /** Who keeps the messages for the gas meter himself: the stack then holds only the one that is being fetched. */
  readonly gasMessages?: {
    /** The meter asks for a message and the stack holds none: the next one may be sent now. */
    next(meter: Eui64): void
    /** How many there are, besides what the stack holds. */
    waiting(meter: Eui64): number
  }
}

/** Endpoints of a hub: its own, the gas energy services interface, and the gas mirror. facts 10.5. */
export const hubEndpoint = { hub: 1, gasEsi: 2, gasMirror: 3 } as const
/** Value of the Physical Environment attribute. facts 10.1.1. */
const PHYSICAL_ENVIRONMENT = 1
const DAY_S = 86_400

/** The network end of a communications hub and its gas proxy: forms the network, lets devices join, carries messages. */
export class HubStack extends ClusterAccess {
  readonly mirror: GasMirror
  readonly #trustCentre: TrustCentre
  readonly #tunnels: HubTunnels
  readonly #ota: OtaServer
  readonly #unreachable = new Set<Eui64>()
  readonly #lastHeardMs = new Map<Eui64, number>()

  constructor(
    node: Node,
    readonly options: HubOptions,
  ) {
    super(node, hubEndpoint.hub)
    const tell = (event: HubEvent): void => options.onEvent?.(event)
    const endpoint = hubEndpoint.hub
    serveTime(node, endpoint, options.time)
    serveKeepAlive(node, endpoint)
    node.zcl.serve(endpoint, basic.id, 'server', {
      read: (id) =>
        id === basic.attributes.physicalEnvironment.id
          ? { type: dataTypeId.enum8, value: PHYSICAL_ENVIRONMENT }
          : undefined,
    })
    this.#ota = new OtaServer({
      node,
      endpoint,
      utcSeconds: () => options.time().utcSeconds,
      taken: (device, image, status) => {
        if (this.#isGas(device)) this.mirror.setFlag(flagAttribute.functional, functionalFlag.newOtaFirmware, false)
        tell({ kind: 'imageTaken', device, image, status })
      },
    })
    this.mirror = new GasMirror({
      node,
      esiEndpoint: hubEndpoint.gasEsi,
      mirrorEndpoint: hubEndpoint.gasMirror,
      accepts: (meter) => this.#isGas(meter) && (options.acceptsMirror?.(meter) ?? true),
      reported: (cluster, records) => options.onGasReport?.(cluster, records),
      notified: (attribute, flags) => tell({ kind: 'notified', attribute, flags }),
      received: (cluster, received) => options.onGasCommand?.(cluster, received),
    })
    this.#trustCentre = new TrustCentre(node, endpoint, (device) => {
      this.#tunnels.joined(device)
      tell({ kind: 'joined', device })
    })
    this.#tunnels = new HubTunnels({
      node,
      endpoint,
      gasMessageTimeoutS: options.gasMessageTimeoutS ?? DAY_S,
      isGas: (device) => this.#isGas(device),
      received: (from, message) => options.onMessage(from, message),
      pending: (waiting) => this.#setPending(waiting),
      ...(options.gasMessages && { kept: options.gasMessages }),
      changed: (device, open) => tell({ kind: 'tunnel', device, open }),
    })
    this.#watch(tell)
  }

  #isGas(device: Eui64): boolean {
    return this.#trustCentre.device(device)?.deviceType === deviceType.gsme
  }

  /** Notes who is heard, and tells when a device that should listen is not reached. */
  #watch(tell: (event: HubEvent) => void): void {
    const { node } = this
    const reached = (device: Eui64, reachable: boolean): void => {
      if (reachable === !this.#unreachable.has(device) || !this.#trustCentre.device(device)) return
      if (reachable) this.#unreachable.delete(device)
      else this.#unreachable.add(device)
      tell({ kind: 'reachable', device, reachable })
    }
    node.onNode.push((id) => {
      this.#lastHeardMs.set(id, node.scheduler.now())
      reached(id, true)
    })
    node.onDelivery = (to, delivered) => {
      if (delivered || !this.#isGas(to)) reached(to, delivered)
    }
  }

  #setPending(waiting: boolean): void {
    this.mirror.setFlag(flagAttribute.functional, functionalFlag.tunnelMessagePending, waiting)
  }
  /** Messages wait for the gas meter, with whoever keeps them: it is told so when it wakes. facts 10.2. */
  gasMessagePending(): void {
    this.#setPending(true)
  }

  /** Lets a device join with its install code. @throws GbcsError when the whitelist is full */
  register(registration: Registration): void {
    this.#trustCentre.register(registration)
  }
  /** Takes a device off the whitelist and sends it away; false when it was not on it. */
  unregister(device: Eui64): boolean {
    this.#tunnels.remove(device)
    if (this.mirror.meter === device) this.mirror.release()
    this.#unreachable.delete(device)
    return this.#trustCentre.unregister(device)
  }
  /** The whitelist, and when each device was last heard (milliseconds of the scheduler). */
  get devices(): (KnownDevice & { readonly lastHeardMs: number | undefined })[] {
    return this.#trustCentre.devices.map((device) => ({ ...device, lastHeardMs: this.#lastHeardMs.get(device.eui64) }))
  }
  isReachable(device: Eui64): boolean {
    return !this.#unreachable.has(device)
  }
  typeOf(device: Eui64): DeviceType | undefined {
    return this.#trustCentre.device(device)?.deviceType
  }

  /** What another hub needs to take this one's place, and taking another one's place with it. */
  backup(): NetworkBackup {
    return this.#trustCentre.backup()
  }
  restore(backup: NetworkBackup): void {
    this.#trustCentre.restore(backup)
  }
  /** Lets one device come back with the hash of the key that it had. @throws GbcsError when the whitelist is full */
  readmit(device: NetworkBackup['devices'][number]): void {
    this.#trustCentre.readmit(device)
  }

  /**
   * Sends a GBCS message to a device: through its tunnel, or when the gas meter fetches it. `delivered` says whether
   * the device has it; after a no there is also an event.
   */
  send(to: Eui64, message: Uint8Array, delivered: Done = ignore): void {
    const done = (ok: boolean): void => {
      delivered(ok)
      if (!ok) this.options.onEvent?.({ kind: 'undelivered', device: to, message })
    }
    if (this.typeOf(to) === undefined) done(false)
    else this.#tunnels.send(to, message, done)
  }

  /** Keeps a firmware image for a device and tells it, at once or at its wake. @throws GbcsError when it is none */
  offerImage(device: Eui64, image: Uint8Array): ImageId {
    const id = this.#ota.offer(device, image)
    if (this.#isGas(device)) this.mirror.setFlag(flagAttribute.functional, functionalFlag.newOtaFirmware, true)
    else this.#ota.notify({ eui64: device, endpoint: 1 })
    return id
  }

  /** Turns the power off, or on again: messages under way are given up, tunnels are asked for anew. facts 10.1.2. */
  power(on: boolean): void {
    this.node.mac.powered = on
    if (!on) this.#tunnels.abandon()
    else this.#tunnels.restart(this.#trustCentre.devices)
  }
}

/** The network end of a communications hub on a node. The node becomes the coordinator of its network. */
export const hubStack = (node: Node, options: HubOptions): HubStack => new HubStack(node, options)
