import type { DecodedMessage, RemotePartyRole, UseCaseHead } from '@smets2-sim/gbcs'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Device } from './device.js'
import type { UnknownParty } from './gate/gate.js'
import type { DiscardReason } from './gate/outcome.js'
import type { Protection } from './gate/protection.js'

/** One command on its way through a device: all that executors of payloads may use. */
export interface Execution {
  readonly device: Device
  readonly message: DecodedMessage
  readonly useCase: UseCaseHead
  readonly role: RemotePartyRole | 'device'
  readonly protection: Protection
  readonly unknownParty?: UnknownParty
  readonly now: UtcSeconds
  /** Encrypts a sensitive value for the party that asked; the transaction identifier is `04` and the counter used. */
  seal(plaintext: Uint8Array): { readonly octets: Uint8Array; readonly transactionId: Uint8Array }
  /** Does something after the response was built: alerts that follow a command. */
  afterwards(action: () => void): void
}

/** What an executor of payloads gives back. */
export type PayloadResult =
  | {
      readonly kind: 'done'
      readonly ok: boolean
      readonly content: Uint8Array
      readonly clockStatus?: number
      readonly time?: UtcSeconds
    }
  | { readonly kind: 'refused'; readonly reason: DiscardReason; readonly detail: string }

export type PayloadExecutor = (execution: Execution) => PayloadResult
