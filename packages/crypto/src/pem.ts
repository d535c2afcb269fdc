import { GbcsError, latin1, toLatin1 } from '@smets2-sim/bytes'

export type PemLabel = 'CERTIFICATE' | 'CERTIFICATE REQUEST' | 'PRIVATE KEY' | 'PUBLIC KEY'

/** Octets as a PEM text of one block (RFC 7468): base64 in lines of 64 characters between two labels. */
export function toPem(label: PemLabel, octets: Uint8Array): string {
  const lines = btoa(toLatin1(octets)).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** Octets of the first block of this label; any other text is a GbcsError. */
export function fromPem(label: PemLabel, text: string): Uint8Array {
  const block = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]*)-----END ${label}-----`).exec(text)
  if (!block) throw new GbcsError('invalidValue', `found no block ${label} in the text`)
  const base64 = (block[1] as string).replace(/\s+/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64))
    throw new GbcsError('invalidValue', `the block ${label} is not base64`)
  return latin1(atob(base64))
}
