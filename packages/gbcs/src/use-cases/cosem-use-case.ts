import { GbcsError } from '@smets2-sim/bytes'
import {
  type AccessItem,
  type AccessResponse,
  accessResult,
  type Data,
  decodeAccessRequest,
  decodeAccessResponse,
  encodeAccessRequest,
  logicalName,
  nullData,
  type LogicalName,
} from '@smets2-sim/cosem'
import {
  decodeDateTimeRange,
  decodeRange,
  encodeDateTimeRange,
  encodeRange,
  RANGE_SELECTOR,
  type TimeRange,
} from '../cosem/selective-access.js'
import {
  decodeProtectedRequest,
  decodeProtectedResponse,
  decodeProtectedValues,
  encodeProtectedRequest,
  encryptionTransactionId,
  unrestricted,
} from '../cosem/protected-attributes.js'
import { methodOutputs } from '../objects/method-outputs.js'
import { type Attribute, type Member, memberKey, type Method } from '../objects/object.js'
import {
  addressOf,
  type Addressee,
  type CommandRequest,
  type MessageContext,
  type OpenSealed,
  type ResponseReading,
  type UseCaseHead,
} from './use-case.js'

/** An item of a command to a COSEM device. `optional` items are there for some variants or orders only. */
export type CosemItem =
  | { readonly kind: 'get'; readonly member: Attribute<any>; readonly optional?: boolean }
  | { readonly kind: 'getWithSelection'; readonly member: Attribute<any>; readonly optional?: boolean }
  | { readonly kind: 'set'; readonly member: Attribute<any>; readonly optional?: boolean }
  | { readonly kind: 'action'; readonly member: Method<any>; readonly optional?: boolean; readonly constant?: unknown }
  | {
      readonly kind: 'protectedGet'
      readonly protection: LogicalName
      readonly members: Readonly<Record<string, Attribute<any>>>
      readonly optional?: boolean
      /** Read with a range of times. */
      readonly ranged?: boolean
    }

export const get = <T>(member: Attribute<T>) => ({ kind: 'get', member }) as const
/** Reads entries of a log between two times. */
export const select = <T>(member: Attribute<T>) => ({ kind: 'getWithSelection', member }) as const
export const set = <T>(member: Attribute<T>) => ({ kind: 'set', member }) as const
/** Invokes a method; with `constant` its parameter is fixed by the use case. */
export const invoke = <T>(member: Method<T>) => ({ kind: 'action', member }) as const
export const invokeWith = <T>(member: Method<T>, constant: T) => ({ kind: 'action', member, constant }) as const
/** Reads attributes encrypted, through COSEM data protection object 0-0:43.2.n.255. */
export const protectedGet = <M extends Record<string, Attribute<any>>>(n: number, members: M) =>
  ({ kind: 'protectedGet', protection: logicalName(`0-0:43.2.${n}.255`), members }) as const
/** Reads entries of a log between two times, encrypted. */
export const protectedSelect = <M extends Record<string, Attribute<any>>>(n: number, members: M) =>
  ({ kind: 'protectedGet', protection: logicalName(`0-0:43.2.${n}.255`), members, ranged: true }) as const
/** An item that is there only for some variants or orders. */
export const maybe = <I extends CosemItem>(item: I) => ({ ...item, optional: true }) as const

/** Class and method of get_protected_attributes. */
export const PROTECTION_CLASS = 30
const GET_PROTECTED = 1

type ItemArgument<I> = I extends { kind: 'set'; member: Attribute<infer T> }
  ? T
  : I extends { kind: 'action'; constant: unknown }
    ? undefined | true
    : I extends { kind: 'action'; member: Method<infer T> }
      ? T
      : I extends { kind: 'getWithSelection' }
        ? TimeRange
        : I extends { kind: 'protectedGet'; ranged: true }
          ? TimeRange
          : undefined | true
type NeedsArgument<I> = I extends { optional: true } ? false : undefined extends ItemArgument<I> ? false : true
/** Values of the items of a command by name; reads need none. For an optional item, `true` includes it. */
export type CommandValues<I> = {
  readonly [K in keyof I as NeedsArgument<I[K]> extends true ? K : never]: ItemArgument<I[K]>
} & {
  readonly [K in keyof I as NeedsArgument<I[K]> extends true ? never : K]?: ItemArgument<I[K]>
}
type MembersValue<M> = { readonly [K in keyof M]: M[K] extends Attribute<infer T> ? T : never }
type Simplify<T> = { [K in keyof T]: T[K] }
type Union2Intersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never
/** Values of a response: each read by its name; attributes of a protected read by theirs. */
export type ResponseValues<I> = Simplify<
  {
    readonly [K in keyof I as I[K] extends { kind: 'get' | 'getWithSelection' } ? K : never]: I[K] extends {
      member: Attribute<infer T>
    }
      ? T
      : never
  } & Union2Intersection<{ [K in keyof I]: I[K] extends { members: infer M } ? MembersValue<M> : unknown }[keyof I]>
>

