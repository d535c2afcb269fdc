import {
  type AttributeResult,
  clusters,
  type CommandDefinition,
  decodeCommand,
  decodeFields,
  decodeFrame,
  DISABLE_DEFAULT_RESPONSE,
  encodeFields,
  encodeFrame,
  type Field,
  type FieldsValue,
  foundation,
  frameControl,
  isClusterCommand,
  isFromServer,
  type TypedValue,
  type WriteResult,
  zclStatus,
  type ZclFrame,
} from '@smets2-sim/zcl'
import { attempt } from './attempt.js'
import type { ApsMessage } from './aps.js'
import { type Done, ignore } from './mac.js'
import { Requests } from './requests.js'
import { answerFoundation, isAnswer } from './zcl-foundation.js'
import {
  command,
  type ClusterHandler,
  type Command,
  type Outcome,
  type Peer,
  type Reply,
  type Side,
} from './zcl-handler.js'

/** Profile of Smart Energy. */
export const SMART_ENERGY = 0x0109
/** Endpoint that stands for all. */
const ALL_ENDPOINTS = 0xff

/** How the layer reaches other nodes: resolves an EUI-64, sends, and says who is behind an address. */
export interface ZclPort {
  send(
    peer: Peer,
    clusterId: number,
    sourceEndpoint: number,
    payload: Uint8Array,
    done: (result: 'delivered' | 'unreachable' | 'unknownNode') => void,
  ): void
}

/** What is sent, from where. */
export interface Outgoing {
  readonly to: Peer
  readonly from: number
  readonly cluster: number
  /** Which side of the cluster sends. */
  readonly as: Side
}

/** Attributes with their values. */
export type Records = readonly { readonly id: number; readonly data: TypedValue }[]

export interface RequestOptions {
  /** The sequence number of the request that this one repeats. */
  readonly sequence?: number | undefined
  /** A default response ends the request, even one of success: the response only comes when something is wrong. */
  readonly defaultEnds?: boolean
}

function valueOf<T, U>(outcome: Outcome<T>, map: (value: T) => U): Outcome<U> {
  return outcome.kind === 'answered' ? { kind: 'answered', value: map(outcome.value) } : outcome
}

/** Takes the answering frame apart. */
const decoded =
  <F extends Record<string, Field<any>>>(
    definition: CommandDefinition<F> | undefined,
    done: (outcome: Outcome<FieldsValue<F>>) => void,
  ) =>
  (outcome: Outcome<ZclFrame>): void => {
    if (outcome.kind !== 'answered') return done(outcome)
    const value = definition && attempt(() => decodeFields(definition, outcome.value.payload))
    done(value ? { kind: 'answered', value } : { kind: 'refused', status: zclStatus.malformedCommand })
  }

/** ZCL of one node: its handlers by endpoint, cluster and side; requests to others. */
export class Zcl {
  readonly #handlers = new Map<string, ClusterHandler>()
  readonly #requests: Requests

  constructor(
    readonly port: ZclPort,
    requests: Requests,
  ) {
    this.#requests = requests
  }

