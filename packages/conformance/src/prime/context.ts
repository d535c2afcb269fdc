import type { Device } from '@smets2-sim/firmware'
import type { OpenSealed } from '@smets2-sim/gbcs'
import type { ReferenceSet } from '../reference-set/load.js'
import type { ReferenceMessage } from '../reference-set/load.js'

/** What the rules work on that read the state of a device out of its reference response. */
export interface PrimeContext {
  readonly set: ReferenceSet
  readonly device: Device
  readonly command: ReferenceMessage
  readonly response: ReferenceMessage
  /** Alerts that follow the command. */
  readonly alerts: readonly ReferenceMessage[]
  /** Opens an encrypted part of the response. */
  readonly open: OpenSealed
  /** Whether to reproduce the failures that the response reports by faults. First it is tried without. */
  readonly injectFaults: boolean
}
