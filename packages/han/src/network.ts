import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import type { BlockCipher } from './security/aes-mmo.js'
import { BROADCAST } from './frames/address.js'
import { encodeMac, type MacFrame } from './frames/ieee802154.js'
import { airtimeMs, type Band, type BandRules, bandRules } from './medium/band.js'
import { DutyCycle } from './medium/duty-cycle.js'
import { type LinkConditions, Links, perfectLink } from './medium/link.js'
import { commonBand, Routes, type Waypoint } from './medium/routes.js'
import type { Random } from './random.js'
import type { Scheduler } from './scheduler.js'

/** A radio on the network: what the medium must know of it, and where it delivers. */
export interface Station extends Waypoint {
  /** Short address of the radio, FFFE without one. */
  readonly shortAddress: number
  readonly listening: boolean
  /** Whether frames wait for the sender of this request. */
  hasPending(frame: MacFrame): boolean
  receive(frame: MacFrame): void
}

/** Sees every frame on the air, acknowledgements included: its octets, when it began, and where. */
export type FrameListener = (bytes: Uint8Array, timeMs: number, band: Band) => void
/** Whether the receiver acknowledged, and whether it holds more. */
export type Sent = (acked: boolean, pending: boolean) => void

export interface NetworkOptions {
  readonly scheduler: Scheduler
  readonly cipher: BlockCipher
  readonly seed: number
  /** Conditions of links that are not set one by one. */
  readonly link?: Partial<LinkConditions>
  readonly bands?: Partial<Record<Band, Partial<BandRules>>>
  /** Encrypts NWK frames with the network key, as a real network does. Off, a capture can be read without the key. */
  readonly encrypted?: boolean
}

const RETRIES = 3
const TURNAROUND_MS = 0.192
const ACK_OCTETS = 3
const ACK_WAIT_MS = 0.864
const BACKOFF_MS = 2.24

/** The air of one home: radios, bands, links with their faults. All chance comes from the seed. */
export class Network {
  readonly scheduler: Scheduler
  readonly cipher: BlockCipher
  readonly encrypted: boolean
  readonly seed: number
  readonly links: Links
  readonly #routes: Routes
  readonly #rules: Readonly<Record<Band, BandRules>>
  readonly #stations = new Set<Station>()
  readonly #listeners = new Set<FrameListener>()
  readonly #freeAt: Record<Band, number> = { '2.4GHz': 0, subGHz: 0 }
  readonly #duty = new Map<string, DutyCycle>()

