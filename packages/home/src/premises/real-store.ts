import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyVault } from '@smets2-sim/crypto'
import type { StateStore } from '@smets2-sim/firmware'
import { open } from 'lmdb'

/** The stores of all devices of a home, in one folder. */
export interface HomeStore {
  /** What a device has kept, and keeps. A snapshot is on disk when `save` returns. */
  of(name: string): StateStore
  /**
   * The private keys that a device has made. They are in the same folder under a name of their own, as they are: the
   * folder is to be kept like the keys. No snapshot has them, and no recording.
   */
  keysOf(name: string): KeyVault
  close(): Promise<void>
}

/** There are private keys in the files. */
const [OWNERS_FOLDER, OWNERS_FILE] = [0o700, 0o600]

/** Opens the stores in a folder, which is made if it is not there; its files are for their owner only. */
export function homeStore(folder: string): HomeStore {
  mkdirSync(folder, { recursive: true, mode: OWNERS_FOLDER })
  const db = open<Uint8Array, string>({ path: folder, encoding: 'binary' })
  for (const name of readdirSync(folder)) if (name.endsWith('.mdb')) chmodSync(join(folder, name), OWNERS_FILE)
  const entry = (key: string) => ({
    load() {
      const saved = db.get(key)
      return saved && new Uint8Array(saved)
    },
    save: (octets: Uint8Array) => void db.putSync(key, Buffer.from(octets)),
  })
  return {
    of: entry,
    keysOf: (name) => entry(`keys of ${name}`),
    close: () => db.close(),
  }
}
