import { accessResult, type Data } from '@smets2-sim/cosem'
import type { Attribute, Member, Method, TimeRange } from '@smets2-sim/gbcs'
import type { Item } from '../state/item-store.js'
import type { Log } from '../state/ring-log.js'
import { AccessError } from './access-error.js'
import type { CosemContext } from './executor.js'

/** How a COSEM member stands for data items of a device. A member without a view of its own is kept as it is. */
export interface View<C extends CosemContext = CosemContext> {
  get?(context: C): Data
  /** The entries of a log between two times. */
  select?(context: C, range: TimeRange): Data
  set?(context: C, data: Data): void
  /** Makes `get` give this value: how a device is put into a state from outside. Where it is missing, `set` does it. */
  prime?(context: C, data: Data): void
  invoke?(context: C, data: Data): Data | undefined
  /** Puts a device into a state in which `invoke` succeeds with this parameter. For test benches; no command can do it. */
  prepare?(context: C, data: Data): void
}

/** Views by member key. */
export type Views<C extends CosemContext = CosemContext> = ReadonlyMap<string, View<C>>

/** The data item that holds an attribute as it is. */
export const itemOf = <T>(member: Member<T>): Item<T> => ({ name: member.item, initial: member.schema.initial })

/** Row of a view table: an attribute whose value is computed, and where it can be set, what that does. */
export function viewOf<T, C extends CosemContext>(
  member: Attribute<T>,
  view: { get?: (context: C) => T; set?: (context: C, value: T) => void; prime?: (context: C, value: T) => void },
): readonly [string, View<C>] {
  const { get, set, prime } = view
  return [
    member.key,
    {
      ...(prime && { prime: (context: C, data: Data) => prime(context, member.schema.decode(data)) }),
      ...(get && { get: (context: C) => member.schema.encode(get(context)) }),
      ...(set && { set: (context: C, data: Data) => set(context, member.schema.decode(data)) }),
    },
  ]
}

/** Row of a view table: a method, what it does, and for one that not every state allows, what it needs. */
export function methodOf<T, C extends CosemContext>(
  member: Method<T>,
  invoke: (context: C, value: T) => Data | undefined | void,
  prepare?: (context: C, value: T) => void,
): readonly [string, View<C>] {
  return [
    member.key,
    {
      invoke: (context, data) => invoke(context, member.schema.decode(data)) ?? undefined,
      ...(prepare && { prepare: (context: C, data: Data) => prepare(context, member.schema.decode(data)) }),
    },
  ]
}

/** The view of a member that is a data item: read, written, and for a log read by range. */
export function plainView(member: Member): View {
  const stored = itemOf(member)
  if (member.kind === 'method') return { invoke: () => undefined }
  if (isLog(member)) return logView(member)
  return {
    get: ({ device }) => member.schema.encode(device.items.read(stored)),
    set: ({ device }, data) => device.items.write(stored, member.schema.decode(data)),
  }
}

/** Logs are the buffers of profile generic objects (class 7). */
const PROFILE_GENERIC = 7
export const isLog = (member: Member): boolean => member.classId === PROFILE_GENERIC && member.index === 2

function logView(member: Member): View {
  const encode = (entries: readonly unknown[]): Data => member.schema.encode(entries)
  return {
    get: ({ device }) => encode([...device.log(member.item).entries()]),
    select: ({ device }, range) => encode((device.log(member.item) as Log<unknown>).between(range.from, range.to)),
    set: () => {
      throw new AccessError(accessResult.readWriteDenied)
    },
    prime({ device }, data) {
      const log = device.log(member.item)
      log.clear()
      for (const entry of member.schema.decode(data) as readonly unknown[]) log.append(entry)
    },
  }
}
