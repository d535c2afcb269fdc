import type { FrameFault } from '../framing/index.js'

/** What can go wrong between two ends, besides what a caller does wrong. The set is closed. */
export type LinkErrorCode =
  | 'badFrame' // octets arrived that are no frame: `fault` says which
  | 'notOpened' // the port or the other end is not there, or does not let us in
  | 'lost' // the connection broke, or the other end went away
  | 'closed' // this end was closed
  | 'timeout' // no answer in time
  | 'refused' // the other end refused the frame
  | 'failed' // whoever took the frame broke down over it

export class LinkError extends Error {
  readonly code: LinkErrorCode
  readonly fault?: FrameFault

  constructor(code: LinkErrorCode, message: string, options: { fault?: FrameFault; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.name = 'LinkError'
    this.code = code
    if (options.fault) this.fault = options.fault
  }
}

/** The reason that a caught value gives. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
