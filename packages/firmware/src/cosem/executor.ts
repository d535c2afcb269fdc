import { GbcsError } from '@smets2-sim/bytes'
import {
  type AccessItem,
  type AccessResult,
  accessResult,
  type Data,
  decodeAccessRequest,
  encodeAccessResponse,
  encodeData,
  nullData,
  type UtcSeconds,
} from '@smets2-sim/cosem'
import {
  type CosemUseCase,
  decodeDateTimeRange,
  decodeProtectedRequest,
  decodeRange,
  encodeProtectedResponse,
  encodeProtectedValues,
  isProtectedGet,
  MAX_MESSAGE_OCTETS,
  type Member,
  memberKey,
  type ProtectedAttribute,
} from '@smets2-sim/gbcs'
import { commandNotSupported } from '../alerts/events.js'
import type { Device } from '../device.js'
import type { Execution, PayloadResult } from '../execution.js'
import { AccessError } from './access-error.js'
import { type Activations, activationView } from './activation.js'
import { plainView, type View, type Views } from './view.js'

/** What views work on. */
export interface CosemContext<D extends Device = Device> {
  readonly device: D
  /** The command that is executed; undefined when the device is primed from outside. */
  readonly execution?: Execution
  readonly now: UtcSeconds
}

/** What a kind of device knows of COSEM. */
export interface CosemProfile {
  /** Members by key: all that exist on this kind of device. */
  readonly members: ReadonlyMap<string, Member>
  /** Views that are more than a stored item. */
  readonly views: Views
  /** Members that hold the date-time at which something takes effect, and what then happens. */
  readonly activations: Activations
  /** Members that this variant lacks answer object-unavailable. */
  lacks?(device: Device, member: Member): boolean
}

/** Executes an ACCESS request item by item; the first item that fails ends it, and those after it are not attempted. */
export function executeCosem(execution: Execution): PayloadResult {
  const profile = cosemProfileOf(execution.device)
  const useCase = execution.useCase as CosemUseCase
  const request = decodeAccessRequest(execution.message.content)
  const stranger = request.items.find((item) => !useCase.opens(item))
  if (stranger)
    return {
      kind: 'refused',
      reason: 'itemNotInUseCase',
      detail: `${describe(stranger)} is no item of ${useCase.name}`,
    }

  // a command of which the variant has nothing is told to the broker besides: ECS100 (our decision)
  if (request.items.length > 0 && request.items.every((item) => isLacking(profile, execution.device, item)))
    execution.afterwards(() => reportUnsupported(execution))

  const context: CosemContext = { device: execution.device, execution, now: execution.now }
  const results: AccessResult[] = []
  let failed = false
  for (const item of request.items) {
    const kind = item.kind === 'getWithSelection' ? 'get' : item.kind
    const outcome: { result: number; data: Data } = failed ? skipped : executeItem(profile, context, item)
    if (outcome.result !== accessResult.success) failed = true
    results.push({ kind, ...outcome })
  }
  const encode = (of: readonly AccessResult[]): Uint8Array =>
    encodeAccessResponse({ invokeIdAndPriority: request.invokeIdAndPriority, results: of })
  const content = encode(results)
  if (content.length <= MOST_OCTETS) return { kind: 'done', ok: !failed, content }
  return { kind: 'done', ok: false, content: encode(fitted(results)) }
}

/** Room for a payload in a message; the rest is for its header, signature and MAC. */
const MOST_OCTETS = MAX_MESSAGE_OCTETS - 512

/** Results that a message can carry: from the value that does not fit, all values are answered data-block-unavailable (our decision). */
function fitted(results: readonly AccessResult[]): AccessResult[] {
  let room = MOST_OCTETS - 8 * results.length
  return results.map((result) => {
    room -= encodeData(result.data).length
    return room >= 0 || result.data.type === 'null'
      ? result
      : { ...result, result: accessResult.dataBlockUnavailable, data: nullData }
  })
}

function isLacking(profile: CosemProfile, device: Device, { kind, classId, logicalName, index }: AccessItem): boolean {
  const member = profile.members.get(memberKey(kind === 'action' ? 'method' : 'attribute', classId, logicalName, index))
  return member !== undefined && profile.lacks?.(device, member) === true
}

function reportUnsupported({ device, message, unknownParty }: Execution): void {
  const { otherInformation, originatorCounter, originator } = message
  commandNotSupported(
    device,
    { messageCode: otherInformation.messageCode, originatorCounter },
    unknownParty ?? { id: originator, counter: originatorCounter },
  )
}

