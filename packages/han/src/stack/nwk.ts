import { concat } from '@smets2-sim/bytes'
import type { Eui64 } from '@smets2-sim/bytes'
import { BROADCAST, BROADCAST_AWAKE, COORDINATOR, isBroadcast } from '../frames/address.js'
import { decodeNwk, encodeNwk, encodeNwkHeader, type NwkFrame } from '../frames/nwk.js'
import { openFrame, sealFrame } from '../security/frame-security.js'
import { attempt } from './attempt.js'
import { type Done, ignore, type Mac } from './mac.js'
import { Ring } from './ring.js'

/** The NWK command that sends a node away, with no option. */
const LEAVE = Uint8Array.of(0x04, 0x00)
const MAX_RADIUS = 30
const REMEMBERED_BROADCASTS = 32

/** A network key as the trust centre gives it out. */
export interface NetworkKey {
  readonly key: Uint8Array
  readonly sequence: number
}

/** The network layer of one node: relays frames hop by hop, and seals them with the network key where the network is encrypted. */
export class Nwk {
  /** Undefined until the trust centre has sent it. */
  networkKey: NetworkKey | undefined
  onFrame!: (payload: Uint8Array, source: number, broadcast: boolean) => void
  /** Hears of every node that sent something, with its address. */
  /** The hub sends this node away. */
  onLeave: () => void = () => undefined
  onNode!: (eui64: Eui64, shortAddress: number) => void
  #sequence = 0
  #frameCounter = 0
  readonly #broadcasts: Ring
  readonly #lastCounter = new Map<string, number>()

  constructor(readonly mac: Mac) {
    this.#broadcasts = new Ring(mac.network.scheduler, REMEMBERED_BROADCASTS)
  }

  /** Forgets keys, counters and frames: the node leaves. */
  reset(): void {
    this.networkKey = undefined
    this.#broadcasts.clear()
    this.#lastCounter.clear()
  }

  #frame(destination: number, payload: Uint8Array): NwkFrame {
    return {
      type: 'data',
      destination,
      source: this.mac.shortAddress,
      radius: MAX_RADIUS,
      sequence: (this.#sequence = (this.#sequence + 1) & 0xff),
      sourceEui: this.mac.eui64,
      payload,
    }
  }

  /** `unsecured` frames carry the network key to a node that does not have it yet. */
  send(destination: number, payload: Uint8Array, done: Done = ignore, { unsecured = false } = {}): void {
    const frame = this.#frame(destination, payload)
    if (isBroadcast(destination)) {
      this.#broadcasts.add(`${frame.source} ${frame.sequence}`)
      this.mac.sendData(BROADCAST, this.#seal(frame, unsecured))
      return done(true)
    }
    if (unsecured) return this.mac.sendData(destination, this.#seal(frame, true), done)
    this.#forward(frame, done)
  }

  /** Tells a node to leave the network. */
  sendLeave(destination: number): void {
    this.#forward({ ...this.#frame(destination, LEAVE), type: 'command' }, ignore)
  }

  #forward(frame: NwkFrame, done: Done): void {
    const hop = this.mac.network.nextHop(this.mac.pan, this.mac.shortAddress, frame.destination)
    if (hop === undefined) return done(false)
    this.mac.sendData(hop, this.#seal(frame, false), done)
  }

  #seal(frame: NwkFrame, unsecured: boolean): Uint8Array {
    const { network, eui64 } = this.mac
    if (!network.encrypted || unsecured || !this.networkKey) return encodeNwk(frame)
    const { key, sequence } = this.networkKey
    const secured = { ...frame, security: true }
    const header = { key: 'network', frameCounter: this.#frameCounter++, source: eui64, keySequence: sequence } as const
    const nwkHeader = encodeNwkHeader(secured)
    return concat(nwkHeader, sealFrame(network.cipher, key, header, nwkHeader, frame.payload))
  }

  /** The frame in the clear; undefined when it must be ignored: not sealed as it should be, or sealed before. */
  #open(frame: NwkFrame): NwkFrame | undefined {
    const { network } = this.mac
    if (!frame.security) {
      const mayBeOpen = !network.encrypted || this.networkKey === undefined
      return mayBeOpen ? frame : undefined
    }
    if (!this.networkKey) return undefined
    const opened = openFrame(network.cipher, this.networkKey.key, encodeNwkHeader(frame), frame.payload)
    if (!opened) return undefined
    const { source, frameCounter } = opened.header
    if (frameCounter <= (this.#lastCounter.get(source) ?? -1)) return undefined
    this.#lastCounter.set(source, frameCounter)
    return { ...frame, security: false, payload: opened.plaintext }
  }

  receive(bytes: Uint8Array): void {
    const frame = attempt(() => this.#open(decodeNwk(bytes)))
    if (!frame) return
    if (frame.sourceEui && frame.source !== this.mac.shortAddress) this.onNode(frame.sourceEui, frame.source)
    if (isBroadcast(frame.destination)) return this.#receiveBroadcast(frame)
    if (frame.destination === this.mac.shortAddress) {
      if (frame.type === 'data') return this.onFrame(frame.payload, frame.source, false)
      if (frame.payload[0] === LEAVE[0] && frame.source === COORDINATOR) this.onLeave()
      return
    }
    if (this.mac.relays && frame.radius > 1) this.#forward({ ...frame, radius: frame.radius - 1 }, ignore)
  }

  #receiveBroadcast(frame: NwkFrame): void {
    if (!this.#broadcasts.add(`${frame.source} ${frame.sequence}`)) return
    this.onFrame(frame.payload, frame.source, true)
    if (this.mac.relays && frame.radius > 1)
      this.mac.sendData(BROADCAST, this.#seal({ ...frame, radius: frame.radius - 1 }, false))
  }

  broadcast(payload: Uint8Array): void {
    this.send(BROADCAST_AWAKE, payload)
  }
}