/** One item of a command by its name, with its argument; `true` for one that needs none. */
export interface CosemPart {
  readonly item: string
  readonly value: unknown
}

export interface CosemUseCase<I extends Record<string, CosemItem> = Record<string, CosemItem>> extends UseCaseHead {
  readonly payload: 'cosem'
  readonly items: I
  /** The items in the order of a command; a published command may have one of them twice. */
  readonly sequence: readonly (readonly [name: string, item: CosemItem])[]
  /** Whether the use case opens this item of an ACCESS request: the authorisation by item. */
  opens(item: AccessItem): boolean
  /** The typed command, its items in the order of the use case; what is missing or of the wrong type is a GbcsError. */
  command(values: CommandValues<I> & { readonly to: Addressee }): CommandRequest<ResponseValues<I>>
  /** The same from items in an order of the caller's. */
  commandOf(to: Addressee, parts: readonly CosemPart[]): CommandRequest<ResponseValues<I>>
  /** Items of a command payload, in the order in which they stand. The reverse of `commandOf`. */
  parse(content: Uint8Array): CosemPart[]
}

/** Declares a use case whose payload is an ACCESS request. */
export function cosemUseCase<I extends Record<string, CosemItem>>(
  declaration: UseCaseHead & {
    readonly items: I
    /** Names of the items in the order of the command, where that is not once each as declared. */
    readonly order?: readonly (keyof I & string)[]
  },
): CosemUseCase<I> {
  const items = Object.entries(declaration.items)
  const sequence = declaration.order?.map((name) => [name, declaration.items[name] as CosemItem] as const) ?? items
  const open = new Map(items.flatMap(([, item]) => itemKeys(item).map((key) => [key, item] as const)))
  const itemByKey = new Map(items.flatMap(([name, item]) => itemKeys(item).map((key) => [key, name] as const)))
  return {
    ...declaration,
    payload: 'cosem',
    sequence,
    opens(item) {
      const keys = accessKeys(item)
      return keys.every((key) => open.has(key)) && holdsConstant(open.get(keys[0] as string), item)
    },
    command: ({ to, ...values }) =>
      commandRequest(
        declaration,
        addressOf(to),
        orderedParts(declaration, sequence, values as Record<string, unknown>),
      ),
    commandOf: (to, parts) => commandRequest(declaration, addressOf(to), parts),
    parse: (content) =>
      decodeAccessRequest(content).items.map((item) => {
        const name = itemByKey.get(accessKeys(item)[0] as string)
        const declared = name === undefined ? undefined : declaration.items[name]
        if (name === undefined || !declared)
          throw new GbcsError('invalidValue', `${accessKeys(item)[0]} is no item of ${declaration.name}`)
        return { item: name, value: parseItem(declared, item) }
      }),
  }
}

function orderedParts(
  head: UseCaseHead,
  items: readonly (readonly [string, CosemItem])[],
  values: Record<string, unknown>,
): CosemPart[] {
  for (const name of Object.keys(values))
    if (!items.some(([known]) => known === name)) throw new GbcsError('misuse', `${head.name} has no item ${name}`)
  return items
    .filter(([name, item]) => !item.optional || values[name] !== undefined)
    .map(([name]) => ({ item: name, value: values[name] }))
}

/**
 * Whether an item of a request has the constant parameter of the declared one, where that has one: the code of a
 * command to open the load switch must not carry the script that closes it.
 */
function holdsConstant(declared: CosemItem | undefined, item: AccessItem): boolean {
  if (declared?.kind !== 'action' || !('constant' in declared)) return true
  try {
    return declared.member.schema.decode(item.data) === declared.constant
  } catch (error) {
    if (error instanceof GbcsError) return false
    throw error
  }
}

/** Keys of what a declared item touches: `get attribute 1/0-0:96.1.4.255/2`. */
function itemKeys(item: CosemItem): string[] {
  if (item.kind !== 'protectedGet') return [`${item.kind} ${item.member.key}`]
  const carrier = `action ${memberKey('method', PROTECTION_CLASS, item.protection, GET_PROTECTED)}`
  return [carrier, ...Object.values(item.members).map((member) => `${carrier} ${member.key}`)]
}

/** The same keys of an item that stands in a request, inner attributes of a protected read included. */
export function accessKeys(item: AccessItem): string[] {
  const kind = item.kind === 'action' ? 'method' : 'attribute'
  const key = `${item.kind} ${memberKey(kind, item.classId, item.logicalName, item.index)}`
  if (!isProtectedGet(item)) return [key]
  try {
    return [
      key,
      ...decodeProtectedRequest(item.data).attributes.map(
        (a) => `${key} ${memberKey('attribute', a.classId, a.logicalName, a.index)}`,
      ),
    ]
  } catch {
    return [`${key} malformed`]
  }
}

export const isProtectedGet = (item: AccessItem): boolean =>
  item.kind === 'action' && item.classId === PROTECTION_CLASS && item.index === GET_PROTECTED

/** `20` and the low 24 bits of the originator counter: links a payload to its message. facts 5.1. */
export const longInvokeId = (originatorCounter: bigint): number => 0x20000000 + Number(originatorCounter & 0xffffffn)

