import { GbcsError, Writer } from '@smets2-sim/bytes'
import type { Reader } from '@smets2-sim/bytes'
import { stuff, Unstuffer } from '../framing/stuffing.js'
import { reasonOf } from '../link/link-error.js'
import {
  type ApsConfirm,
  type ApsIndication,
  type ApsRequest,
  encodeConfirm,
  encodeIndication,
  EVERYONE,
  readApsRequest,
} from './aps.js'
import {
  command,
  type CommandStatus,
  commandStatus,
  decodeStickFrame,
  encodeStickFrame,
  MAX_STICK_FRAME,
  payloadOf,
  type StickFrame,
  withLength,
} from './frame.js'
import { stickJoining, stickNetwork } from './machines.js'
import { RadioNetwork } from './network.js'
import { parameters, ParameterStore } from './parameters.js'
import type { NcpEvent, NcpNetworkView } from './view.js'
import { zdo } from './zdo.js'

/** Version that the client program expects of a stick of the second generation. */
const FIRMWARE_VERSION = 0x26780700
/** Bits of the device state. */
const state = { disconnected: 0x00, connected: 0x02, confirm: 0x04, indication: 0x08, freeSlots: 0x20 } as const
/** Frames that wait to be sent or fetched. */
const MAX_CONFIRMS = 16
const MAX_INDICATIONS = 64
/** Polls after which no broadcast is to be expected any more. */
const PATIENCE_POLLS = 10

/** The way out of the stick. */
export interface StickPorts {
  send(octets: Uint8Array): void
  /** Hears what went wrong; nothing else comes of it. */
  problem(text: string): void
}

type Reply = { readonly status?: CommandStatus; readonly body?: Uint8Array }

/**
 * A radio stick of the kind that zigbee-herdsman calls "deconz": the serial side as a machine that answers, frame by
 * frame. It reads no clock; the polls of the program are its time.
 */
export class DeconzStick {
  readonly #view: NcpNetworkView
  readonly #ports: StickPorts
  readonly #parameters: ParameterStore
  readonly #network: RadioNetwork
  readonly #commands: Readonly<Record<number, (frame: StickFrame) => Reply>>
  #unstuffer = new Unstuffer(MAX_STICK_FRAME)
  #confirms: ApsConfirm[] = []
  #indications: ApsIndication[] = []
  #networkState: (typeof stickNetwork.states)[number] = 'connected'
  #joining: (typeof stickJoining.states)[number] = 'closed'
  /** The broadcast that opens the network, as long as its confirmation has not been fetched. */
  #opener: number | undefined
  #polls = 0
  #seq = 0

