import { type Eui64, GbcsError } from '@smets2-sim/bytes'
import { type CryptoProvider, type KeyStore, type KeyUsage, softwareKeyStore } from '@smets2-sim/crypto'
import type { SharedSecret } from '../reference-set/load.js'

/**
 * The key store of a device whose private keys are not published. Secrets come from a table, as a security module
 * would offer them, for the published keys of the parties (`knows`); it signs with a key of its own. `pending` are public keys that wait for their certificate.
 */
export function benchKeyStore(
  p: CryptoProvider,
  device: Eui64,
  secrets: readonly SharedSecret[],
  signingKey: Uint8Array,
  knows: (party: Eui64, publicKey: Uint8Array) => boolean,
  pending: Partial<Record<KeyUsage, Uint8Array>> = {},
): KeyStore {
  const own = softwareKeyStore(p, { digitalSignature: signingKey })
  const mine = secrets.filter((secret) => secret.device === device)
  return {
    ...own,
    agree({ id, usage, publicKey }) {
      if (!knows(id, publicKey)) throw new GbcsError('unknownKey', `no secret of ${device} and the new key of ${id}`)
      const found = mine.find((secret) => secret.party === id && secret.usage === usage)
      if (!found) throw new GbcsError('unknownKey', `no secret of ${device} and ${id} for ${usage}`)
      return found.z
    },
    pendingKey: (usage) => own.pendingKey(usage) ?? pending[usage],
    promote(usage) {
      if (own.pendingKey(usage)) own.promote(usage)
    },
  }
}
