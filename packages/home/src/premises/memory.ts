import { type Device, type StateStore, takeSnapshot } from '@smets2-sim/firmware'

/** A store that lasts as long as the program. */
export function newMemory(kept?: Uint8Array): StateStore {
  return { load: () => kept, save: (octets) => void (kept = octets) }
}
/** What a device holds now and from now on, for one that has no store: it survives that the device is switched off. */
export const memoryOf = (device: Device): StateStore => newMemory(takeSnapshot(device))

/** A store in which nothing is yet, whatever another device has left there. */
export const emptied = <S extends StateStore | undefined>(store: S): S =>
  store && ({ load: () => undefined, save: (octets: Uint8Array) => store.save(octets) } as S)