function parseItem(declared: CosemItem, item: AccessItem): unknown {
  switch (declared.kind) {
    case 'get':
      return true
    case 'set':
      return declared.member.schema.decode(item.data)
    case 'action': {
      const value: unknown = declared.member.schema.decode(item.data)
      return 'constant' in declared && declared.constant === value ? true : value
    }
    case 'getWithSelection':
      return item.selection ? decodeRange(item.selection.selector, item.selection.parameters) : undefined
    case 'protectedGet': {
      const first = decodeProtectedRequest(item.data).attributes[0]
      return first?.restriction.type === 1 ? decodeDateTimeRange(first.restriction.value) : true
    }
  }
}

function commandRequest<V>(
  declaration: UseCaseHead & { readonly items: Readonly<Record<string, CosemItem>> },
  target: MessageContext['target'],
  parts: readonly CosemPart[],
): CommandRequest<V> {
  const used = parts.map(({ item: name, value }) => {
    const item = declaration.items[name]
    if (!item) throw new GbcsError('misuse', `${declaration.name} has no item ${name}`)
    return { name, item, value }
  })
  return {
    useCase: declaration,
    target,
    payload: (context) =>
      encodeAccessRequest({
        invokeIdAndPriority: longInvokeId(context.originatorCounter),
        items: used.map(({ name, item, value }) => accessItem(declaration, name, item, value, context)),
      }),
    read: (content, _context, open) => readResponse<V>(used, decodeAccessResponse(content), open),
  }
}

function accessItem(
  head: UseCaseHead,
  name: string,
  item: CosemItem,
  value: unknown,
  context: MessageContext,
): AccessItem {
  if (item.kind === 'protectedGet') {
    if (item.ranged && !value) throw new GbcsError('misuse', `${head.name} needs a range of times in ${name}`)
    const restriction = item.ranged ? { type: 1, value: encodeDateTimeRange(value as TimeRange) } : unrestricted
    return {
      kind: 'action',
      classId: PROTECTION_CLASS,
      logicalName: item.protection,
      index: GET_PROTECTED,
      data: encodeProtectedRequest({
        attributes: Object.values(item.members).map(({ classId, logicalName, index }) => ({
          classId,
          logicalName,
          index,
          restriction,
        })),
        parameters: {
          transactionId: encryptionTransactionId(context.originatorCounter),
          originator: context.originator,
          recipient: context.target,
        },
      }),
    }
  }
  const { classId, logicalName, index } = item.member
  const target = { kind: item.kind, classId, logicalName, index }
  if (item.kind === 'get') return { ...target, data: nullData }
  const argument: unknown =
    item.kind === 'action' && 'constant' in item && (value === undefined || value === true) ? item.constant : value
  if (argument === undefined)
    throw new GbcsError('misuse', `${head.name} needs a value for ${name} (${item.member.schema.name})`)
  if (item.kind === 'getWithSelection')
    return {
      ...target,
      data: nullData,
      selection: { selector: RANGE_SELECTOR, parameters: encodeRange(argument as TimeRange) },
    }
  return { ...target, data: (item.member as Member).schema.encode(argument) }
}

interface UsedItem {
  readonly name: string
  readonly item: CosemItem
}

function readResponse<V>(used: readonly UsedItem[], response: AccessResponse, open: OpenSealed): ResponseReading<V> {
  if (response.results.length !== used.length)
    throw new GbcsError('invalidValue', `${response.results.length} results for ${used.length} items`)
  const value: Record<string, unknown> = {}
  const items = used.map(({ name, item }, i) => {
    const { result, data } = response.results[i] as AccessResponse['results'][number]
    const row: { name: string; result: number; value?: unknown } = { name, result }
    if (result === accessResult.success && item.kind === 'protectedGet') {
      row.value = readProtected(item, data, open)
      Object.assign(value, row.value)
    } else if (result === accessResult.success && (item.kind === 'get' || item.kind === 'getWithSelection'))
      value[name] = row.value = item.member.schema.decode(data) as unknown
    else if (result === accessResult.success && item.kind === 'action') {
      const output = methodOutputs.get(item.member.key)
      if (output) value[name] = row.value = output.decode(data) as unknown
    }
    return row
  })
  return { ok: items.every(({ result }) => result === accessResult.success), items, value: value as V }
}

function readProtected(
  item: CosemItem & { kind: 'protectedGet' },
  data: Data,
  open: OpenSealed,
): Record<string, unknown> {
  const plaintext = open(decodeProtectedResponse(data).sealed)
  if (!plaintext) throw new GbcsError('cryptoFailure', 'the protected values are not authentic')
  const values = decodeProtectedValues(plaintext)
  const members = Object.entries(item.members)
  if (values.length !== members.length)
    throw new GbcsError('invalidValue', `${values.length} protected values, expected ${members.length}`)
  return Object.fromEntries(
    members.map(([name, member], i) => [name, member.schema.decode(values[i] as Data) as unknown]),
  )
}