/** An item after one that failed. facts: every ERROR sample answers it with other-reason. */
const skipped = { result: accessResult.otherReason, data: nullData }
const describe = (item: AccessItem): string => `${item.kind} ${item.classId}/${item.logicalName}/${item.index}`

function executeItem(profile: CosemProfile, context: CosemContext, item: AccessItem): { result: number; data: Data } {
  try {
    const kind = item.kind === 'action' ? 'method' : 'attribute'
    const fault = context.device.faults.take(memberKey(kind, item.classId, item.logicalName, item.index))
    if (fault !== undefined) throw new AccessError(fault, 'injected fault')
    // an item that fails leaves nothing behind; those before it stand
    const data = context.device.transaction(() => perform(profile, context, item))
    return { result: accessResult.success, data: data ?? nullData }
  } catch (error) {
    if (error instanceof AccessError) return { result: error.result, data: nullData }
    if (error instanceof GbcsError) return { result: accessResult.typeUnmatched, data: nullData }
    throw error
  }
}

function perform(profile: CosemProfile, context: CosemContext, item: AccessItem): Data | undefined {
  if (isProtectedGet(item)) return protectedGet(profile, context, item)
  const kind = item.kind === 'action' ? 'method' : 'attribute'
  const view = viewFor(profile, context, memberKey(kind, item.classId, item.logicalName, item.index))
  switch (item.kind) {
    case 'get':
      return (view.get ?? denied)(context)
    case 'getWithSelection': {
      if (!item.selection || !view.select) throw new AccessError(accessResult.readWriteDenied)
      return view.select(context, decodeRange(item.selection.selector, item.selection.parameters))
    }
    case 'set':
      ;(view.set ?? denied)(context, item.data)
      return undefined
    case 'action':
      return (view.invoke ?? denied)(context, item.data)
  }
}

const denied = (): never => {
  throw new AccessError(accessResult.readWriteDenied)
}

/** The view of a member of this device, or object-undefined, or object-unavailable where the variant lacks it. */
export function viewFor(profile: CosemProfile, context: CosemContext, key: string): View {
  const member = profile.members.get(key)
  if (!member) throw new AccessError(accessResult.objectUndefined)
  if (profile.lacks?.(context.device, member)) throw new AccessError(accessResult.objectUnavailable)
  const activate = profile.activations.get(key)
  if (activate) return activationView(member, activate)
  return profile.views.get(key) ?? plainViewOf(member)
}

/** What the device knows of COSEM; a device that has COSEM use cases has it. */
export function cosemProfileOf({ profile, kind }: Device): CosemProfile {
  if (!profile.cosem) throw new TypeError(`a ${kind} does not speak COSEM`)
  return profile.cosem
}

const plainViews = new Map<string, View>()
function plainViewOf(member: Member): View {
  let view = plainViews.get(member.key)
  if (!view) plainViews.set(member.key, (view = plainView(member)))
  return view
}

function protectedGet(profile: CosemProfile, context: CosemContext, item: AccessItem): Data {
  const { execution } = context
  const { attributes, parameters } = decodeProtectedRequest(item.data)
  if (!execution) throw new AccessError(accessResult.readWriteDenied)
  const { message } = execution
  if (
    parameters.recipient !== context.device.id ||
    parameters.originator !== (message.otherInformation.supplementaryRemotePartyId ?? message.originator)
  )
    throw new AccessError(
      accessResult.scopeOfAccessViolated,
      'protection parameters name other parties than the message',
    )
  const values = attributes.map((attribute) => readProtected(profile, context, attribute))
  const sealed = execution.seal(encodeProtectedValues(values))
  return encodeProtectedResponse({
    parameters: {
      transactionId: sealed.transactionId,
      originator: context.device.id,
      recipient: parameters.originator,
    },
    sealed: sealed.octets,
  })
}

function readProtected(profile: CosemProfile, context: CosemContext, attribute: ProtectedAttribute): Data {
  const key = memberKey('attribute', attribute.classId, attribute.logicalName, attribute.index)
  const fault = context.device.faults.take(key)
  if (fault !== undefined) throw new AccessError(fault, 'injected fault')
  const view = viewFor(profile, context, key)
  if (attribute.restriction.type === 0) return (view.get ?? denied)(context)
  if (attribute.restriction.type !== 1 || !view.select) throw new AccessError(accessResult.readWriteDenied)
  return view.select(context, decodeDateTimeRange(attribute.restriction.value))
}
