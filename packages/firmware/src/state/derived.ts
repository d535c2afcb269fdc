import type { Device } from '../device.js'
import type { Dependent, Item } from './item-store.js'

interface Memo<T> extends Dependent {
  result: T
}

/** A value that follows from data items: computed when it is asked for after one of them was set, and then remembered. */
export function derived<T>(items: readonly Item<any>[], compute: (device: Device) => T): (device: Device) => T {
  const memos = new WeakMap<Device, Memo<T>>()
  return (device) => {
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
}
