import type { Device } from '../device.js'
import type { Dependent, Item } from './item-store.js'

interface Memo<T> extends Dependent {
  result: T
}

/** A value that follows from data items. */
export interface Derived<T> {
  (device: Device): T
  /** All items from which it follows. */
  readonly items: readonly Item<any>[]
}

/**
 * A value that follows from data items, or from what follows from them: computed when it is asked for after one of them
 * was set, and then remembered. Nothing else may decide it: not the time, no port.
 */
export function derived<T>(sources: readonly (Item<any> | Derived<any>)[], compute: (device: Device) => T): Derived<T> {
  const items = sources.flatMap((source) => ('items' in source ? source.items : [source]))
  const memos = new WeakMap<Device, Memo<T>>()
  const read = (device: Device): T => {
    let memo = memos.get(device)
    if (!memo) {
      memo = { isStale: false, result: compute(device) }
      memos.set(device, memo)
      device.items.addDependent(items, memo)
    } else if (memo.isStale) {
      memo.result = compute(device)
      memo.isStale = false
    }
    return memo.result
  }
  return Object.assign(read, { items })
}
