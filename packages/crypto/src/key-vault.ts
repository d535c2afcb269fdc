import { GbcsError, Reader, Writer } from '@smets2-sim/bytes'
import type { KeyUsage } from './key-store.js'

/**
 * Where a key store keeps the private keys that were made in it, so that they survive a power cycle. Nothing else has
 * them: they are in no state, snapshot or recording of the device. Whoever reads what is saved here has the keys.
 */
export interface KeyVault {
  load(): Uint8Array | undefined
  save(octets: Uint8Array): void
}

/** Private keys that were made on the device: in use, and waiting for their certificates. */
export interface MadeKeys {
  readonly current: Map<KeyUsage, Uint8Array>
  readonly pending: Map<KeyUsage, Uint8Array>
}

const VERSION = 1
const SCALAR_OCTETS = 32
const slots = [
  ['current', 'digitalSignature'],
  ['current', 'keyAgreement'],
  ['pending', 'digitalSignature'],
  ['pending', 'keyAgreement'],
] as const

/** Version, then slot (1) and scalar (32) of each key. Our decision. */
export function encodeMadeKeys(keys: MadeKeys): Uint8Array {
  const writer = new Writer().u8(VERSION)
  for (const [slot, [state, usage]] of slots.entries()) {
    const key = keys[state].get(usage)
    if (key) writer.u8(slot).bytes(key)
  }
  return writer.done()
}

/** @throws GbcsError for octets that are no keys */
export function decodeMadeKeys(octets: Uint8Array): MadeKeys {
  const reader = new Reader(octets)
  reader.expect(VERSION, 'version of the key vault')
  const keys: MadeKeys = { current: new Map(), pending: new Map() }
  while (reader.remaining > 0) {
    const row = slots[reader.u8('slot')]
    if (!row) throw new GbcsError('invalidValue', 'the key vault has a slot that there is not, expected 0 to 3')
    keys[row[0]].set(row[1], reader.take(SCALAR_OCTETS, 'private key').slice())
  }
  return keys
}
