import { equalBytes, type Eui64, GbcsError } from '@smets2-sim/bytes'
import { Cache } from './cache.js'
import { decodeMadeKeys, encodeMadeKeys, type KeyVault, type MadeKeys } from './key-vault.js'
import type { CryptoProvider } from './provider.js'

export type KeyUsage = 'digitalSignature' | 'keyAgreement'

/** A party with whom a secret is agreed, and which of its keys. */
export interface Peer {
  readonly id: Eui64
  readonly usage: 'keyAgreement' | 'prePaymentTopUp'
  readonly publicKey: Uint8Array
}

/** Where private keys live: a security module. Who asks gets signatures and secrets, never a private key. */
export interface KeyStore {
  /** Public key now in use, or undefined before there is one. */
  publicKey(usage: KeyUsage): Uint8Array | undefined
  /** With the own digital signature key. */
  sign(data: Uint8Array): Uint8Array
  /** The shared secret of the own key agreement key and a peer's. */
  agree(peer: Peer): Uint8Array
  /** Drops the secrets agreed with a peer: its credential has changed. */
  forget(id: Eui64): void
  /** Makes a new key pair that waits for its certificate; returns its public key. */
  generate(usage: KeyUsage, random: (count: number) => Uint8Array): Uint8Array
  /** Public key of the pair that waits, if any. */
  pendingKey(usage: KeyUsage): Uint8Array | undefined
  /** Signs with the waiting key of this usage: the proof of possession in a certification request. */
  signPending(usage: KeyUsage, data: Uint8Array): Uint8Array
  /** The waiting key takes the place of the one in use. */
  promote(usage: KeyUsage): void
}

/**
 * A key store in memory. A secret is agreed once and kept until its peer is forgotten or comes with another key, or
 * the own key is replaced. Keys that it makes are kept in the vault, where there is one, and are there again with it.
 */
export function softwareKeyStore(
  p: CryptoProvider,
  keys: Partial<Record<KeyUsage, Uint8Array>>,
  vault?: KeyVault,
): KeyStore {
  const saved = vault?.load()
  const made: MadeKeys = saved ? decodeMadeKeys(saved) : { current: new Map(), pending: new Map() }
  const { pending } = made
  const current = new Map([...(Object.entries(keys) as [KeyUsage, Uint8Array][]), ...made.current])
  const keep = (): void => vault?.save(encodeMadeKeys(made))
  const secrets = new Cache<Eui64, Map<Peer['usage'], { publicKey: Uint8Array; z: Uint8Array }>>(4096)
  const publics = new Map<Uint8Array, Uint8Array>()
  const need = (from: Map<KeyUsage, Uint8Array>, usage: KeyUsage): Uint8Array => {
    const key = from.get(usage)
    if (!key) throw new GbcsError('unknownKey', `no ${usage} key`)
    return key
  }
  const publicOf = (key: Uint8Array | undefined): Uint8Array | undefined => {
    if (!key) return undefined
    let point = publics.get(key)
    if (!point) publics.set(key, (point = p.publicKeyOf(key)))
    return point
  }
  return {
    publicKey: (usage) => publicOf(current.get(usage)),
    sign: (data) => p.sign(need(current, 'digitalSignature'), data),
    agree({ id, usage, publicKey }) {
      const ofPeer = secrets.get(id, () => new Map())
      const known = ofPeer.get(usage)
      if (known && equalBytes(known.publicKey, publicKey)) return known.z
      const z = p.ecdh(need(current, 'keyAgreement'), publicKey)
      ofPeer.set(usage, { publicKey: publicKey.slice(), z })
      return z
    },
    forget: (id) => secrets.delete(id),
    generate(usage, random) {
      const key = randomScalar(p, random)
      pending.set(usage, key)
      keep()
      return p.publicKeyOf(key)
    },
    pendingKey: (usage) => publicOf(pending.get(usage)),
    signPending: (usage, data) => p.sign(need(pending, usage), data),
    promote(usage) {
      const key = need(pending, usage)
      current.set(usage, key)
      made.current.set(usage, key)
      pending.delete(usage)
      keep()
      if (usage === 'keyAgreement') secrets.clear()
    },
  }
}

/** A scalar of P-256 from random octets; the few values out of range are drawn again. */
export function randomScalar(p: CryptoProvider, random: (count: number) => Uint8Array): Uint8Array {
  for (let attempt = 0; attempt < 16; attempt++) {
    const candidate = random(32)
    try {
      p.publicKeyOf(candidate)
      return candidate
    } catch (error) {
      if (!(error instanceof GbcsError)) throw error
    }
  }
  throw new GbcsError('cryptoFailure', 'the entropy source gives no scalar of P-256')
}
