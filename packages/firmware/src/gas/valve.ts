import type { AlertName } from '@smets2-sim/gbcs'
import { raise } from '../alerts/raise.js'
import type { Device } from '../device.js'
import { machine } from '../machine/machine.js'
import { type Item, item } from '../state/item-store.js'

/**
 * The valve of a gas meter, with the cause for which it is closed. It is never opened from afar: a command arms it, a
 * person opens it, and the flow is measured before the supply counts as proven. facts 12.6.
 */
export const gasValve = machine('gas valve', {
  enabled: {
    disableCommand: 'disabledByCommand',
    creditExhausted: 'disabledByCredit',
    uncontrolledFlow: 'armed',
    tamper: 'locked',
    depletion: 'depleted',
  },
  proving: {
    flowProven: 'enabled',
    uncontrolledFlow: 'armed',
    disableCommand: 'disabledByCommand',
    creditExhausted: 'disabledByCredit',
    tamper: 'locked',
    depletion: 'depleted',
  },
  armed: {
    userEnables: 'proving',
    disableCommand: 'disabledByCommand',
    creditExhausted: 'disabledByCredit',
    tamper: 'locked',
    depletion: 'depleted',
  },
  disabledByCommand: { armCommand: 'armed' },
  disabledByCredit: {
    creditRestored: 'armed',
    emergencyCreditActivated: 'armed',
    disableCommand: 'disabledByCommand',
    tamper: 'locked',
  },
  locked: { armCommand: 'armed', disableCommand: 'disabledByCommand' },
  depleted: { armCommand: 'armed', disableCommand: 'disabledByCommand', tamper: 'locked' },
})
export type ValveState = (typeof gasValve.states)[number]
export type ValveEvent = (typeof gasValve.events)[number]

/** State of the valve; undefined in a meter that has none. */
const state: Item<ValveState> = item('supply.valve', 'enabled')

export const valveState = (device: Device): ValveState => device.items.read(state)
export const setValveState = (device: Device, to: ValveState): void => device.items.write(state, to)

/** Supply status of the ZCL: off, off but armed, on. facts 12.6. */
export const supplyStatus = { off: 0, armed: 1, on: 2 } as const
export function supplyStatusOf(valve: ValveState): number {
  if (valve === 'enabled' || valve === 'proving') return supplyStatus.on
  return valve === 'armed' ? supplyStatus.armed : supplyStatus.off
}
/** Whether gas can flow. */
export const isOpen = (device: Device): boolean => supplyStatusOf(valveState(device)) === supplyStatus.on

/** Alerts of what moves the valve. facts 4.5. */
const alertOf: Readonly<Partial<Record<ValveEvent, AlertName>>> = {
  armCommand: 'supplyArmed',
  creditRestored: 'supplyArmed',
  emergencyCreditActivated: 'supplyDisabledThenArmedActivateEmergencyCreditTriggered',
  uncontrolledFlow: 'supplyDisabledThenArmedUncontrolledGasFlowRate',
  tamper: 'supplyDisabledThenLockedSupplyTamperStateCause',
}

/** Moves the valve. Whether the event meant anything in the present state. */
export function supplyEvent(device: Device, event: ValveEvent): boolean {
  const next = gasValve.next(valveState(device), event)
  if (next === undefined) return false
  setValveState(device, next)
  const alert = alertOf[event]
  if (alert) raise(device, alert)
  return true
}
