import { GbcsError } from '@smets2-sim/bytes'
import {
  type AccessItem,
  type Data,
  decodeAccessRequest,
  encodeAccessRequest,
  type LogicalName,
} from '@smets2-sim/cosem'
import { decodeRange, encodeRange, RANGE_SELECTOR, type TimeRange } from '../cosem/selective-access.js'
import { allMembers, type Member, memberKey } from '../objects/index.js'
import { isProtectedGet } from '../use-cases/cosem-use-case.js'
import { typeValue, typeProtectedRequest, type TypedData, untype } from './typed-data.js'

/** A command to a device that speaks COSEM, its items typed by the objects that GBCS names. */
export interface AccessRequestPayload {
  readonly format: 'accessRequest'
  readonly invokeIdAndPriority: number
  readonly items: readonly AccessRequestItem[]
}
export interface AccessRequestItem {
  readonly kind: AccessItem['kind']
  readonly classId: number
  readonly logicalName: LogicalName
  readonly index: number
  /** The member of a known object that the item names. */
  readonly member?: Member
  /** Of a read of a log: its bounds, or the selector and parameters of another selection. */
  readonly selection?: TimeRange | { readonly selector: number; readonly parameters: Data }
  readonly content: TypedData
}

const members = new Map(allMembers().map((member) => [member.key, member]))
/** The member of a known object, by what names it on the wire. */
export const memberAt = (
  kind: 'attribute' | 'method',
  classId: number,
  name: LogicalName,
  index: number,
): Member | undefined => members.get(memberKey(kind, classId, name, index))

export function decodeAccessRequestPayload(content: Uint8Array): AccessRequestPayload {
  const { invokeIdAndPriority, items } = decodeAccessRequest(content)
  return { format: 'accessRequest', invokeIdAndPriority, items: items.map(typeItem) }
}

function typeItem(item: AccessItem): AccessRequestItem {
  const { kind, classId, logicalName, index, selection, data } = item
  const member = memberAt(kind === 'action' ? 'method' : 'attribute', classId, logicalName, index)
  const reads = kind === 'get' || kind === 'getWithSelection'
  return {
    kind,
    classId,
    logicalName,
    index,
    ...(member && { member }),
    ...(selection && { selection: typeSelection(selection) }),
    content: isProtectedGet(item) ? typeProtectedRequest(data) : typeValue(reads ? undefined : member?.schema, data),
  }
}

type Selection = NonNullable<AccessItem['selection']>
function typeSelection(selection: Selection): TimeRange | Selection {
  try {
    return decodeRange(selection.selector, selection.parameters)
  } catch (error) {
    if (error instanceof GbcsError) return selection
    throw error
  }
}
const untypeSelection = (selection: TimeRange | Selection): Selection =>
  'selector' in selection ? selection : { selector: RANGE_SELECTOR, parameters: encodeRange(selection) }

export const encodeAccessRequestPayload = (payload: AccessRequestPayload): Uint8Array =>
  encodeAccessRequest({
    invokeIdAndPriority: payload.invokeIdAndPriority,
    items: payload.items.map(({ kind, classId, logicalName, index, selection, content }) => ({
      kind,
      classId,
      logicalName,
      index,
      ...(selection && { selection: untypeSelection(selection) }),
      data: untype(content),
    })),
  })
