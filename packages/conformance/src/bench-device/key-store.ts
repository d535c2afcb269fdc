import { equalBytes, type Eui64, GbcsError } from '@smets2-sim/bytes'
import { type CryptoProvider, type KeyStore, type KeyUsage, softwareKeyStore } from '@smets2-sim/crypto'
import type { DecodedSet } from '../reference-set/decoded-set.js'

/**
 * The key store of a device whose private keys are not published. Secrets come from the table of the set, as a
 * security module would offer them, and only for the published keys of the parties; it signs with a key of its own.
 * `pending` are public keys that wait for their certificate.
 */
export function benchKeyStore(
  p: CryptoProvider,
  device: Eui64,
  set: DecodedSet,
  signingKey: Uint8Array,
  pending: Partial<Record<KeyUsage, Uint8Array>> = {},
): KeyStore {
  const own = softwareKeyStore(p, { digitalSignature: signingKey })
  return {
    ...own,
    agree({ id, usage, publicKey }) {
      const topUp = usage === 'prePaymentTopUp'
      const published = set.publicKey(id, topUp ? 'pp-ka' : 'ka')
      const secret = set.secret(id, device, topUp ? 'prepaymentKeyAgreement' : 'keyAgreement')
      if (!secret || !published || !equalBytes(published, publicKey))
        throw new GbcsError('unknownKey', `no secret of ${device} and this key of ${id} for ${usage}`)
      return secret
    },
    pendingKey: (usage) => own.pendingKey(usage) ?? pending[usage],
    promote(usage) {
      if (own.pendingKey(usage)) own.promote(usage)
    },
  }
}
