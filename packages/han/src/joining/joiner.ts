import type { Eui64 } from '@smets2-sim/bytes'
import { keyEstablishment } from '@smets2-sim/zcl'
import { COORDINATOR } from '../frames/address.js'
import { associationStatus, type Beacon } from '../frames/mac-command.js'
import type { Node } from '../node.js'
import { after, type Cancel } from '../scheduler.js'
import { checkInstallCode, hashedLinkKey, linkKeyOf } from '../security/install-code.js'
import { Progress, type StateOf } from '../transitions.js'
import { CbkeClient } from './cbke-client.js'
import { joinTable } from './join-table.js'
import { openNetworkKey } from './network-key.js'

export type JoinState = StateOf<typeof joinTable>

/** Our decisions: how long a step may take, how often it is repeated, how long to wait before starting over. */
const SCAN_MS = 500
const RESPONSE_WAIT_MS = 500
const RESPONSE_POLLS = 5
const KEY_WAIT_MS = 10_000
const ESTABLISHMENT_ATTEMPTS = 4
const RETRY_S = { first: 10, most: 300 }

/** Brings a device onto the network and keeps it there: `joinTable` with what happens in each state. */
export class Joiner {
  readonly progress: Progress<typeof joinTable>
  /** Where the trust centre is, once its key has come. */
  trustCentre: Eui64 | undefined
  readonly #cbke: CbkeClient
  /** The established link key; before that, the one from the install code. */
  #linkKey: Uint8Array | undefined
  /** The network that it belongs to, and the one that it has just found. */
  #extendedPanId: Eui64 | undefined
  #foundPanId: Eui64 | undefined
  #attempts = 0
  #cancel: Cancel = () => undefined
  #rest: () => void = () => undefined

