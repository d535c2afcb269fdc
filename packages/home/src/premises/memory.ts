import { type Device, type StateStore, takeSnapshot } from '@smets2-sim/firmware'

/** What a device holds now and from now on, for one that has no store: it survives that the device is switched off. */
export function memoryOf(device: Device): StateStore {
  let kept = takeSnapshot(device)
  return { load: () => kept, save: (snapshot) => void (kept = snapshot) }
}

/** A store in which nothing is yet, whatever another device has left there. */
export const emptied = (store: StateStore | undefined): StateStore | undefined =>
  store && { load: () => undefined, save: (snapshot) => store.save(snapshot) }