  constructor({ scheduler, cipher, seed, link, bands, encrypted = false }: NetworkOptions) {
    this.scheduler = scheduler
    this.cipher = cipher
    this.seed = seed
    this.encrypted = encrypted
    this.links = new Links(seed, { ...perfectLink, ...link })
    this.#routes = new Routes(this.links)
    this.#rules = {
      '2.4GHz': { ...bandRules['2.4GHz'], ...bands?.['2.4GHz'] },
      subGHz: { ...bandRules.subGHz, ...bands?.subGHz },
    }
  }

  /** Sets how well two nodes hear each other; what is not named stays. */
  link(a: Eui64, b: Eui64, change: Partial<LinkConditions>): void {
    this.links.set(a, b, change)
  }

  /** Calls the listener for every frame on the air; the result ends that. */
  onFrame(listener: FrameListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Share of its duty cycle that a node has used up. */
  dutyCycleUsed(node: Eui64, band: Band): number {
    return this.#dutyOf(node, band).used(this.scheduler.now())
  }

  attach(station: Station): void {
    for (const other of this.#stations)
      if (other.eui64 === station.eui64) throw new GbcsError('misuse', `two nodes are ${station.eui64}`)
    this.#stations.add(station)
    this.#routes.forget()
  }
  detach(station: Station): void {
    this.#stations.delete(station)
    this.#routes.forget()
  }
  /** A node has joined, left or changed its parent. */
  topologyChanged(): void {
    this.#routes.forget()
  }
  nextHop(pan: number, from: number, to: number): number | undefined {
    return this.#routes.nextHop(this.#stations, pan, from, to)
  }

  /** Sends a frame as a radio does: when the channel is free and the duty cycle allows, again when not acknowledged. */
  transmit(from: Station, frame: MacFrame, sent: Sent = () => undefined): void {
    const address = frame.destination?.address
    if (address !== undefined && address !== BROADCAST) return this.#unicast(from, frame, 0, sent)
    for (const band of from.bands) this.#onAir(from, band, frame, () => this.#toAll(from, band, frame))
    sent(true, false)
  }

  #toAll(from: Station, band: Band, frame: MacFrame): void {
    for (const to of this.#stations)
      if (to !== from && to.bands.includes(band) && this.#hears(from, to)) this.#deliver(from, to, frame)
  }

  #unicast(from: Station, frame: MacFrame, attempt: number, sent: Sent): void {
    const to = this.#find(frame)
    const band = to && commonBand(from, to)
    this.#onAir(from, band ?? (from.bands[0] as Band), frame, () => {
      const random = this.links.random(from.eui64, to?.eui64 ?? from.eui64)
      if (!to || !band || !this.#hears(from, to)) return this.#unacked(from, frame, attempt, random, sent)
      const framePending = to.hasPending(frame)
      this.#deliver(from, to, frame)
      if (!frame.ackRequest) return sent(true, false)
      const ack: MacFrame = { type: 'ack', sequence: frame.sequence, framePending, payload: new Uint8Array(0) }
      const at = this.scheduler.now() + TURNAROUND_MS
      this.scheduler.at(at, () => {
        this.#show(encodeMac(ack), band)
        if (random.chance(this.links.of(from.eui64, to.eui64).loss)) this.#unacked(from, frame, attempt, random, sent)
        else sent(true, framePending)
      })
    })
  }

  #unacked(from: Station, frame: MacFrame, attempt: number, random: Random, sent: Sent): void {
    if (!frame.ackRequest) return sent(true, false) // nobody knows
    if (attempt >= RETRIES) return sent(false, false)
    this.scheduler.at(this.scheduler.now() + ACK_WAIT_MS + random.fraction() * BACKOFF_MS, () =>
      this.#unicast(from, frame, attempt + 1, sent),
    )
  }

  #find(frame: MacFrame): Station | undefined {
    const { destination } = frame
    for (const station of this.#stations)
      if (
        station.eui64 === destination?.address ||
        (station.shortAddress === destination?.address && station.pan === destination.pan)
      )
        return station
    return undefined
  }

  #hears(from: Station, to: Station): boolean {
    const { reachable, loss } = this.links.of(from.eui64, to.eui64)
    return reachable && to.listening && !this.links.random(from.eui64, to.eui64).chance(loss)
  }

  #deliver(from: Station, to: Station, frame: MacFrame): void {
    const link = this.links.of(from.eui64, to.eui64)
    const random = this.links.random(from.eui64, to.eui64)
    const copies = random.chance(link.duplication) ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      const held = random.chance(link.reordering) ? random.fraction() * link.heldBackMs : 0
      const jitter = link.jitterMs > 0 ? random.fraction() * link.jitterMs : 0
      this.scheduler.at(this.scheduler.now() + link.latencyMs + jitter + held, () => {
        if (this.#stations.has(to)) to.receive(frame)
      })
    }
  }

  #onAir(from: Station, band: Band, frame: MacFrame, ended: () => void): void {
    const rules = this.#rules[band]
    const bytes = encodeMac(frame)
    if (bytes.length > rules.maxOctets)
      throw new GbcsError('limitExceeded', `a frame of ${bytes.length} octets, at most ${rules.maxOctets}`)
    const now = this.scheduler.now()
    const airtime = airtimeMs(rules, bytes.length)
    const duty = this.#dutyOf(from.eui64, band)
    const allowed = duty.earliest(now, airtime)
    if (allowed > now) return this.scheduler.at(allowed, () => this.#onAir(from, band, frame, ended))
    const start = Math.max(now, this.#freeAt[band])
    this.#freeAt[band] = start + airtime + TURNAROUND_MS + (frame.ackRequest ? airtimeMs(rules, ACK_OCTETS) : 0)
    duty.record(start, airtime)
    this.scheduler.at(start, () => this.#show(bytes, band))
    this.scheduler.at(start + airtime, ended)
  }

  #show(bytes: Uint8Array, band: Band): void {
    for (const listener of this.#listeners) listener(bytes, this.scheduler.now(), band)
  }

  #dutyOf(node: Eui64, band: Band): DutyCycle {
    const key = `${node} ${band}`
    const known = this.#duty.get(key)
    if (known) return known
    const duty = new DutyCycle(this.#rules[band])
    this.#duty.set(key, duty)
    return duty
  }
}

/** The air of one home. */
export const network = (options: NetworkOptions): Network => new Network(options)