  constructor(
    readonly node: Node,
    endpoint: number,
    readonly changed: (state: JoinState) => void,
  ) {
    this.progress = new Progress(joinTable, 'idle', (state) => this.changed(state))
    this.#cbke = new CbkeClient(node, endpoint)
    node.onApsCommand.push((frame) => {
      if (this.progress.state !== 'awaitingKey' || !this.#linkKey) return
      const { cipher } = node.network
      // after the hub was replaced, it only has the hash of the key
      const opened = openNetworkKey(node, frame, [this.#linkKey, hashedLinkKey(cipher, this.#linkKey)])
      if (!opened) return
      node.nwk.networkKey = opened.networkKey
      this.trustCentre = opened.trustCentre
      node.addresses.learn(opened.trustCentre, COORDINATOR)
      this.#step('keyReceived', () => this.#announced())
    })
    node.nwk.onLeave = () => this.#step('removed', () => this.#forget())
  }

  get state(): JoinState {
    return this.progress.state
  }

  /** The network that the device belongs to. */
  get extendedPanId(): Eui64 | undefined {
    return this.#extendedPanId
  }

  /**
   * Starts to join with the install code as it stands on the label: 16 octets and their checksum.
   * @throws GbcsError when the checksum or the length is wrong
   */
  start(installCodeLabel: Uint8Array): void {
    const linkKey = linkKeyOf(this.node.network.cipher, checkInstallCode(installCodeLabel))
    this.#step('start', () => {
      this.#linkKey = linkKey
      this.#scan()
    })
  }

  /** Leaves, and forgets all keys: what a factory reset does. */
  leave(): void {
    this.#step('stop', () => this.#forget())
  }
  /** The trust centre was not heard for too long: looks for the same network again. */
  linkLost(): void {
    this.#step('linkLost', () => this.#scan())
  }
  /** Establishes a new link key. */
  renewKey(): void {
    this.#step('renewKey', () => this.#establish(1))
  }

  /** Takes an event if it means something now; timers of the state before are void. */
  #step(event: Parameters<Progress<typeof joinTable>['fire']>[0], then: () => void): void {
    if (!this.progress.fire(event)) return
    this.#cancel()
    then()
  }
  #after(ms: number, action: () => void): void {
    this.#cancel()
    this.#cancel = after(this.node.scheduler, ms, action)
  }

  #forget(): void {
    this.#linkKey = undefined
    this.#extendedPanId = undefined
    this.#attempts = 0
    this.#rest()
    this.node.leave()
  }

  #scan(): void {
    this.#rest()
    this.#rest = this.node.sleep.keepAwake()
    this.node.leave()
    let best: { beacon: Beacon; pan: number; from: number } | undefined
    const hear = (beacon: Beacon, pan: number, from: number): void => {
      const fits = this.#extendedPanId ? beacon.extendedPanId === this.#extendedPanId : beacon.associationPermit
      if (fits && (!best || beacon.depth < best.beacon.depth)) best = { beacon, pan, from }
    }
    this.node.onBeacon.push(hear)
    this.node.mac.sendBeaconRequest()
    this.#after(SCAN_MS, () => {
      this.node.onBeacon.splice(this.node.onBeacon.indexOf(hear), 1)
      const found = best
      if (found) this.#step('networkFound', () => this.#associate(found.beacon, found.pan, found.from))
      else this.#step('nothingFound', () => this.#wait())
    })
  }

  #associate(beacon: Beacon, pan: number, parent: number): void {
    const { node } = this
    node.mac.pan = pan
    const answered: Node['onMacCommand'][number] = (command) => {
      if (command.command !== 'associationResponse' || this.state !== 'associating') return
      done()
      if (command.status !== associationStatus.success) return this.#step('refused', () => this.#wait())
      node.enter(pan, command.shortAddress, parent)
      this.#step('accepted', () => this.#after(KEY_WAIT_MS, () => this.#step('timeout', () => this.#wait())))
    }
    const done = (): void => {
      const at = node.onMacCommand.indexOf(answered)
      if (at >= 0) node.onMacCommand.splice(at, 1)
    }
    const ask = (polls: number): void => {
      if (this.state !== 'associating') return done()
      if (polls === 0) {
        done()
        return this.#step('timeout', () => this.#wait())
      }
      node.mac.poll(parent, () => undefined)
      this.#after(RESPONSE_WAIT_MS, () => ask(polls - 1))
    }
    node.onMacCommand.push(answered)
    this.#foundPanId = beacon.extendedPanId
    node.mac.sendCommand(parent, { command: 'associationRequest', capability: node.capability })
    this.#after(RESPONSE_WAIT_MS, () => ask(RESPONSE_POLLS))
  }
  #announced(): void {
    this.#extendedPanId = this.#foundPanId
    this.node.zdo.announce(this.node.capability)
    this.#establish(1)
  }

  #establish(attempt: number): void {
    this.#rest()
    this.#rest = this.node.sleep.keepAwake()
    const again = (waitS: number): void => {
      if (this.state !== 'establishing') return
      if (attempt >= ESTABLISHMENT_ATTEMPTS) return this.#step('keyFailed', () => this.#wait())
      this.#after(waitS * 1000, () => this.#establish(attempt + 1))
    }
    this.node.zdo.match(COORDINATOR, keyEstablishment.id, 'server', ([endpoint]) => {
      if (this.state !== 'establishing' || !this.trustCentre) return
      if (endpoint === undefined) return again(1)
      this.#cbke.start({ eui64: this.trustCentre, endpoint }, (result) => {
        if (this.state !== 'establishing') return
        if ('waitS' in result) return again(result.waitS)
        this.#linkKey = result.linkKey
        this.#step('keyConfirmed', () => {
          this.#attempts = 0
          this.#rest()
        })
      })
    })
  }

  #wait(): void {
    this.#rest()
    this.node.leave()
    const seconds = Math.min(RETRY_S.first * 2 ** this.#attempts++, RETRY_S.most)
    this.#after(seconds * 1000, () => this.#step('retry', () => this.#scan()))
  }
}