  constructor(view: NcpNetworkView, ports: StickPorts) {
    this.#view = view
    this.#ports = ports
    this.#parameters = new ParameterStore(view.coordinator)
    this.#network = new RadioNetwork(view, () => this.#parameters.descriptors())
    this.#commands = {
      [command.status]: () => this.#status(),
      [command.firmwareVersion]: () => ({ body: new Writer().uintLe(4, FIRMWARE_VERSION).done() }),
      [command.readParameter]: ({ body }) => this.#readParameter(payloadOf(body)),
      [command.writeParameter]: ({ body }) => this.#writeParameter(payloadOf(body)),
      [command.changeNetworkState]: ({ body }) => this.#changeNetwork(body[0] ?? -1),
      [command.apsDataRequest]: ({ body }) => this.#request(payloadOf(body)),
      [command.apsDataConfirm]: () => this.#fetchConfirm(),
      [command.apsDataIndication]: () => this.#fetchIndication(),
    }
  }

  /** Takes octets of the program. Total: what is no frame is told as a problem. */
  receive(chunk: Uint8Array): void {
    for (const packet of this.#unstuffer.push(chunk))
      if (packet.kind === 'packet') this.#packet(packet.bytes, packet.offset)
      else this.#ports.problem(`found a packet that is ${packet.kind} at octet ${packet.offset}`)
  }
  /** Another program, or the same one again: nothing waits for it. What it wrote into the stick stays. */
  restart(): void {
    this.#unstuffer = new Unstuffer(MAX_STICK_FRAME)
    this.#confirms = []
    this.#indications = []
    this.#joining = 'closed'
    this.#opener = undefined
  }
  /** What happened in the network. */
  event(event: NcpEvent): void {
    const device = this.#view.devices().find(({ eui64 }) => eui64 === event.device)
    if (!device || this.#networkState !== 'connected') return
    const frame = event.kind === 'announced' ? this.#network.announcement(device) : this.#network.report(event)
    if (frame) this.#arrive(frame)
  }

  get #state(): number {
    return (
      state[this.#networkState] |
      (this.#confirms.length > 0 ? state.confirm : 0) |
      (this.#indications.length > 0 ? state.indication : 0) |
      (this.#confirms.length < MAX_CONFIRMS ? state.freeSlots : 0)
    )
  }
  #packet(packet: Uint8Array, offset: number): void {
    let frame: StickFrame
    try {
      frame = decodeStickFrame(packet)
    } catch (error) {
      return this.#ports.problem(`found a packet that is no frame at octet ${offset}: ${reasonOf(error)}`)
    }
    this.#reply(frame, this.#obey(frame))
  }
  #obey(frame: StickFrame): Reply {
    try {
      return this.#commands[frame.command]?.(frame) ?? { status: 'unsupported' }
    } catch (error) {
      if (!(error instanceof GbcsError)) throw error
      this.#ports.problem(`found a command ${frame.command} that is none: ${error.message}`)
      return { status: 'invalidValue' }
    }
  }
  #reply({ command: id, seq }: StickFrame, { status = 'success', body = new Uint8Array() }: Reply): void {
    this.#ports.send(stuff(encodeStickFrame({ command: id, seq, status: commandStatus[status], body })))
  }
  #status(): Reply {
    if (this.#joining === 'opening' && this.#opener === undefined && ++this.#polls === PATIENCE_POLLS)
      this.#join('noBroadcast')
    return { body: Uint8Array.of(this.#state, 0, 0) }
  }
  #readParameter(payload: Reader): Reply {
    const id = payload.u8('parameter')
    const value = this.#parameters.read(id, payload.rest())
    if (typeof value === 'string') return { status: value, body: withLength(Uint8Array.of(id)) }
    return { body: withLength(Uint8Array.of(id, ...value)) }
  }
  #writeParameter(payload: Reader): Reply {
    const id = payload.u8('parameter')
    const status = this.#parameters.write(id, payload.rest())
    if (status === 'success' && id === parameters.permitJoin.id) this.#permit(this.#parameters.number('permitJoin'))
    return { status, body: withLength(Uint8Array.of(id)) }
  }
  #permit(seconds: number): void {
    this.#polls = 0
    this.#opener = undefined
    this.#join(seconds > 0 ? 'permitted' : 'ended')
    this.#view.permitJoin(seconds)
  }
  #changeNetwork(wanted: number): Reply {
    if (wanted !== state.disconnected && wanted !== state.connected) return { status: 'invalidValue' }
    const event = wanted === state.connected ? 'connect' : 'disconnect'
    this.#networkState = stickNetwork.next(this.#networkState, event) ?? this.#networkState
    if (event === 'connect') this.#parameters.applyChannel()
    return { body: Uint8Array.of(wanted) }
  }
  #request(payload: Reader): Reply {
    const request = readApsRequest(payload)
    const body = (): Uint8Array => withLength(Uint8Array.of(this.#state, request.id))
    if (this.#networkState !== 'connected') return { status: 'noNetwork', body: body() }
    if (this.#confirms.length >= MAX_CONFIRMS) return { status: 'busy', body: body() }
    if (opens(request)) this.#opener = request.id
    const { status, answers } = this.#network.send(request)
    this.#confirms.push({ id: request.id, to: request.to, sourceEndpoint: request.sourceEndpoint, status })
    for (const answer of answers)
      answer.then(
        (frame) => frame && this.#arrive(frame),
        (error: unknown) => this.#ports.problem(`the network broke down over a frame: ${reasonOf(error)}`),
      )
    return { body: body() }
  }
  #fetchConfirm(): Reply {
    const confirm = this.#confirms.shift()
    if (!confirm) return { status: 'failure' }
    if (confirm.id === this.#opener) {
      this.#opener = undefined
      this.#join('broadcastConfirmed')
    }
    return { body: withLength(encodeConfirm(this.#state, confirm)) }
  }
  #fetchIndication(): Reply {
    const indication = this.#indications.shift()
    return indication ? { body: withLength(encodeIndication(this.#state, indication)) } : { status: 'failure' }
  }
  #join(event: (typeof stickJoining.events)[number]): void {
    const before = this.#joining
    this.#joining = stickJoining.next(before, event) ?? before
    if (this.#joining === 'open' && before === 'opening')
      for (const device of this.#view.devices()) this.#arrive(this.#network.announcement(device))
  }
  /** A frame for the program: it waits to be fetched, and the program is told so. */
  #arrive(frame: ApsIndication): void {
    if (this.#indications.length >= MAX_INDICATIONS) {
      this.#indications.shift()
      this.#ports.problem(`more than ${MAX_INDICATIONS} frames wait: the oldest is dropped`)
    }
    this.#indications.push(frame)
    this.#seq = (this.#seq + 1) & 0xff
    this.#reply(
      { command: command.statusChanged, seq: this.#seq, status: 0, body: new Uint8Array() },
      { body: Uint8Array.of(this.#state, 0) },
    )
  }
}

/** Whether the request is the broadcast that lets devices join. */
const opens = ({ to, profile, cluster, asdu }: ApsRequest): boolean =>
  profile === 0 && cluster === zdo.permitJoining && to.kind === 'short' && to.address >= EVERYONE && (asdu[1] ?? 0) > 0
