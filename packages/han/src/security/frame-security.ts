import { concat, type Eui64 } from '@smets2-sim/bytes'
import {
  authenticatedSecurityHeader,
  encodeSecurityHeader,
  nonceOf,
  type SecurityHeader,
  splitSecured,
} from '../frames/security-header.js'
import { type BlockCipher, hmacMmo } from './aes-mmo.js'
import { ccmOpen, ccmSeal } from './ccm.js'

/** The key under which the trust centre sends the network key to a node with this link key. */
export const keyTransportKey = (cipher: BlockCipher, linkKey: Uint8Array): Uint8Array =>
  hmacMmo(cipher, linkKey, Uint8Array.of(0))

/** The payload of a secured frame: the auxiliary header and the sealed octets. `frameHeader` is what stands before it. */
export function sealFrame(
  cipher: BlockCipher,
  key: Uint8Array,
  header: SecurityHeader & { readonly source: Eui64 },
  frameHeader: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  const aad = concat(frameHeader, authenticatedSecurityHeader(header))
  return concat(encodeSecurityHeader(header), ccmSeal(cipher, key, nonceOf(header, header.source), aad, plaintext))
}

/** What a secured payload holds, or undefined when key, header or content is not what the sender had. */
export function openFrame(
  cipher: BlockCipher,
  key: Uint8Array,
  frameHeader: Uint8Array,
  payload: Uint8Array,
): { readonly header: SecurityHeader & { readonly source: Eui64 }; readonly plaintext: Uint8Array } | undefined {
  const { header, sealed } = splitSecured(payload)
  if (header.source === undefined) return undefined
  const aad = concat(frameHeader, authenticatedSecurityHeader(header))
  const plaintext = ccmOpen(cipher, key, nonceOf(header, header.source), aad, sealed)
  return plaintext && { header: { ...header, source: header.source }, plaintext }
}
