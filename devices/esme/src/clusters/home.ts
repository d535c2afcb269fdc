import type { Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import type { payment, supply } from '@smets2-sim/firmware'
import type { MeteringState, PowerThresholds } from '../metering/index.js'

/** A message of the supplier for the consumer. */
export interface SupplierMessage {
  readonly id: number
  readonly text: string
}
/** An entry of the event log. */
export interface LoggedEvent {
  readonly time: UtcSeconds
  readonly code: number
  readonly otherInformation: Uint8Array
}

/** What an electricity meter shows its home: its engines at the present, each when it is asked for. */
export interface ElectricityReadings {
  now(): UtcSeconds
  metering(): MeteringState
  /** ActivePowerImport. */
  activePowerImportW(): number
  /** Thresholds of the ambient light. */
  powerThresholds(): PowerThresholds
  account(): payment.Account
  accountSettings(): payment.AccountSettings
  supply(): supply.ControlState
  supplier(): { readonly name: string; readonly contact: string }
  message(): SupplierMessage | undefined
  /** Oldest first. */
  events(): Iterable<LoggedEvent>
}

/** What a load switch of the home is to do. */
export interface SwitchOrder {
  /** Identifier of the HAN command: the Unix time of its sending. */
  readonly commandId: number
  /** 0 open, 100 closed. */
  readonly level: number
}

/** What devices of the home may have an electricity meter do. facts 10.8. */
export interface ElectricityActions {
  /** Whether emergency credit is active now. */
  activateEmergencyCredit(): boolean
  enterToken(digits: string): payment.TokenOutcome
  /** Enables an armed supply; whether it is enabled now. */
  enableSupply(): boolean
  /** The consumer has confirmed a message at a display. */
  messageConfirmed(messageId: number): void
  /** A load switch has carried out a command, or could not. */
  switchAnswered(switchId: Eui64, commandId: number, ok: boolean): void
  /** What a load switch is to do at present; undefined when it hangs on no controller. */
  switchOrder(switchId: Eui64): SwitchOrder | undefined
}

/** An electricity meter as its home sees it. */
export interface ElectricityHome {
  readonly readings: ElectricityReadings
  readonly actions: ElectricityActions
}
