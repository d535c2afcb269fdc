import { type AttributeResult, foundation, type TypedValue, zclStatus } from '@smets2-sim/zcl'
import { command, type ClusterHandler, type Peer, type Reply } from './zcl-handler.js'

type Records = readonly { readonly id: number; readonly data: TypedValue }[]

function readAttributes(handler: ClusterHandler, ids: readonly number[], from: Peer): Reply {
  const results = ids.map((id): AttributeResult => {
    const data = handler.read?.(id, from)
    return data ? { id, status: zclStatus.success, data } : { id, status: zclStatus.unsupportedAttribute }
  })
  return command(foundation.readAttributesResponse, { results })
}

function writeAttributes(handler: ClusterHandler, records: Records, from: Peer): Reply {
  const results = records
    .map(({ id, data }) => ({ id, status: handler.write?.(id, data, from) ?? zclStatus.readOnly }))
    .filter(({ status }) => status !== zclStatus.success)
  return command(foundation.writeAttributesResponse, {
    results: results.length > 0 ? results : [{ status: zclStatus.success }],
  })
}

/** Commands that answer another one: they are never answered themselves. */
export const isAnswer = (commandId: number): boolean =>
  [foundation.readAttributesResponse.id, foundation.writeAttributesResponse.id, foundation.defaultResponse.id].some(
    (id) => id === commandId,
  )

/** What a handler's attributes answer to a command that every cluster has. */
export function answerFoundation(
  handler: ClusterHandler,
  commandId: number,
  fields: Readonly<Record<string, unknown>>,
  from: Peer,
): Reply {
  switch (commandId) {
    case foundation.readAttributes.id:
      return readAttributes(handler, fields['attributes'] as number[], from)
    case foundation.writeAttributes.id:
      return writeAttributes(handler, fields['records'] as Records, from)
    case foundation.reportAttributes.id:
      if (!handler.report) return zclStatus.unsupportedClusterCommand
      handler.report(fields['records'] as Records, from)
      return zclStatus.success
    default:
      return zclStatus.unsupportedClusterCommand
  }
}
