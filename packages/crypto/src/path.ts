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
 * Follows a certificate through the issuing certificates that came with it to a trusted key (RFC 5280, 6.1, as far as
 * SMKI certificates go). `at` is the time `YYYYMMDDhhmmssZ` at which all must be valid; without it validity is not
 * looked at. Whether role, identity and key usage are the wanted ones is for the caller to see.
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
    const { tbs, signature, issuer: name } = current
    if (at !== undefined && at < current.notBefore)
      return refusal('notYetValid', `${current.subject || 'the certificate'} is valid from ${current.notBefore}`)
    if (at !== undefined && at > current.notAfter)
      return refusal('expired', `${current.subject || 'the certificate'} was valid until ${current.notAfter}`)
    const issuedBy = ({ publicKey }: IssuerKey): boolean => p.verify(publicKey, tbs, signature)
    const anchor = named(current, anchors)
    if (anchor.some(issuedBy)) return { ok: true }
    const candidates = named(current, issuers).filter(({ subject }) => subject === name)
    const issuer = candidates.find(issuedBy)
    if (!issuer)
      return current.authorityKeyIdentifier && anchor.length + candidates.length > 0
        ? refusal('badSignature', `the signature by ${name} is not authentic`)
        : refusal('noIssuer', `no trusted key and no certificate of ${name}`)
    if (equalBytes(issuer.publicKey, current.publicKey))
      return refusal('noIssuer', `${name} issued its own certificate and is not trusted`)
    if (!issuer.isCa || !issuer.keyUsage.includes('keyCertSign'))
      return refusal('notAnIssuer', `${issuer.subject} may not issue certificates`)
    current = issuer
  }
  return refusal('tooLong', `more than ${MAX_PATH} certificates`)
}

/** Keys that the certificate names as its issuer's; all of them when it names none. */
const named = <K extends IssuerKey>({ authorityKeyIdentifier: key }: Certificate, keys: readonly K[]): readonly K[] =>
  key ? keys.filter(({ subjectKeyIdentifier }) => equalBytes(subjectKeyIdentifier, key)) : keys

const refusal = (reason: PathRefusal, detail: string): PathResult => ({ ok: false, reason, detail })
