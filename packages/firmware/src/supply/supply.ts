import { accessResult } from '@smets2-sim/cosem'
import type { AlertName } from '@smets2-sim/gbcs'
import { zclStatus } from '@smets2-sim/zcl'
import type { Machine } from '../machine/machine.js'
import {
  type ElectricitySupplyState,
  electricitySupply,
  type GasSupplyState,
  gasSupply,
  type SupplyEvent,
  type SupplyState,
} from './machines.js'

/** What a reader of the supply state sees: control state of class 70 and supply status of the ZCL. facts 5.9, 12.6. */
export type ControlState = 'disabled' | 'enabled' | 'armed'

const controlStates: Readonly<Record<SupplyState, ControlState>> = {
  enabled: 'enabled',
  proving: 'enabled',
  armed: 'armed',
  armedByLoadLimit: 'armed',
  disabledByCommand: 'disabled',
  disabledByCredit: 'disabled',
  locked: 'disabled',
  depleted: 'disabled',
}
export const controlStateOf = (state: SupplyState): ControlState => controlStates[state]
/** Values on the two wires. */
export const cosemControlState = { disabled: 0, enabled: 1, armed: 2 } as const
export const zclSupplyStatus = { disabled: 0, armed: 1, enabled: 2 } as const
export const zclStatusOf = (state: SupplyState): number => zclSupplyStatus[controlStateOf(state)]

/** Selectors of script table 0-0:10.0.106.255. facts 5.9. */
export const supplyScript = { enable: 51, disable: 52, arm: 54 } as const
export type SupplyOrder = keyof typeof supplyScript
/** The order of a script selector or of a proposed supply status, or undefined when it is none. */
export const orderOfScript = (selector: number): SupplyOrder | undefined =>
  (Object.keys(supplyScript) as SupplyOrder[]).find((order) => supplyScript[order] === selector)
export const orderOfProposedStatus = (status: number): SupplyOrder | undefined =>
  (['disable', 'arm', 'enable'] as const)[status]

/** Why an order has no effect. */
export type SupplyRefusal =
  /** A variant without a load switch or valve. */
  | 'noSwitch'
  /** Gas is never enabled from afar. */
  | 'neverRemotely'
  /** Prepayment credit is exhausted: it has to be restored first (our decision). */
  | 'creditExhausted'
  /** An enabled supply cannot be armed without being disabled first (our decision). */
  | 'alreadyEnabled'
  /** Armed by nobody: there is nothing for the user to enable. */
  | 'notArmed'

/** How a refused order is answered (our decision: GBCS samples show hardware faults only). */
export const supplyRefusalResults: Readonly<Record<SupplyRefusal, { access: number; zcl: number }>> = {
  noSwitch: { access: accessResult.objectUnavailable, zcl: zclStatus.unsupportedClusterCommand },
  neverRemotely: { access: accessResult.readWriteDenied, zcl: zclStatus.invalidValue },
  creditExhausted: { access: accessResult.otherReason, zcl: zclStatus.failure },
  alreadyEnabled: { access: accessResult.otherReason, zcl: zclStatus.failure },
  notArmed: { access: accessResult.otherReason, zcl: zclStatus.failure },
}

/** What happens in the table when the event moves the supply: the alert or event that says so. facts 4.5. */
const alertOf: Readonly<Partial<Record<SupplyEvent, AlertName>>> = {
  armCommand: 'supplyArmed',
  creditRestored: 'supplyArmed',
  powerRestored: 'supplyArmed',
  emergencyCreditActivated: 'supplyDisabledThenArmedActivateEmergencyCreditTriggered',
  loadLimitExceeded: 'supplyDisabledThenArmedLoadLimitTriggered',
  restorationPeriodElapsed: 'supplyEnabledAfterLoadLimitRestorationPeriod',
  uncontrolledFlow: 'supplyDisabledThenArmedUncontrolledGasFlowRate',
  tamper: 'supplyDisabledThenLockedSupplyTamperStateCause',
}

export interface SupplyStep<S extends SupplyState> {
  readonly state: S
  readonly raised: readonly AlertName[]
}
export type SupplyOutcome<S extends SupplyState> =
  | (SupplyStep<S> & { readonly kind: 'done' })
  | (SupplyStep<S> & { readonly kind: 'refused'; readonly reason: SupplyRefusal })

/** What else an order depends on. */
export interface SupplyConditions {
  /** `watch.disabling` of the account: credit would disable the supply now. */
  readonly creditForbids: boolean
  /** Whether this variant has a load switch or valve. */
  readonly hasSwitch: boolean
}

/** A supply: its table and what follows from it. */
export interface Supply<S extends SupplyState> {
  readonly machine: Machine<S, SupplyEvent>
  /** Something has happened; in a state where it means nothing, nothing changes. */
  on(state: S, event: SupplyEvent): SupplyStep<S>
  /** A remote order. One that asks for what is the case already is done without an effect. */
  order(state: S, order: SupplyOrder, conditions: SupplyConditions): SupplyOutcome<S>
  /** The user enables an armed supply at the meter, or at a PPMID. */
  userEnables(state: S, conditions: SupplyConditions): SupplyOutcome<S>
}

function supply<S extends SupplyState, E extends SupplyEvent>(table: Machine<S, E>): Supply<S> {
  const machine = table as unknown as Machine<S, SupplyEvent>
  const on = (state: S, event: SupplyEvent): SupplyStep<S> => {
    const next = machine.next(state, event)
    const alert = next === undefined ? undefined : alertOf[event]
    return { state: next ?? state, raised: alert ? [alert] : [] }
  }
  const refused = (state: S, reason: SupplyRefusal): SupplyOutcome<S> => ({
    kind: 'refused',
    reason,
    state,
    raised: [],
  })
  const enabledRemotely = machine.events.includes('enableCommand')
  return {
    machine,
    on,
    order(state, order, { creditForbids, hasSwitch }) {
      if (!hasSwitch) return refused(state, 'noSwitch')
      if (order === 'enable' && !enabledRemotely) return refused(state, 'neverRemotely')
      const event = `${order}Command` as const
      if (machine.next(state, event) === undefined) {
        const wanted = ({ enable: 'enabled', disable: 'disabled', arm: 'armed' } as const)[order]
        if (controlStateOf(state) === wanted) return { kind: 'done', state, raised: [] }
        return refused(
          state,
          order === 'arm' && controlStateOf(state) === 'enabled' ? 'alreadyEnabled' : 'creditExhausted',
        )
      }
      if (order !== 'disable' && creditForbids) return refused(state, 'creditExhausted')
      return { kind: 'done', ...on(state, event) }
    },
    userEnables(state, { creditForbids, hasSwitch }) {
      if (!hasSwitch) return refused(state, 'noSwitch')
      if (machine.next(state, 'userEnables') === undefined) return refused(state, 'notArmed')
      return creditForbids ? refused(state, 'creditExhausted') : { kind: 'done', ...on(state, 'userEnables') }
    },
  }
}

/** The load switch of an electricity meter. */
export const loadSwitch: Supply<ElectricitySupplyState> = supply(electricitySupply)
/** The valve of a gas meter. */
export const valve: Supply<GasSupplyState> = supply(gasSupply)
