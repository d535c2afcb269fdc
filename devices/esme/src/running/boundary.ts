import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Device } from '@smets2-sim/firmware'
import { conditionsOf, meteringConfigOf } from '../data/metering.js'
import { type Conditions, type MeteringConfig, type MeteringState, nextBoundary } from '../metering/index.js'

interface Boundary {
  readonly state: MeteringState
  readonly config: MeteringConfig
  readonly conditions: Conditions
  readonly from: UtcSeconds
  readonly at: UtcSeconds
}
const boundaries = new WeakMap<Device, Boundary>()

/** The next second at which metering from here has something to record or count elsewhere, if the world stays as it is. */
export function boundaryOf(device: Device, state: MeteringState, from: UtcSeconds): UtcSeconds {
  const [config, conditions] = [meteringConfigOf(device), conditionsOf(device)]
  const known = boundaries.get(device)
  if (known?.state === state && known.from === from && known.conditions === conditions && known.config === config)
    return known.at
  const at = nextBoundary(state, config, conditions, from)
  noteBoundary(device, state, from, at)
  return at
}

/** Keeps a boundary that metering has come to know on its way. */
export const noteBoundary = (device: Device, state: MeteringState, from: UtcSeconds, at: UtcSeconds): void =>
  void boundaries.set(device, {
    state,
    config: meteringConfigOf(device),
    conditions: conditionsOf(device),
    from,
    at,
  })
