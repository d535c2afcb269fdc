import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { COORDINATOR } from '../frames/address.js'
import { decodeTrustCentreCommand, encodeTrustCentreCommand, type TrustCentreCommand } from '../frames/aps-command.js'
import { encodeAps } from '../frames/aps.js'
import type { Node } from '../node.js'
import { after } from '../scheduler.js'
import { hashedLinkKey, linkKeyOf } from '../security/install-code.js'
import { attempt } from '../stack/attempt.js'
import { CbkeServer } from './cbke-server.js'
import { deviceType, type DeviceType } from './device-type.js'
import { sealNetworkKey } from './network-key.js'
import { sendKeyToChild, serveAsParent } from './parent.js'

/** A device that may join. facts 8. */
export interface Registration {
  readonly eui64: Eui64
  readonly deviceType: DeviceType
  /** 16 octets, without the checksum of the label. */
  readonly installCode: Uint8Array
  /** How long it may take. */
  readonly joinTimeoutS: number
}
/** What a hub keeps of its devices so that another hub can take its place. */
export interface NetworkBackup {
  readonly extendedPanId: Eui64
  readonly devices: readonly {
    readonly eui64: Eui64
    readonly deviceType: DeviceType
    readonly hashedLinkKey: Uint8Array
  }[]
}
/** One device of the whitelist, as others may see it. */
export interface KnownDevice {
  readonly eui64: Eui64
  readonly deviceType: DeviceType
  /** Undefined until a link key exists. */
  readonly hashedLinkKey: Uint8Array | undefined
}

interface Entry {
  readonly eui64: Eui64
  readonly deviceType: DeviceType
  /** Keys under which it may join, each until a time. */
  invitations: readonly { readonly linkKey: Uint8Array; readonly untilMs: number }[]
  linkKey: Uint8Array | undefined
}

/** Sizes of the device log and of its history. facts 8. */
export const MAX_DEVICES = 16
const MAX_HISTORY = 15
/** Routers are told again before the longest time they can be told has passed. */
const PERMIT_S = 240
/** A stranger is not told to leave more often than this. */
const SEND_AWAY_MS = 5000

/** Decides who is on the network: whitelist, network key, key establishment. facts 8, 10.15. */
export class TrustCentre {
  #extendedPanId: Eui64
  readonly #devices = new Map<Eui64, Entry>()
  readonly #historic = new Map<Eui64, Uint8Array>()
  readonly #sentAwayMs = new Map<Eui64, number>()
  #frameCounter = 0

