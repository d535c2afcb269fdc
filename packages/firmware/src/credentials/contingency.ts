import { concat, GbcsError } from '@smets2-sim/bytes'
import type { CryptoProvider } from '@smets2-sim/crypto'
import { decodeAsn1, updateCommand } from '@smets2-sim/gbcs'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'

/**
 * The public contingency key, encrypted: until the symmetric key is published with an order (CS02b anyByContingency),
 * nobody can attack it, and no device can be made to use it. How it is kept is not public; our decision:
 * nonce (12) || ciphertext (65, the point uncompressed) || tag (16) of AES-128-GCM without additional data.
 */
export const contingencyKey: Item<Uint8Array | undefined> = item('contingencyKey', undefined)

const NONCE_OCTETS = 12
const TAG_OCTETS = 16
const POINT_OCTETS = 65
const noData = new Uint8Array(0)

/** Encrypts a public key (65 octets) under 16 octets; the nonce is 12 octets, used once. */
export const wrapContingencyKey = (
  p: CryptoProvider,
  symmetricKey: Uint8Array,
  nonce: Uint8Array,
  publicKey: Uint8Array,
): Uint8Array => concat(nonce, p.seal(symmetricKey, nonce, noData, publicKey))

/** The public key, or undefined when the symmetric key is not the one that it was wrapped with. */
export function unwrapContingencyKey(
  p: CryptoProvider,
  symmetricKey: Uint8Array,
  wrapped: Uint8Array,
): Uint8Array | undefined {
  if (wrapped.length !== NONCE_OCTETS + POINT_OCTETS + TAG_OCTETS || symmetricKey.length !== 16) return undefined
  const tagAt = NONCE_OCTETS + POINT_OCTETS
  const [nonce, ciphertext, tag] = [
    wrapped.subarray(0, NONCE_OCTETS),
    wrapped.subarray(NONCE_OCTETS, tagAt),
    wrapped.subarray(tagAt),
  ]
  return p.open(symmetricKey, nonce, noData, ciphertext, tag)
}

/** The key that must have signed a contingency order: the one that the symmetric key in its payload unlocks. */
export function contingencyKeyFor({ items, ports }: Device, content: Uint8Array): Uint8Array | undefined {
  const wrapped = items.read(contingencyKey)
  if (!wrapped) return undefined
  try {
    const { plaintextSymmetricKey } = decodeAsn1(updateCommand, content).value.control
    return plaintextSymmetricKey && unwrapContingencyKey(ports.crypto, plaintextSymmetricKey, wrapped)
  } catch (error) {
    if (error instanceof GbcsError) return undefined
    throw error
  }
}
