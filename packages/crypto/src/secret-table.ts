import { equalBytes, type Eui64, GbcsError, toHex } from '@smets2-sim/bytes'
import { type KeyStore, type Peer, softwareKeyStore } from './key-store.js'
import type { CryptoProvider } from './provider.js'

/** A secret that was agreed elsewhere: with whom, with which of the peer's keys, and the x coordinate. */
export interface SharedSecret {
  readonly id: Eui64
  readonly usage: Peer['usage']
  /** 32 octets. */
  readonly z: Uint8Array
  /** The peer's key with which it was agreed. With it the secret is for this key only, without it for any. */
  readonly publicKey?: Uint8Array
}

export interface SecretTable {
  readonly secrets: readonly SharedSecret[]
  /** Scalar of the digital signature key. Without it there are no signatures. */
  readonly signingKey?: Uint8Array
  /** Public key of the key agreement pair whose secrets these are. */
  readonly agreementPublicKey?: Uint8Array
}

/**
 * A key store that plays a party whose private key agreement key is not known, from a table of its secrets. A pair that
 * is not in the table is a GbcsError `unknownKey`. Keys that it makes itself are real: once a key agreement key is
 * promoted, the secrets of the table belong to a key that is gone and secrets are agreed.
 */
export function tableKeyStore(p: CryptoProvider, table: SecretTable): KeyStore {
  const own = softwareKeyStore(p, table.signingKey ? { digitalSignature: table.signingKey } : {})
  const rows = new Map<string, SharedSecret[]>()
  for (const row of table.secrets) {
    if (row.z.length !== 32)
      throw new GbcsError('invalidLength', `the secret shared with ${row.id} has ${row.z.length} octets, expected 32`)
    const name = `${row.id} ${row.usage}`
    rows.set(name, [...(rows.get(name) ?? []), row])
  }
  const replaced = (): boolean => own.publicKey('keyAgreement') !== undefined
  return {
    ...own,
    publicKey: (usage) => own.publicKey(usage) ?? (usage === 'keyAgreement' ? table.agreementPublicKey : undefined),
    agree(peer) {
      if (replaced()) return own.agree(peer)
      const known = rows.get(`${peer.id} ${peer.usage}`) ?? []
      const row = known.find(({ publicKey }) => publicKey === undefined || equalBytes(publicKey, peer.publicKey))
      if (row) return row.z
      throw new GbcsError(
        'unknownKey',
        known.length > 0
          ? `the secret shared with ${peer.id} (${peer.usage}) is of another key than ${toHex(peer.publicKey.subarray(0, 9))}...`
          : `no secret shared with ${peer.id} (${peer.usage})`,
      )
    },
  }
}
