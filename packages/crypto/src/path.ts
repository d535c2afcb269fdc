import { equalBytes } from '@smets2-sim/bytes'
import type { Certificate } from './certificate.js'
import type { CryptoProvider } from './provider.js'

/** A key that is trusted to issue certificates. */
export interface IssuerKey {
  readonly subjectKeyIdentifier: Uint8Array
  readonly publicKey: Uint8Array
}
export type PathRefusal = 'noIssuer' | 'badSignature' | 'notYetValid' | 'expired' | 'notAnIssuer' | 'tooLong'
export type PathResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: PathRefusal; readonly detail: string }

const MAX_PATH = 4

/**
 * Follows a certificate through the issuing certificates that came with it to a trusted key.
 * `at` is the time `YYYYMMDDhhmmssZ` at which all must be valid; without it validity is not looked at.
 */
export function validatePath(
  p: CryptoProvider,
  certificate: Certificate,
  issuers: readonly Certificate[],
  anchors: readonly IssuerKey[],
  at?: string,
): PathResult {
  let current = certificate
  for (let depth = 0; depth < MAX_PATH; depth++) {
    if (at !== undefined && at < current.notBefore)
      return refusal('notYetValid', `${current.subject || 'certificate'} is valid from ${current.notBefore}`)
    if (at !== undefined && at > current.notAfter)
      return refusal('expired', `${current.subject || 'certificate'} was valid until ${current.notAfter}`)
    const issuedBy = (key: IssuerKey): boolean => p.verify(key.publicKey, current.tbs, current.signature)
    const anchor = candidates(current, anchors)
    if (anchor.some(issuedBy)) return { ok: true }
    const named = candidates(current, issuers)
    const issuer = named.find(issuedBy)
    if (!issuer) {
      const known = current.authorityKeyIdentifier && anchor.length + named.length > 0
      return known
        ? refusal('badSignature', `signature by ${current.issuer}`)
        : refusal('noIssuer', `no certificate of ${current.issuer}`)
    }
    if (!issuer.keyUsage.includes('keyCertSign'))
      return refusal('notAnIssuer', `${issuer.subject} may not issue certificates`)
    current = issuer
  }
  return refusal('tooLong', `more than ${MAX_PATH} certificates`)
}

/** Keys that the certificate names as its issuer's; all of them when it names none. */
const candidates = <K extends IssuerKey>(
  { authorityKeyIdentifier: key }: Certificate,
  keys: readonly K[],
): readonly K[] => (key ? keys.filter(({ subjectKeyIdentifier }) => equalBytes(subjectKeyIdentifier, key)) : keys)

const refusal = (reason: PathRefusal, detail: string): PathResult => ({ ok: false, reason, detail })
