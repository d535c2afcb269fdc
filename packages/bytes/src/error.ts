/** Every way in which input or use can be wrong. The set is closed: a caller may switch over it. */
export type GbcsErrorCode =
  | 'truncated' // fewer octets than the field needs
  | 'trailing' // octets left over after the last field
  | 'invalidLength' // a length octet or a field length that is not allowed
  | 'invalidTag' // a tag, choice or fixed octet that is none of the defined ones
  | 'invalidValue' // a value outside the defined range or set
  | 'limitExceeded' // deeper, longer or more than the limit
  | 'unsupported' // well formed, but outside what is implemented
  | 'cryptoFailure' // a key, point or ciphertext that the provider refuses
  | 'unknownKey' // no key or secret for this entity
  | 'misuse' // the caller broke the contract of a function

/**
 * The one error of this library.
 * `code` says what kind, `offset` where in the input (octets from its start), the message says in one
 * sentence what was found, where, and what was expected. Decoders throw nothing else.
 */
export class GbcsError extends Error {
  readonly code: GbcsErrorCode
  readonly offset?: number

  constructor(code: GbcsErrorCode, message: string, offset?: number) {
    super(offset === undefined ? message : `${message} (octet ${offset})`)
    this.name = 'GbcsError'
    this.code = code
    if (offset !== undefined) this.offset = offset
  }
}
