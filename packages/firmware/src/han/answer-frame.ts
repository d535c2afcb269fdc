import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import {
  type Cluster,
  clusters,
  decodeCommand,
  decodeFrame,
  encodeFields,
  encodeFrame,
  foundation,
  frameControl,
  isClusterCommand,
  isFromServer,
  type TypedValue,
  type ZclFrame,
  zclStatus,
} from '@smets2-sim/zcl'
import type { AttributeValues, HanFields, HanReceiver } from '../han-port.js'
import { attributeById } from '../zcl/attributes.js'

/** The command with which a frame is answered; a number stands for the default response with that status. */
type Reply = { readonly id: number; readonly cluster: boolean; readonly payload: Uint8Array } | number

/** The frame that a receiver answers a frame with; undefined when it is no ZCL frame. */
export function answerFrame(
  receiver: HanReceiver,
  from: Eui64,
  clusterId: number,
  octets: Uint8Array,
): Uint8Array | undefined {
  try {
    const frame = decodeFrame(octets)
    return encodeReply(frame, replyTo(receiver, from, clusterId, frame))
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}

function replyTo(receiver: HanReceiver, from: Eui64, clusterId: number, frame: ZclFrame): Reply {
  const cluster = clusters.get(clusterId)
  if (!cluster || frame.manufacturerCode !== undefined) return zclStatus.unsupportedClusterCommand
  let decoded
  try {
    decoded = decodeCommand(cluster, frame)
  } catch (error) {
    if (error instanceof GbcsError) return zclStatus.malformedCommand
    throw error
  }
  const { name, fields } = decoded
  if (name === undefined) return zclStatus.unsupportedClusterCommand
  if (!isClusterCommand(frame)) return foundationReply(receiver, from, cluster, name, fields)
  if (isFromServer(frame)) return receiver.published?.(from, { cluster, name, fields }) ?? unsupported
  const answer = receiver.command?.(from, { cluster, name, fields }) ?? unsupported
  if (typeof answer === 'number') return answer
  const definition = cluster.toClient[answer.name]
  if (!definition) throw new TypeError(`${cluster.name} has no command ${answer.name}`)
  return { id: definition.id, cluster: true, payload: encodeFields(definition, answer.fields) }
}
const unsupported = zclStatus.unsupportedClusterCommand

type Records = readonly { readonly id: number; readonly data: TypedValue }[]

function foundationReply(receiver: HanReceiver, from: Eui64, cluster: Cluster, name: string, fields: HanFields): Reply {
  const reply = (definition: { id: number; fields: any }, value: HanFields): Reply => ({
    id: definition.id,
    cluster: false,
    payload: encodeFields(definition, value),
  })
  switch (name) {
    case 'readAttributes':
      return reply(foundation.readAttributesResponse, {
        results: (fields['attributes'] as readonly number[]).map((id) => readResult(receiver, from, cluster, id)),
      })
    case 'writeAttributes':
      return reply(foundation.writeAttributesResponse, {
        results: (fields['records'] as Records).map(({ id, data }) => {
          const attribute = attributeById(cluster, id)
          const status = attribute
            ? (receiver.write?.(from, cluster, attribute.name, data.value) ?? zclStatus.readOnly)
            : zclStatus.unsupportedAttribute
          return { status, id }
        }),
      })
    case 'reportAttributes':
      receiver.reported?.(from, cluster, namedValues(cluster, fields['records'] as Records))
      return zclStatus.success
    default:
      return unsupported
  }
}

function readResult(receiver: HanReceiver, from: Eui64, cluster: Cluster, id: number) {
  const attribute = attributeById(cluster, id)
  const value = attribute && receiver.read?.(from, cluster, attribute.name)
  return attribute && value !== undefined
    ? { id, status: zclStatus.success, data: { type: attribute.type, value } }
    : { id, status: zclStatus.unsupportedAttribute }
}

/** Values by the names of their attributes; what no table knows is left out. */
export function namedValues(
  cluster: Cluster,
  records: readonly { readonly id: number; readonly data?: TypedValue }[],
): AttributeValues {
  return Object.fromEntries(
    records.flatMap(({ id, data }) => {
      const attribute = attributeById(cluster, id)
      return attribute && data ? [[attribute.name, data.value]] : []
    }),
  )
}

function encodeReply(frame: ZclFrame, reply: Reply): Uint8Array {
  const header = {
    frameControl: frameControl({
      cluster: typeof reply !== 'number' && reply.cluster,
      fromServer: !isFromServer(frame),
      disableDefaultResponse: true,
    }),
    sequence: frame.sequence,
  }
  if (typeof reply !== 'number') return encodeFrame({ ...header, commandId: reply.id, payload: reply.payload })
  const { id: commandId } = foundation.defaultResponse
  const payload = encodeFields(foundation.defaultResponse, { commandId: frame.commandId, status: reply })
  return encodeFrame({ ...header, commandId, payload })
}
