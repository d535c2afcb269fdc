import { type Device, type Item, item } from '@smets2-sim/firmware'
import type { UtcSeconds } from '@smets2-sim/cosem'

/** Up to when something was done, by the meter's clock as it was set then. */
interface Baseline {
  readonly time: UtcSeconds
  readonly offsetS: number
}

/**
 * A moment up to which something was done. When the clock is set the moment moves with it: no gas flows and no debt
 * falls due in an hour that a clock leaps over.
 */
export const baseline = (name: string): Item<Baseline | undefined> => item(`baseline.${name}`, undefined)

/** Undefined before the first time. */
export function baselineTime(device: Device, kept: Item<Baseline | undefined>): UtcSeconds | undefined {
  const found = device.items.read(kept)
  return found && found.time + (device.clock.offsetS - found.offsetS)
}
export const setBaseline = (device: Device, kept: Item<Baseline | undefined>, time: UtcSeconds): void =>
  device.items.write(kept, { time, offsetS: device.clock.offsetS })
