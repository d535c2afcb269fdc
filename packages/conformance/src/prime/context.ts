import type { Device } from '@smets2-sim/firmware'
import type { OpenSealed } from '@smets2-sim/gbcs'
import type { DecodedSet } from '../reference-set/decoded-set.js'
import type { DecodedReference } from '../reference-set/decoded-set.js'

/** As much of a reference message as the rules need. */
export type PrimeMessage = Pick<DecodedReference, 'message' | 'useCase'>

/** What the rules work on that read the state of a device out of its reference response. */
export interface PrimeContext {
  readonly set: Pick<DecodedSet, 'certificates'>
  readonly device: Device
  readonly command: PrimeMessage
  readonly response: PrimeMessage
  /** Alerts that follow the command. */
  readonly alerts: readonly PrimeMessage[]
  /** Opens an encrypted part of the response. */
  readonly open: OpenSealed
  /** Whether to reproduce the failures that the response reports by faults. First it is tried without. */
  readonly injectFaults: boolean
}
