import type { KeyVault } from '@smets2-sim/crypto'
import { type Device, type StateStore, takeSnapshot } from '@smets2-sim/firmware'
import type { DeviceName } from '../config/ids.js'

/** Where devices keep what they keep. */
export interface Keeping {
  readonly store?: (name: DeviceName) => StateStore
  /** Where devices keep the private keys that they make: beside what the store has, and not in it. */
  readonly vault?: (name: DeviceName) => KeyVault
}

/** A store that lasts as long as the program. */
const memory = (kept?: Uint8Array): StateStore => ({ load: () => kept, save: (octets) => void (kept = octets) })
/** A store in which nothing is yet, whatever another device has left there. */
const emptied = <S extends StateStore>(store: S): S =>
  ({ load: () => undefined, save: (octets: Uint8Array) => store.save(octets) }) as S

/** What the devices of a home keep while they are off: in stores and vaults from outside, or in memory. */
export class Belongings {
  readonly #keeping: Keeping
  readonly #states = new Map<DeviceName, StateStore>()
  readonly #keys = new Map<DeviceName, KeyVault>()

  constructor(keeping: Keeping) {
    this.#keeping = keeping
  }
  /** Store and vault of a device that is switched on: without a store from outside none until it was off once. */
  of(name: DeviceName): { readonly store?: StateStore; readonly vault: KeyVault } {
    const store = this.#keeping.store?.(name) ?? this.#states.get(name)
    const vault = this.#keeping.vault?.(name) ?? this.#keys.get(name) ?? memory()
    this.#keys.set(name, vault)
    return { ...(store && { store }), vault }
  }
  /** The same of another device in its place, which finds nothing there. */
  ofAnother(name: DeviceName): { readonly store?: StateStore; readonly vault: KeyVault } {
    this.#states.delete(name)
    this.#keys.delete(name)
    const { store, vault } = this.of(name)
    return { ...(store && { store: emptied(store) }), vault: emptied(vault) }
  }
  /** A device is switched off: what it holds is kept. */
  keep(name: DeviceName, device: Device): void {
    if (!this.#keeping.store) this.#states.set(name, memory(takeSnapshot(device)))
  }
}