  constructor(
    readonly node: Node,
    endpoint: number,
    /** A device has established a link key: it has joined, or come back. */
    readonly established: (device: KnownDevice) => void,
  ) {
    this.#extendedPanId = node.eui64
    node.enter(node.random.below(0xfffe), COORDINATOR, undefined)
    node.addresses.learn(node.eui64, COORDINATOR)
    node.nwk.networkKey = { key: node.random.bytes(16), sequence: 0 }
    serveAsParent(node, {
      depth: 0,
      extendedPanId: () => this.#extendedPanId,
      inviting: () => [...this.#devices.keys()].some((id) => this.#invitation(id) !== undefined),
      admits: (id) => this.#keyFor(id) !== undefined,
      admitted: (id, address) => {
        const frame = this.#networkKeyFor(id)
        if (frame) sendKeyToChild(node, address, frame)
      },
    })
    node.onApsCommand.push((frame, source) => {
      const command = frame.security ? undefined : attempt(() => decodeTrustCentreCommand(frame.payload))
      if (command?.command === 'updateDevice') this.#joinedElsewhere(command.device, command.shortAddress, source)
    })
    node.onNode.push((id, address) => this.#sendAwayStranger(id, address))
    new CbkeServer(
      node,
      endpoint,
      (id) => this.#devices.has(id),
      (id, linkKey) => {
        const entry = this.#devices.get(id) as Entry
        entry.linkKey = linkKey
        entry.invitations = []
        this.established(this.#shown(entry))
      },
    )
  }

  /** The whitelist. */
  get devices(): KnownDevice[] {
    return [...this.#devices.values()].map((entry) => this.#shown(entry))
  }
  device(id: Eui64): KnownDevice | undefined {
    const entry = this.#devices.get(id)
    return entry && this.#shown(entry)
  }

  /**
   * Lets a device join. One that is listed already keeps its key; one of the history may use its old key first, and
   * its install code when it has not done so in time.
   * @throws GbcsError `limitExceeded` when the whitelist is full, `invalidLength` for an install code that is not 16 octets
   */
  register({ eui64, deviceType, installCode, joinTimeoutS }: Registration): void {
    const now = this.node.scheduler.now()
    const fresh = linkKeyOf(this.node.network.cipher, installCode)
    if (this.#devices.has(eui64)) return
    this.#checkRoom()
    const old = this.#historic.get(eui64)
    const keys = old ? [old, fresh] : [fresh]
    const invitations = keys.map((linkKey, i) => ({ linkKey, untilMs: now + (i + 1) * joinTimeoutS * 1000 }))
    this.#devices.set(eui64, { eui64, deviceType, invitations, linkKey: undefined })
    this.#permit(now + keys.length * joinTimeoutS * 1000)
  }

  /** Takes a device off the whitelist, sends it away, and remembers its key for a later return. */
  unregister(eui64: Eui64): boolean {
    const entry = this.#devices.get(eui64)
    if (!entry) return false
    this.#devices.delete(eui64)
    if (entry.linkKey && entry.deviceType !== deviceType.handHeldTerminal) {
      this.#historic.delete(eui64)
      this.#historic.set(eui64, entry.linkKey)
      if (this.#historic.size > MAX_HISTORY) this.#historic.delete(this.#historic.keys().next().value as Eui64)
    }
    const address = this.node.addresses.shortOf(eui64)
    if (address !== undefined) this.node.nwk.sendLeave(address)
    return true
  }

  backup(): NetworkBackup {
    return {
      extendedPanId: this.#extendedPanId,
      devices: this.devices.flatMap(({ hashedLinkKey, ...device }) =>
        hashedLinkKey ? [{ ...device, hashedLinkKey }] : [],
      ),
    }
  }
  /** Takes the place of another hub: its devices come back with the hash of the key that they had. */
  restore(backup: NetworkBackup): void {
    if (backup.devices.length > MAX_DEVICES)
      throw new GbcsError('limitExceeded', `${backup.devices.length} devices, at most ${MAX_DEVICES}`)
    this.#extendedPanId = backup.extendedPanId
    this.#devices.clear()
    for (const device of backup.devices) this.readmit(device)
  }
  /** Lets one device come back with the hash of the key that it had. @throws GbcsError `limitExceeded` */
  readmit({ eui64, deviceType, hashedLinkKey }: NetworkBackup['devices'][number]): void {
    if (!this.#devices.has(eui64)) this.#checkRoom()
    this.#devices.set(eui64, { eui64, deviceType, invitations: [], linkKey: hashedLinkKey })
  }
  #checkRoom(): void {
    if (this.#devices.size >= MAX_DEVICES)
      throw new GbcsError('limitExceeded', `the whitelist has ${MAX_DEVICES} devices, and no room for another`)
  }

  #shown({ eui64, deviceType, linkKey }: Entry): KnownDevice {
    return { eui64, deviceType, hashedLinkKey: linkKey && hashedLinkKey(this.node.network.cipher, linkKey) }
  }
  #invitation(id: Eui64): Uint8Array | undefined {
    const now = this.node.scheduler.now()
    return this.#devices.get(id)?.invitations.find(({ untilMs }) => now < untilMs)?.linkKey
  }
  #keyFor(id: Eui64): Uint8Array | undefined {
    return this.#devices.get(id)?.linkKey ?? this.#invitation(id)
  }
  #networkKeyFor(id: Eui64): Uint8Array | undefined {
    const linkKey = this.#keyFor(id)
    const { networkKey } = this.node.nwk
    return linkKey && networkKey && sealNetworkKey(this.node, networkKey, linkKey, this.#frameCounter++, id)
  }

  #permit(untilMs: number): void {
    const remainingS = Math.ceil((untilMs - this.node.scheduler.now()) / 1000)
    if (remainingS <= 0) return
    this.node.zdo.permitJoining(remainingS)
    if (remainingS > PERMIT_S) after(this.node.scheduler, PERMIT_S * 1000, () => this.#permit(untilMs))
  }

  /** Who was taken off the whitelist while it slept, or could not hear, is sent away when it is heard. */
  #sendAwayStranger(id: Eui64, address: number): void {
    const now = this.node.scheduler.now()
    if (this.#devices.has(id) || now - (this.#sentAwayMs.get(id) ?? -Infinity) < SEND_AWAY_MS) return
    this.#sentAwayMs.set(id, now)
    this.node.nwk.sendLeave(address)
  }

  /** A router has given a device an address: the network key goes through it, or the device is sent away. */
  #joinedElsewhere(device: Eui64, shortAddress: number, router: number): void {
    const frame = this.#networkKeyFor(device)
    if (frame) this.node.addresses.learn(device, shortAddress)
    this.#tell(router, frame ? { command: 'tunnel', destination: device, frame } : { command: 'removeDevice', device })
  }
  #tell(router: number, command: TrustCentreCommand): void {
    const counter = this.node.aps.nextCounter()
    this.node.nwk.send(router, encodeAps({ type: 'command', counter, payload: encodeTrustCentreCommand(command) }))
  }
}
