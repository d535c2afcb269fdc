import { type ApsAck, type ApsAddressing, type ApsCommand, type ApsData, decodeAps, encodeAps } from '../frames/aps.js'
import { after, type Cancel, type Scheduler } from '../scheduler.js'
import { attempt } from './attempt.js'
import { Assemblies, PIECE_OCTETS } from './fragments.js'
import type { Done } from './mac.js'
import type { Nwk } from './nwk.js'
import { Ring } from './ring.js'

/** Data for an endpoint of this node. */
export interface ApsMessage extends ApsAddressing {
  readonly source: number
  readonly broadcast: boolean
  readonly payload: Uint8Array
}

interface Sending {
  readonly destination: number
  readonly frames: readonly ApsData[]
  readonly done: Done
  piece: number
  tries: number
  cancel: Cancel
}

/** How long a piece waits for its acknowledgement (apscAckWaitDuration), and how often it is sent again. */
const ACK_WAIT_MS = 1600
const RETRIES = 3
/** Messages that are remembered, to know a repeated one again. */
const REMEMBERED_MESSAGES = 64

/**
 * The application support layer of one node: unicasts are acknowledged end to end and repeated, duplicates dropped,
 * and messages too long for a frame cut into pieces, sent one by one (a window of one: our decision).
 */
export class Aps {
  onMessage!: (message: ApsMessage) => void
  /** Something is about to be sent, and an answer may come. */
  onSending: () => void = () => undefined
  onCommand!: (frame: ApsCommand, source: number) => void
  #counter = 0
  readonly #sending = new Map<string, Sending>()
  readonly #received: Ring
  readonly #assemblies: Assemblies
  readonly #scheduler: Scheduler

  constructor(readonly nwk: Nwk) {
    this.#scheduler = nwk.mac.network.scheduler
    this.#received = new Ring(this.#scheduler, REMEMBERED_MESSAGES)
    this.#assemblies = new Assemblies(this.#scheduler)
  }

  /** Forgets the messages of a network that the node leaves; what is under way has failed. */
  reset(): void {
    this.#received.clear()
    for (const { cancel, done } of this.#drained()) {
      cancel()
      done(false)
    }
  }
  #drained(): Sending[] {
    const all = [...this.#sending.values()]
    this.#sending.clear()
    return all
  }

  nextCounter(): number {
    return (this.#counter = (this.#counter + 1) & 0xff)
  }

  /** Sends data to an endpoint; `done` tells whether all of it was acknowledged end to end. */
  send(destination: number, addressing: ApsAddressing, payload: Uint8Array, done: Done): void {
    this.onSending()
    const counter = this.nextCounter()
    const base = { type: 'data', delivery: 'unicast', ackRequest: true, counter, ...addressing } as const
    const count = Math.ceil(payload.length / PIECE_OCTETS)
    const frames: ApsData[] =
      count <= 1
        ? [{ ...base, payload }]
        : Array.from({ length: count }, (_, i) => ({
            ...base,
            fragment: i === 0 ? { part: 'first', block: count } : { part: 'later', block: i },
            payload: payload.subarray(i * PIECE_OCTETS, (i + 1) * PIECE_OCTETS),
          }))
    const sending: Sending = { destination, frames, done, piece: 0, tries: 0, cancel: () => undefined }
    this.#sending.get(`${destination} ${counter}`)?.done(false) // 256 messages later, an old one is given up
    this.#sending.set(`${destination} ${counter}`, sending)
    this.#sendPiece(sending)
  }

  broadcast(addressing: ApsAddressing, payload: Uint8Array): void {
    const counter = this.nextCounter()
    this.nwk.broadcast(encodeAps({ type: 'data', delivery: 'broadcast', counter, ...addressing, payload }))
  }

  #sendPiece(sending: Sending): void {
    const frame = sending.frames[sending.piece] as ApsData
    this.nwk.send(sending.destination, encodeAps(frame))
    sending.cancel = after(this.#scheduler, ACK_WAIT_MS, () => {
      if (sending.tries++ < RETRIES) return this.#sendPiece(sending)
      this.#sending.delete(`${sending.destination} ${frame.counter}`)
      sending.done(false)
    })
  }

  #acknowledged(ack: ApsAck, source: number): void {
    const key = `${source} ${ack.counter}`
    const sending = this.#sending.get(key)
    if (!sending) return
    const piece = ack.fragment ? (ack.fragment.part === 'first' ? 0 : ack.fragment.block) : 0
    if (piece !== sending.piece) return
    sending.cancel()
    sending.tries = 0
    if (++sending.piece < sending.frames.length) return this.#sendPiece(sending)
    this.#sending.delete(key)
    sending.done(true)
  }

  receive(bytes: Uint8Array, source: number, broadcast: boolean): void {
    const frame = attempt(() => decodeAps(bytes))
    if (!frame) return
    if (frame.type === 'ack') return this.#acknowledged(frame, source)
    if (frame.type === 'command') return this.onCommand(frame, source)
    if (frame.ackRequest && !broadcast) this.#acknowledge(frame, source)
    const key = `${source} ${frame.counter}`
    if (this.#received.has(key)) return
    const payload = frame.fragment ? this.#assemblies.add(key, frame.fragment, frame.payload) : frame.payload
    if (!payload) return
    this.#received.add(key)
    const { destinationEndpoint, clusterId, profileId, sourceEndpoint } = frame
    this.onMessage({ destinationEndpoint, clusterId, profileId, sourceEndpoint, source, broadcast, payload })
  }

  #acknowledge(frame: ApsData, source: number): void {
    const ack: ApsAck = {
      type: 'ack',
      counter: frame.counter,
      addressing: {
        destinationEndpoint: frame.sourceEndpoint,
        clusterId: frame.clusterId,
        profileId: frame.profileId,
        sourceEndpoint: frame.destinationEndpoint,
      },
      ...(frame.fragment && {
        fragment: {
          part: frame.fragment.part,
          block: frame.fragment.part === 'first' ? 0 : frame.fragment.block,
          received: 0xff,
        },
      }),
      payload: new Uint8Array(0),
    }
    this.nwk.send(source, encodeAps(ack))
  }
}
