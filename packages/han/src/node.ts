import type { Eui64 } from '@smets2-sim/bytes'
import { NO_ADDRESS } from './frames/address.js'
import type { ApsCommand } from './frames/aps.js'
import { type Beacon, capability, type MacCommand } from './frames/mac-command.js'
import type { Band } from './medium/band.js'
import type { Network } from './network.js'
import { derivedSeed, type Random, seeded } from './random.js'
import type { Scheduler } from './scheduler.js'
import { AddressBook } from './stack/address-book.js'
import { Aps } from './stack/aps.js'
import { Mac } from './stack/mac.js'
import { Nwk } from './stack/nwk.js'
import { Requests } from './stack/requests.js'
import { Sleep } from './stack/sleep.js'
import { SMART_ENERGY, Zcl } from './stack/zcl.js'
import { Zdo } from './stack/zdo.js'

export interface NodeOptions {
  readonly eui64: Eui64
  /** 2.4 GHz when not said; the hub may have both. */
  readonly bands?: readonly Band[]
  /** The radio is off most of the time, and frames wait at the parent. */
  readonly sleepy?: boolean
}

/** One node of the network: a radio and the layers up to ZCL. Endpoints are what its handlers serve. */
export class Node {
  readonly eui64: Eui64
  readonly sleepy: boolean
  readonly mac: Mac
  readonly nwk: Nwk
  readonly aps: Aps
  readonly zcl: Zcl
  readonly zdo: Zdo
  readonly sleep: Sleep
  readonly addresses = new AddressBook()
  readonly random: Random
  readonly scheduler: Scheduler
  /** Who joins, or lets join, hears these. */
  readonly onMacCommand: ((command: MacCommand, from: Eui64 | number) => void)[] = []
  readonly onBeacon: ((beacon: Beacon, pan: number, from: number) => void)[] = []
  /** Hears whether each message to a node was delivered. */
  onDelivery: (to: Eui64, delivered: boolean) => void = () => undefined
  /** Hears of every node from which a frame came. */
  readonly onNode: ((eui64: Eui64, shortAddress: number) => void)[] = []
  readonly onApsCommand: ((frame: ApsCommand, source: number) => void)[] = []

  constructor(
    readonly network: Network,
    { eui64, bands = ['2.4GHz'], sleepy = false }: NodeOptions,
  ) {
    this.eui64 = eui64
    this.sleepy = sleepy
    this.scheduler = network.scheduler
    this.random = seeded(derivedSeed(network.seed, eui64))
    this.mac = new Mac(network, eui64, bands)
    this.nwk = new Nwk(this.mac)
    this.aps = new Aps(this.nwk)
    this.sleep = new Sleep(this.mac)
    this.zcl = new Zcl(
      {
        send: (peer, clusterId, sourceEndpoint, payload, done) =>
          this.zdo.resolve(peer.eui64, (address) => {
            if (address === undefined) return done('unknownNode')
            const to = { destinationEndpoint: peer.endpoint, clusterId, profileId: SMART_ENERGY, sourceEndpoint }
            this.aps.send(address, to, payload, (delivered) => {
              this.onDelivery(peer.eui64, delivered)
              done(delivered ? 'delivered' : 'unreachable')
            })
          }),
      },
      new Requests(this.scheduler),
    )
    this.zdo = new Zdo(this.aps, this.addresses, this.zcl)
    this.mac.user = {
      onData: (payload) => this.nwk.receive(payload),
      onCommand: (command, from) => this.onMacCommand.forEach((hear) => hear(command, from)),
      onBeacon: (beacon, pan, from) => this.onBeacon.forEach((hear) => hear(beacon, pan, from)),
    }
    this.nwk.onFrame = (payload, source, broadcast) => {
      this.sleep.stayAwake()
      this.aps.receive(payload, source, broadcast)
    }
    this.nwk.onNode = (id, address) => {
      this.addresses.learn(id, address)
      this.onNode.forEach((hear) => hear(id, address))
    }
    this.aps.onSending = () => this.sleep.wake()
    this.aps.onCommand = (frame, source) => this.onApsCommand.forEach((hear) => hear(frame, source))
    this.aps.onMessage = (message) => {
      const from = this.addresses.euiOf(message.source)
      if (message.profileId !== SMART_ENERGY) this.zdo.receive(message)
      else if (from !== undefined) this.zcl.receive(message, { eui64: from, endpoint: message.sourceEndpoint })
    }
    if (sleepy) this.sleep.start()
  }

  /** What the node can do, as it tells when it joins. */
  get capability(): number {
    const awake = capability.router | capability.mainsPowered | capability.listensWhenIdle
    return capability.allocateAddress | (this.sleepy ? 0 : awake)
  }

  /** Takes its place in a network. */
  enter(pan: number, shortAddress: number, parent: number | undefined): void {
    this.mac.pan = pan
    this.mac.shortAddress = shortAddress
    this.mac.parent = this.sleepy ? parent : undefined
    this.mac.nwkAddress = shortAddress
    this.mac.routes = !this.sleepy
    this.network.topologyChanged()
  }

  /** Forgets the network it was in. */
  leave(): void {
    this.mac.shortAddress = NO_ADDRESS
    this.mac.parent = undefined
    this.mac.nwkAddress = undefined
    this.mac.routes = false
    this.mac.reset()
    this.nwk.reset()
    this.aps.reset()
    this.addresses.clear()
    this.network.topologyChanged()
  }
}

/** A node on a network, not yet joined. */
export const node = (network: Network, options: NodeOptions): Node => new Node(network, options)
