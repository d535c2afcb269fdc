import type { Eui64 } from '@smets2-sim/bytes'
import {
  type Cluster,
  type CommandDefinition,
  decodeCommand,
  decodeFrame,
  encodeFields,
  encodeFrame,
  foundation,
  frameControl,
  type TypedValue,
  zclStatus,
} from '@smets2-sim/zcl'
import type { AttributeValues, HanCommand, HanFields, HanOutcome, HanPort, HanReceiver } from '../han-port.js'
import { answerFrame, namedValues } from './answer-frame.js'

/** A ZCL frame that passes. */
export interface PassingFrame {
  readonly from: Eui64
  readonly to: Eui64
  readonly clusterId: number
  readonly octets: Uint8Array
}

interface Node {
  readonly id: Eui64
  receiver: HanReceiver
  isReachable: boolean
  linkQuality: number
  sequence: number
}
const FULL_QUALITY = 255
const newNode = (id: Eui64): Node => ({
  id,
  receiver: {},
  isReachable: true,
  linkQuality: FULL_QUALITY,
  sequence: 0,
})

/** What a frame is made of besides its sequence number. */
interface Request {
  readonly cluster: Cluster
  readonly definition: CommandDefinition
  readonly fields: HanFields
  readonly kind: 'foundation' | 'command'
  readonly fromServer: boolean
}
interface Answer {
  readonly name?: string
  readonly fields: HanFields
}

/**
 * A home network without radio: a frame is there at once, or not at all. What devices say passes through the octets of
 * real ZCL frames. For tests and for devices that are driven alone.
 */
export class DirectHan {
  /** Hears of every frame that arrives. */
  onFrame: (frame: PassingFrame) => void = () => undefined
  readonly #nodes = new Map<Eui64, Node>()
  readonly #hub: () => Eui64 | undefined

  /** The hub, which may be another one later. */
  constructor(hub?: Eui64 | (() => Eui64 | undefined)) {
    this.#hub = typeof hub === 'function' ? hub : () => hub
  }

  /**
   * The port of a device; one that starts again finds its place. It can send before anything is received for it: `serve`
   * says who receives.
   */
  port(id: Eui64): HanPort {
    const node: Node = this.#nodes.get(id) ?? newNode(id)
    this.#nodes.set(id, node)
    const hub = this.#hub
    return {
      get hub() {
        return hub()
      },
      read: (target, cluster, names, done) => done(this.#read(node, target, cluster, names)),
      command: (target, command, response, done) => done(this.#command(node, target, command, response)),
      publish: (target, command, done) => {
        const outcome = this.#publish(node, target, command)
        done?.(outcome)
      },
      report: (target, cluster, values) => void this.#report(node, target, cluster, values),
      linkQuality: (target) => {
        const other = this.#nodes.get(target)
        return other && Math.min(other.linkQuality, node.linkQuality)
      },
    }
  }
  /** What a device does with what arrives. */
  serve(id: Eui64, receiver: HanReceiver): void {
    this.#node(id).receiver = receiver
  }
  /** Whether the device can be reached, and reaches others. */
  setReachable(id: Eui64, isReachable: boolean): void {
    this.#node(id).isReachable = isReachable
  }
  /** How well the device is heard and hears: 0 to 255. */
  setLinkQuality(id: Eui64, linkQuality: number): void {
    this.#node(id).linkQuality = linkQuality
  }

  #node(id: Eui64): Node {
    const node = this.#nodes.get(id)
    if (!node) throw new TypeError(`no device ${id} on this network`)
    return node
  }

  #read(node: Node, to: Eui64, cluster: Cluster, names: readonly string[]): HanOutcome<AttributeValues> {
    const fields = { attributes: names.map((name) => rowOf(cluster, cluster.attributes, name).id) }
    const definition = foundation.readAttributes
    const outcome = this.#ask(node, to, { cluster, definition, fields, kind: 'foundation', fromServer: false })
    if (outcome.kind !== 'answered') return outcome
    const { name, fields: answer } = outcome.value
    if (name !== 'readAttributesResponse') return refusal(answer)
    return { kind: 'answered', value: namedValues(cluster, answer['results'] as { id: number; data?: TypedValue }[]) }
  }

  #command(node: Node, to: Eui64, command: HanCommand, response: string | undefined): HanOutcome<HanFields> {
    const { cluster, name, fields } = command
    const definition = rowOf(cluster, cluster.toServer, name)
    const outcome = this.#ask(node, to, { cluster, definition, fields, kind: 'command', fromServer: false })
    if (outcome.kind !== 'answered') return outcome
    const answer = outcome.value
    if (isRefusal(answer)) return refusal(answer.fields)
    if (response === undefined) return { kind: 'answered', value: {} }
    return answer.name === response
      ? { kind: 'answered', value: answer.fields }
      : { kind: 'failed', reason: 'noAnswer' }
  }

  #publish(node: Node, to: Eui64, { cluster, name, fields }: HanCommand): HanOutcome<HanFields> {
    const definition = rowOf(cluster, cluster.toClient, name)
    const outcome = this.#ask(node, to, { cluster, definition, fields, kind: 'command', fromServer: true })
    if (outcome.kind !== 'answered') return outcome
    return isRefusal(outcome.value) ? refusal(outcome.value.fields) : { kind: 'answered', value: {} }
  }

  #report(node: Node, to: Eui64, cluster: Cluster, values: AttributeValues): void {
    const records = Object.entries(values).map(([name, value]) => {
      const { id, type } = rowOf(cluster, cluster.attributes, name)
      return { id, data: { type, value } }
    })
    const definition = foundation.reportAttributes
    this.#ask(node, to, { cluster, definition, fields: { records }, kind: 'foundation', fromServer: true })
  }

  /** Sends a frame and decodes what comes back. */
  #ask(node: Node, to: Eui64, { cluster, definition, fields, kind, fromServer }: Request): HanOutcome<Answer> {
    const other = this.#nodes.get(to)
    if (!other) return { kind: 'failed', reason: 'unknownNode' }
    if (!node.isReachable || !other.isReachable) return { kind: 'failed', reason: 'unreachable' }
    node.sequence = (node.sequence + 1) & 0xff
    const octets = encodeFrame({
      frameControl: frameControl({ cluster: kind === 'command', fromServer }),
      sequence: node.sequence,
      commandId: definition.id,
      payload: encodeFields(definition, fields),
    })
    const clusterId = cluster.id
    this.onFrame({ from: node.id, to, clusterId, octets })
    const answer = answerFrame(other.receiver, node.id, clusterId, octets)
    if (!answer) return { kind: 'failed', reason: 'noAnswer' }
    this.onFrame({ from: to, to: node.id, clusterId, octets: answer })
    return { kind: 'answered', value: decodeCommand(cluster, decodeFrame(answer)) }
  }
}

const isRefusal = ({ name, fields }: Answer): boolean =>
  name === 'defaultResponse' && fields['status'] !== zclStatus.success
const refusal = (fields: HanFields): { readonly kind: 'refused'; readonly status: number } => ({
  kind: 'refused',
  status: (fields['status'] as number | undefined) ?? zclStatus.failure,
})
function rowOf<T>(cluster: Cluster, rows: Readonly<Record<string, T>>, name: string): T {
  const row = rows[name]
  if (!row) throw new TypeError(`${cluster.name} has no ${name}`)
  return row
}
