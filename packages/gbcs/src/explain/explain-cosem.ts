import { accessResult, type Data, toIso } from '@smets2-sim/cosem'
import type { TimeRange } from '../cosem/selective-access.js'
import { decodeDateTimeRange } from '../cosem/selective-access.js'
import {
  decodeProtectedValues,
  type ProtectedAttribute,
  type ProtectionParameters,
} from '../cosem/protected-attributes.js'
import type { Attribute, Member } from '../objects/object.js'
import type { AccessRequestItem, AccessRequestPayload } from '../payload/access-request.js'
import { memberAt } from '../payload/access-request.js'
import type { AccessResponsePayload, AccessResponseResult } from '../payload/access-response.js'
import { type TypedData, typeValue } from '../payload/typed-data.js'
import type { OpenSealed } from '../use-cases/use-case.js'
import { cosemJson, dataJson } from './cosem-json.js'
import { type Json, type JsonObject, objectJson } from './json.js'

/** Attributes by name, in the order in which a protected read gives them. */
export type ProtectedMembers = Readonly<Record<string, Attribute<any>>>

const resultNames = new Map(Object.entries(accessResult).map(([name, code]) => [code as number, name]))

export const explainAccessRequest = ({ invokeIdAndPriority, items }: AccessRequestPayload): JsonObject => ({
  format: 'accessRequest',
  invokeIdAndPriority,
  items: items.map(explainItem),
})

export const explainAccessResponse = (
  { invokeIdAndPriority, results }: AccessResponsePayload,
  open: OpenSealed,
): JsonObject => ({
  format: 'accessResponse',
  invokeIdAndPriority,
  items: results.map((result) => explainResult(result, open)),
})

const isAction = (kind: string): boolean => kind === 'action'

function explainItem({ kind, classId, logicalName, index, member, selection, content }: AccessRequestItem): JsonObject {
  return {
    service: kind,
    ...nameOf(member, content),
    classId,
    logicalName,
    [isAction(kind) ? 'method' : 'attribute']: index,
    ...(selection && explainSelection(selection)),
    ...explainContent(content, () => undefined),
  }
}

function nameOf(member: Member | undefined, content: TypedData): JsonObject {
  if (member) return { object: member.object, name: member.name }
  return content.type === 'protectedRequest' ? { object: 'dataProtection', name: 'getProtectedAttributes' } : {}
}

function explainSelection(selection: NonNullable<AccessRequestItem['selection']>): JsonObject {
  if ('selector' in selection) return { selector: selection.selector, parameters: dataJson(selection.parameters) }
  return explainRange(selection)
}
const explainRange = ({ from, to }: TimeRange): JsonObject => ({ from: toIso(from), to: toIso(to) })

function explainResult({ kind, result, item, content }: AccessResponseResult, open: OpenSealed): JsonObject {
  const declared = item?.declared
  const members = declared?.kind === 'protectedGet' ? declared.members : undefined
  return {
    service: kind,
    item: item?.name ?? null,
    ...(declared && 'member' in declared && { object: declared.member.object, name: declared.member.name }),
    result,
    resultName: resultNames.get(result) ?? null,
    ...explainContent(content, open, members),
  }
}

/** What an item carries: `value`, `data` without a type of ours, or what is protected; nothing for null-data. */
export function explainContent(content: TypedData, open: OpenSealed, members?: ProtectedMembers): JsonObject {
  switch (content.type) {
    case 'nothing':
      return {}
    case 'value':
      return { value: cosemJson(content.value) }
    case 'data':
      return { data: dataJson(content.data) }
    case 'protectedRequest':
      return {
        attributes: content.request.attributes.map(explainProtectedAttribute),
        protection: explainProtection(content.request.parameters),
      }
    case 'protectedResponse': {
      const { parameters, sealed } = content.response
      const plaintext = open(sealed)
      return {
        protection: explainProtection(parameters),
        ...(plaintext
          ? { values: explainProtectedValues(decodeProtectedValues(plaintext), members) }
          : { sealed: cosemJson(sealed) }),
      }
    }
  }
}

const explainProtection = (parameters: ProtectionParameters): JsonObject => objectJson(parameters)

function explainProtectedAttribute({ classId, logicalName, index, restriction }: ProtectedAttribute): JsonObject {
  const member = memberAt('attribute', classId, logicalName, index)
  return {
    ...(member && { object: member.object, name: member.name }),
    classId,
    logicalName,
    attribute: index,
    ...(restriction.type === 1 ? explainDateRange(restriction.value) : {}),
  }
}
function explainDateRange(value: Data): JsonObject {
  try {
    return explainRange(decodeDateTimeRange(value))
  } catch {
    return { restriction: dataJson(value) }
  }
}

/** Decrypted values by name where the use case tells which they are. */
function explainProtectedValues(values: readonly Data[], members: ProtectedMembers = {}): Json {
  const named = Object.entries(members)
  if (named.length !== values.length) return values.map(dataJson)
  return Object.fromEntries(
    named.map(([name, member], i) => {
      const typed = typeValue(member.schema, values[i] as Data)
      return [name, typed.type === 'value' ? cosemJson(typed.value) : dataJson(values[i] as Data)]
    }),
  )
}
