import type { Eui64 } from '@smets2-sim/bytes'
import { BROADCAST, NO_ADDRESS } from '../frames/address.js'
import type { MacFrame } from '../frames/ieee802154.js'
import {
  type Beacon,
  decodeBeacon,
  decodeMacCommand,
  encodeMacCommand,
  type MacCommand,
} from '../frames/mac-command.js'
import type { Band } from '../medium/band.js'
import type { Network, Sent, Station } from '../network.js'
import { after } from '../scheduler.js'
import { attempt } from './attempt.js'
import { Ring } from './ring.js'

export type Done = (delivered: boolean) => void
export const ignore: Done = () => undefined

interface Held {
  readonly frame: MacFrame
  readonly expiresMs: number
  readonly done: Done
}

/** How long a parent holds a frame for a sleeping child (macTransactionPersistenceTime). */
const PERSISTENCE_MS = 7680
/** Duplicates are looked for among so many of the last frames of all neighbours. */
const REMEMBERED_FRAMES = 64

/** What the layer above wants to hear. */
export interface MacUser {
  onData(payload: Uint8Array): void
  onCommand(command: MacCommand, from: Eui64 | number): void
  onBeacon(beacon: Beacon, pan: number, from: number): void
}

/** The MAC of one node: addresses, duplicates, and frames held for sleeping children. */
export class Mac implements Station {
  shortAddress = NO_ADDRESS
  pan = BROADCAST
  /** Undefined before the node has joined. */
  nwkAddress: number | undefined
  parent: number | undefined
  /** Passes frames of others on, while it has power. */
  routes = false
  /** Set while the radio is on; a sleeper turns it off. */
  radioOn = true
  #powered = true
  user!: MacUser
  readonly #held = new Map<number | Eui64, Held[]>()
  readonly #sleepers = new Set<number | Eui64>()
  readonly #seen: Ring
  #sequence = 0

  constructor(
    readonly network: Network,
    readonly eui64: Eui64,
    readonly bands: readonly Band[],
  ) {
    this.#seen = new Ring(network.scheduler, REMEMBERED_FRAMES)
    network.attach(this)
  }

  /** Without power, nothing is heard, sent or passed on. */
  get powered(): boolean {
    return this.#powered
  }
  set powered(on: boolean) {
    this.#powered = on
    this.network.topologyChanged()
  }
  get relays(): boolean {
    return this.routes && this.#powered
  }
  get listening(): boolean {
    return this.radioOn && this.powered
  }

  /** Forgets the frames of a network that the node leaves. */
  reset(): void {
    this.#seen.clear()
  }

  /** A child whose radio is mostly off: its frames wait here until it asks. */
  addSleeper(address: number | Eui64): void {
    this.#sleepers.add(address)
  }
  removeSleeper(address: number | Eui64): void {
    this.#sleepers.delete(address)
    for (const { done } of this.#held.get(address) ?? []) done(false)
    this.#held.delete(address)
  }

  /** Sends a NWK frame to a neighbour; `done` tells whether its radio acknowledged. */
  sendData(to: number, payload: Uint8Array, done: Done = ignore): void {
    this.#send('data', { pan: this.pan, address: to }, payload, done)
  }
  sendCommand(to: number | Eui64, command: MacCommand, done: Done = ignore, pan = this.pan): void {
    this.#send('command', { pan, address: to }, encodeMacCommand(command), done)
  }
  /** A beacon request has no source address. */
  sendBeaconRequest(): void {
    this.#transmit({
      type: 'command',
      sequence: this.#next(),
      destination: { pan: BROADCAST, address: BROADCAST },
      payload: encodeMacCommand({ command: 'beaconRequest' }),
    })
  }
  sendBeacon(payload: Uint8Array): void {
    const source = { pan: this.pan, address: this.shortAddress }
    this.#transmit({ type: 'beacon', sequence: this.#next(), source, payload })
  }
  /** Asks the parent for a held frame. */
  poll(parent: number, done: Sent): void {
    const frame = this.#frame(
      'command',
      { pan: this.pan, address: parent },
      encodeMacCommand({ command: 'dataRequest' }),
    )
    this.#transmit(frame, done)
  }

  #transmit(frame: MacFrame, sent: Sent = () => undefined): void {
    if (this.powered) this.network.transmit(this, frame, sent)
    else sent(false, false)
  }

  #next(): number {
    return (this.#sequence = (this.#sequence + 1) & 0xff)
  }

  #frame(
    type: 'data' | 'command',
    destination: { pan: number; address: number | Eui64 },
    payload: Uint8Array,
  ): MacFrame {
    const address =
      this.shortAddress === NO_ADDRESS || typeof destination.address === 'string' ? this.eui64 : this.shortAddress
    return {
      type,
      sequence: this.#next(),
      ackRequest: destination.address !== BROADCAST,
      intraPan: true,
      destination,
      source: { pan: destination.pan, address },
      payload,
    }
  }

  #send(
    type: 'data' | 'command',
    destination: { pan: number; address: number | Eui64 },
    payload: Uint8Array,
    done: Done,
  ): void {
    const frame = this.#frame(type, destination, payload)
    if (this.#sleepers.has(destination.address)) this.#hold(destination.address, frame, done)
    else this.#transmit(frame, done)
  }

  #hold(address: number | Eui64, frame: MacFrame, done: Done): void {
    const queue = this.#held.get(address) ?? []
    const held = { frame, expiresMs: this.network.scheduler.now() + PERSISTENCE_MS, done }
    this.#held.set(address, [...queue, held])
    after(this.network.scheduler, PERSISTENCE_MS, () => {
      const now = this.#held.get(address)
      if (!now?.includes(held)) return
      this.#held.set(
        address,
        now.filter((each) => each !== held),
      )
      done(false)
    })
  }

  #release(address: number | Eui64): void {
    const [first, ...rest] = this.#held.get(address) ?? []
    if (!first) return
    this.#held.set(address, rest)
    this.#transmit({ ...first.frame, framePending: rest.length > 0 }, (acked) => {
      if (acked) first.done(true)
      else if (this.network.scheduler.now() >= first.expiresMs || !this.#sleepers.has(address)) first.done(false)
      else this.#held.set(address, [first, ...(this.#held.get(address) ?? [])])
    })
  }

  hasPending(frame: MacFrame): boolean {
    const from = frame.source?.address
    return frame.type === 'command' && from !== undefined && (this.#held.get(from)?.length ?? 0) > 0
  }

  receive(frame: MacFrame): void {
    const { source, destination } = frame
    if (frame.type === 'beacon') {
      const beacon = attempt(() => decodeBeacon(frame.payload))
      if (beacon && typeof source?.address === 'number') this.user.onBeacon(beacon, source.pan, source.address)
      return
    }
    if (destination && destination.pan !== this.pan && destination.pan !== BROADCAST) return
    if (source && !this.#seen.add(`${source.address} ${frame.sequence}`)) return
    if (frame.type === 'data') return this.user.onData(frame.payload)
    const command = attempt(() => decodeMacCommand(frame.payload))
    if (!command) return
    if (command.command === 'dataRequest') {
      if (source) this.#release(source.address)
    } else this.user.onCommand(command, source?.address ?? BROADCAST)
  }
}
