import type { StateStore } from '@smets2-sim/firmware'
import { open } from 'lmdb'

/** The stores of all devices of a home, in one folder. */
export interface HomeStore {
  /** What a device has kept, and keeps. A snapshot is on disk when `save` returns. */
  of(name: string): StateStore
  close(): Promise<void>
}

/** Opens the stores in a folder, which is made if it is not there. */
export function homeStore(folder: string): HomeStore {
  const db = open<Uint8Array, string>({ path: folder, encoding: 'binary' })
  return {
    of: (name) => ({
      load() {
        const saved = db.get(name)
        return saved && new Uint8Array(saved)
      },
      save: (snapshot) => void db.putSync(name, Buffer.from(snapshot)),
    }),
    close: () => db.close(),
  }
}
