import { type Device, type Item, item, numberItem, raise, supplyEvent } from '@smets2-sim/firmware'
import { metering } from '@smets2-sim/zcl'

/** Days that a new battery lasts, and from when on it is said to be low. The facts give no numbers: our decision. */
export const NEW_BATTERY_DAYS = 3650
export const LOW_BATTERY_DAYS = 90

export const batteryDays: Item<number> = item('metering.remainingBatteryLifeinDays', NEW_BATTERY_DAYS)
const depletionState = numberItem(metering, 'supplyDepletionState')
const LOCKED = 0
const stateSet = (device: Device): boolean => device.items.has(depletionState)

/** A day less; low is said once, and an empty battery closes the valve where the supplier has set it so (GCS24). */
export function batteryDayPasses(device: Device): void {
  const days = device.items.read(batteryDays)
  if (days > 0) setBatteryDays(device, days - 1)
}

/** The battery has so many days left. */
export function setBatteryDays(device: Device, days: number): void {
  const before = device.items.read(batteryDays)
  device.items.write(batteryDays, days)
  if (days <= LOW_BATTERY_DAYS && before > LOW_BATTERY_DAYS) raise(device, 'lowBatteryCapacity')
  if (days === 0 && before > 0 && stateSet(device) && device.items.read(depletionState) === LOCKED)
    supplyEvent(device, 'depletion')
}

/** A new battery: the remaining capacity is reset, which is logged. */
export function replaceBattery(device: Device): void {
  device.items.write(batteryDays, NEW_BATTERY_DAYS)
  raise(device, 'remainingBatteryCapacityReset')
}
