import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Device } from '@smets2-sim/firmware'

/** A message of the gas supplier for the consumer. */
export interface GasMessage {
  readonly messageId: number
  readonly text: Uint8Array
  /** When it is shown first. */
  readonly from: UtcSeconds
  /** Infinity for one without an end. */
  readonly until: UtcSeconds
}

/** What a gas proxy shows its home besides the attributes of its mirror. */
export interface GasReadings {
  /** The message to show now. */
  message(): GasMessage | undefined
  supplier(): { readonly name: Uint8Array; readonly contact: Uint8Array }
}

/** A gas proxy as its home sees it. */
export interface GasHome {
  readonly device: Device
  readonly readings: GasReadings
}