  serve(endpoint: number, cluster: number, side: Side, handler: ClusterHandler): void {
    this.#handlers.set(`${endpoint} ${cluster} ${side}`, handler)
  }
  /** Endpoints that serve, or use, a cluster. */
  endpointsOf(cluster: number, side: Side): number[] {
    return this.endpoints.filter((endpoint) => this.#handlers.has(`${endpoint} ${cluster} ${side}`))
  }
  get endpoints(): number[] {
    const ids = [...this.#handlers.keys()].map((key) => parseInt(key, 10))
    return [...new Set(ids)].sort((a, b) => a - b)
  }

  /** Sends a command that asks for no answer; `done` tells whether it was delivered. */
  send(out: Outgoing, sent: Command, done: Done = ignore): void {
    const control = frameControl({ cluster: true, fromServer: out.as === 'server', disableDefaultResponse: true })
    const frame = {
      frameControl: control,
      sequence: this.#requests.nextSequence(),
      commandId: sent.id,
      payload: sent.payload,
    }
    this.#transmit(out, frame, (result) => done(result === 'delivered'))
  }

  /** Sends a command and waits for its response, or for the default response when there is none. */
  request<F extends Record<string, Field<any>>>(
    out: Outgoing,
    sent: Command,
    response: CommandDefinition<F> | undefined,
    done: (outcome: Outcome<FieldsValue<F>>) => void,
    options?: RequestOptions,
  ): number {
    return this.#ask(out, true, sent, response?.id, decoded(response, done), options)
  }

  readAttributes(
    out: Outgoing,
    ids: readonly number[],
    done: (outcome: Outcome<readonly AttributeResult[]>) => void,
  ): void {
    const definition = foundation.readAttributesResponse
    const results = decoded(definition, (outcome) => done(valueOf(outcome, ({ results }) => results)))
    this.#ask(out, false, command(foundation.readAttributes, { attributes: ids }), definition.id, results)
  }

  writeAttributes(out: Outgoing, records: Records, done: (outcome: Outcome<readonly WriteResult[]>) => void): void {
    const definition = foundation.writeAttributesResponse
    const results = decoded(definition, (outcome) => done(valueOf(outcome, ({ results }) => results)))
    this.#ask(out, false, command(foundation.writeAttributes, { records }), definition.id, results)
  }

  /** Reports attributes of this node's server to a client. */
  report(out: Outgoing, records: Records, done: Done = ignore): void {
    const frame: ZclFrame = {
      frameControl: frameControl({ cluster: false, fromServer: out.as === 'server', disableDefaultResponse: true }),
      sequence: this.#requests.nextSequence(),
      commandId: foundation.reportAttributes.id,
      payload: encodeFields(foundation.reportAttributes, { records }),
    }
    this.#transmit(out, frame, (result) => done(result === 'delivered'))
  }

  #ask(
    out: Outgoing,
    cluster: boolean,
    sent: Command,
    responseId: number | undefined,
    done: (outcome: Outcome<ZclFrame>) => void,
    { sequence: repeated, defaultEnds }: RequestOptions = {},
  ): number {
    const question = { ...out, clusterCommand: cluster, commandId: sent.id, responseId, defaultEnds }
    const { sequence, failed, delivered } = this.#requests.open(question, done, repeated)
    const control = frameControl({ cluster, fromServer: out.as === 'server' })
    const frame = { frameControl: control, sequence, commandId: sent.id, payload: sent.payload }
    this.#transmit(out, frame, (result) => (result === 'delivered' ? delivered() : failed(result)))
    return sequence
  }

  #transmit(out: Outgoing, frame: ZclFrame, done: Parameters<ZclPort['send']>[4]): void {
    this.port.send(out.to, out.cluster, out.from, encodeFrame(frame), done)
  }

  receive(message: ApsMessage, from: Peer): void {
    const frame = attempt(() => decodeFrame(message.payload))
    if (!frame || frame.manufacturerCode !== undefined) return
    if (this.#requests.answer(from, message.clusterId, frame)) return
    const endpoints = message.destinationEndpoint === ALL_ENDPOINTS ? this.endpoints : [message.destinationEndpoint]
    for (const endpoint of endpoints) this.#handle(endpoint, message, frame, from)
  }

  #handle(endpoint: number, message: ApsMessage, frame: ZclFrame, from: Peer): void {
    const as: Side = isFromServer(frame) ? 'client' : 'server'
    const handler = this.#handlers.get(`${endpoint} ${message.clusterId} ${as}`)
    const reply = this.#reply(handler, message, frame, from)
    const unasked = reply === zclStatus.success && frame.frameControl & DISABLE_DEFAULT_RESPONSE
    if (reply === undefined || message.broadcast || unasked) return
    const answer =
      typeof reply === 'number'
        ? command(foundation.defaultResponse, { commandId: frame.commandId, status: reply })
        : reply
    const cluster = typeof reply !== 'number' && isClusterCommand(frame)
    this.#transmit(
      { to: from, from: endpoint, cluster: message.clusterId, as },
      {
        frameControl: frameControl({ cluster, fromServer: as === 'server', disableDefaultResponse: true }),
        sequence: frame.sequence,
        commandId: answer.id,
        payload: answer.payload,
      },
      () => undefined,
    )
  }

  #reply(handler: ClusterHandler | undefined, message: ApsMessage, frame: ZclFrame, from: Peer): Reply {
    if (!isClusterCommand(frame) && isAnswer(frame.commandId)) return undefined // late: nobody waits for it any more
    if (!handler) return zclStatus.unsupportedClusterCommand
    const decoded = attempt(() => decodeCommand(clusters.get(message.clusterId), frame))
    if (!decoded) return zclStatus.malformedCommand
    if (!isClusterCommand(frame)) return answerFoundation(handler, frame.commandId, decoded.fields, from)
    if (!handler.command) return zclStatus.unsupportedClusterCommand
    return handler.command({ frame, ...decoded, broadcast: message.broadcast }, from) ?? zclStatus.success
  }
}
