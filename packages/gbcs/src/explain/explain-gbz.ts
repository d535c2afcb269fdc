import { toLatin1 } from '@smets2-sim/bytes'
import { toIso } from '@smets2-sim/cosem'
import {
  type AttributeResult,
  type Cluster,
  clusters,
  dataTypeId,
  foundation,
  isClusterCommand,
  isFromServer,
  type TypedValue,
  zclStatus,
} from '@smets2-sim/zcl'
import type { GbzAlertPayload } from '../payload/gbz-alert.js'
import { type GbzPart, type GbzPayload, typeCommand, type TypedCommand } from '../payload/gbz-parts.js'
import { useCaseByCode } from '../use-cases/index.js'
import type { OpenSealed } from '../use-cases/use-case.js'
import { describeAlert } from './describe-alert.js'
import { detailOf } from './gbz-details.js'
import { codeText, type Json, type JsonObject, objectJson, type Rendering, toJson } from './json.js'

const statusNames = new Map(Object.entries(zclStatus).map(([name, code]) => [code as number, name]))

export const explainGbz = ({ parts }: GbzPayload, open: OpenSealed): JsonObject => ({
  format: 'gbz',
  components: parts.map((part) => explainPart(part, open)),
})

/** Fields whose octets are text. */
const textFields = new Set([
  'message',
  'calendarName',
  'rateLabel',
  'tariffLabel',
  'debtLabel',
  'topUpCode',
  'code',
  'password',
  'siteID',
  'proposedProviderName',
  'proposedProviderContactDetails',
  'customerIDNumber',
])
/** Times of facts 3.2 and the ZCL as text: 0 is now, FFFFFFFF is never or cancel. */
const timeJson = (seconds: number): Json => (seconds === 0 ? 'now' : seconds === 0xffffffff ? 'never' : toIso(seconds))

function explainPart(part: GbzPart, open: OpenSealed): JsonObject {
  const { clusterId, frame, last, fromDateTime, sealed, additionalFrameCounter } = part
  const cluster = clusters.get(clusterId)
  const plaintext = sealed && open(sealed)
  const content = plaintext ? typeCommand(clusterId, { ...frame, payload: plaintext }) : part.content
  return {
    cluster: cluster?.name ?? null,
    clusterId: codeText(clusterId),
    command: content.type === 'command' ? content.command.name : commandName(cluster, frame),
    commandId: codeText(frame.commandId, 2),
    frameControl: codeText(frame.frameControl, 2),
    ...(frame.manufacturerCode !== undefined && { manufacturerCode: codeText(frame.manufacturerCode) }),
    sequence: frame.sequence,
    last,
    ...(fromDateTime !== undefined && { fromDateTime: timeJson(fromDateTime) }),
    ...(sealed && { encrypted: true, additionalFrameCounter: additionalFrameCounter ?? 0 }),
    ...explainContent(content, cluster, sealed),
  }
}

function explainContent(
  content: GbzPart['content'],
  cluster: Cluster | undefined,
  sealed: Uint8Array | undefined,
): JsonObject {
  if (content.type === 'sealed') return { sealed: toJson(sealed) }
  if (content.type === 'command') return { fields: explainFields(content.command, cluster) }
  return { octets: toJson(content.octets), ...(content.problem !== undefined && { problem: content.problem }) }
}

/** Name of a command that is there by its header only: it is encrypted, or its payload does not fit. */
function commandName(cluster: Cluster | undefined, frame: GbzPart['frame']): string | null {
  const table = isClusterCommand(frame) ? (isFromServer(frame) ? cluster?.toClient : cluster?.toServer) : foundation
  return Object.entries(table ?? {}).find(([, { id }]) => id === frame.commandId)?.[0] ?? null
}

const attributeName = (cluster: Cluster | undefined, id: number): string | null =>
  Object.entries(cluster?.attributes ?? {}).find(([, attribute]) => attribute.id === id)?.[0] ?? null
const attributeJson = (cluster: Cluster | undefined, id: number): JsonObject => ({
  id: codeText(id),
  name: attributeName(cluster, id),
})
const attributeValue = ({ type, value }: TypedValue): Json =>
  type === dataTypeId.utcTime ? timeJson(value as number) : toJson(value)
const statusJson = (status: number): JsonObject => ({
  status: codeText(status, 2),
  statusName: statusNames.get(status) ?? null,
})

function explainFields({ definition, fields }: TypedCommand, cluster: Cluster | undefined): JsonObject {
  if (definition === foundation.readAttributes)
    return { attributes: (fields['attributes'] as readonly number[]).map((id) => attributeJson(cluster, id)) }
  if (definition === foundation.readAttributesResponse)
    return {
      attributes: (fields['results'] as readonly AttributeResult[]).map(({ id, status, data }) => ({
        ...attributeJson(cluster, id),
        ...statusJson(status),
        ...(data && { type: codeText(data.type, 2), value: attributeValue(data) }),
      })),
    }
  if (definition === foundation.defaultResponse)
    return { commandId: codeText(fields['commandId'] as number, 2), ...statusJson(fields['status'] as number) }
  const render: Rendering = (value, key) => {
    if (key === undefined) return undefined
    if (value instanceof Uint8Array) return textFields.has(key) ? toLatin1(value) : detailOf(key, value, fields)
    if (typeof value !== 'number') return undefined
    return isTime(key) ? timeJson(value) : key === 'eventId' ? codeText(value) : undefined
  }
  return objectJson(fields, render)
}
/** Names of fields of UTC times end in `Time`; one that does holds minutes. */
const isTime = (key: string): boolean => /[tT]ime$/.test(key) && key !== 'debtRecoveryCollectionTime'

/** An alert of a device that speaks ZCL. */
export function explainGbzAlert({ alertCode, time, content }: GbzAlertPayload, open: OpenSealed): JsonObject {
  const head = { format: 'gbzAlert', ...describeAlert(alertCode), time: toIso(time) }
  switch (content.type) {
    case 'nothing':
      return head
    case 'execution':
      return { ...head, execution: explainExecution(content.execution) }
    case 'components':
      return { ...head, components: content.parts.map((part) => explainPart(part, open)) }
    case 'imageHash':
      return { ...head, manufacturerImageHash: toJson(content.manufacturerImageHash) }
    case 'reason':
      return { ...head, reason: content.reason }
    case 'octets':
      return { ...head, octets: toJson(content.octets) }
  }
}

type Execution = Extract<GbzAlertPayload['content'], { type: 'execution' }>['execution']
function explainExecution({
  messageCode,
  originatorCounter,
  clusterId,
  frameControl,
  commandId,
}: Execution): JsonObject {
  const cluster = clusters.get(clusterId)
  return {
    messageCode: codeText(messageCode),
    useCase: useCaseByCode(messageCode)?.name ?? null,
    originatorCounter: originatorCounter.toString(),
    cluster: cluster?.name ?? null,
    clusterId: codeText(clusterId),
    frameControl: codeText(frameControl, 2),
    command: commandName(cluster, { frameControl, commandId, sequence: 0 }),
    commandId: codeText(commandId, 2),
  }
}
