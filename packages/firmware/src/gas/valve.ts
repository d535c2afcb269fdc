import { raise } from '../alerts/raise.js'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'
import type { GasSupplyState, SupplyEvent } from '../supply/machines.js'
import { type SupplyStep, valve, zclStatusOf } from '../supply/supply.js'

// The valve of a gas meter as a data item; its rules are those of `supply.valve`.

const state: Item<GasSupplyState> = item('supply.valve', 'enabled')

export const valveState = (device: Device): GasSupplyState => device.items.read(state)
export const setValveState = (device: Device, to: GasSupplyState): void => device.items.write(state, to)

/** Supply status of the ZCL: off, off but armed, on. facts 12.6. */
export const supplyStatus = (device: Device): number => zclStatusOf(valveState(device))
/** Whether gas can flow. */
export const isOpen = (device: Device): boolean => supplyStatus(device) === zclStatusOf('enabled')

/** Keeps the state that the valve has come to, and raises what that raises. */
export function moveValve(device: Device, step: SupplyStep<GasSupplyState>): void {
  setValveState(device, step.state)
  for (const name of step.raised) raise(device, name)
}

/** Something happens to the valve. Whether it meant anything in the present state. */
export function supplyEvent(device: Device, event: SupplyEvent): boolean {
  const before = valveState(device)
  const step = valve.on(before, event)
  moveValve(device, step)
  return step.state !== before
}
