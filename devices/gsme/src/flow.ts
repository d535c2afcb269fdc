import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Device, type Item, isOpen, item } from '@smets2-sim/firmware'
import { baseline, baselineTime, setBaseline } from './baseline.js'
import { batteryDays } from './battery.js'
import { addVolume, register } from './metering.js'

/** What the appliances of the home take while the valve lets gas through. */
const demand: Item<number> = item('flow.demandLitresPerHour', 0)
/** Part of a litre that has flowed, in 3600ths. */
const carried: Item<number> = item('flow.carried', 0)
const meteredUntil = baseline('flow')

export const meteredTime = (device: Device): UtcSeconds | undefined => baselineTime(device, meteredUntil)

/** Lets the appliances take so much from now on. Whole litres an hour. */
export function setDemand(device: Device, litresPerHour: number): void {
  meterUntil(device, device.now)
  device.items.write(demand, litresPerHour)
}
/** A meter that is reset goes on counting where it was, with the battery that it had: it is sealed. */
export function refurbish(device: Device): () => void {
  const { items } = device
  meterUntil(device, device.now)
  const [litres, part, taken, battery] = [register, carried, demand, batteryDays].map((one) => items.read(one))
  return () => {
    items.write(register, litres as number)
    items.write(carried, part as number)
    items.write(demand, taken as number)
    items.write(batteryDays, battery as number)
    setBaseline(device, meteredUntil, device.now)
  }
}
export const demandLitresPerHour = ({ items }: Device): number => items.read(demand)
/** Whether gas flows now. */
export const flows = (device: Device): boolean => device.items.read(demand) > 0 && isOpen(device)

/** Meters what has flowed since the last time. The sum over any partition of a time is the same, to the 3600th of a litre. */
export function meterUntil(device: Device, time: UtcSeconds): void {
  const since = meteredTime(device) ?? time
  setBaseline(device, meteredUntil, time)
  if (time <= since || !flows(device)) return
  const total = device.items.read(carried) + device.items.read(demand) * (time - since)
  device.items.write(carried, total % 3600)
  addVolume(device, Math.floor(total / 3600), since)
}
