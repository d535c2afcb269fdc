import type { UtcSeconds } from '@smets2-sim/cosem'
import { derived, type Derived, type Device, type Process } from '@smets2-sim/firmware'
import { conditionsOf, type Metering, metering, meteringConfigOf, meteringOf } from '../data/metering.js'
import { tariffOf } from '../data/tariff.js'
import { integrate, integrateToEvent, type Metered, type MeteringState } from '../metering/index.js'
import { boundaryOf, noteBoundary } from './boundary.js'
import { chargeConsumption, creditDue } from './credit.js'
import { record } from './records.js'

/** Where metering goes on: the second up to which it was done, on the clock as it is set now. */
const resumesAt = (device: Device, { until, clockOffsetS }: Metering): UtcSeconds =>
  until + device.clock.offsetS - clockOffsetS

/** The state with the tariff that the data items hold. */
const stateOf: Derived<MeteringState> = derived([metering, tariffOf], (device) => {
  const { state } = meteringOf(device)
  const tariff = tariffOf(device)
  return state.tariff.active === tariff ? state : { ...state, tariff: { active: tariff, pending: {} } }
})

/**
 * Meters up to the present of the device, with all that follows: records, alerts, charges. Whatever metering depends on
 * is changed only after that. Done twice, it changes nothing.
 */
export function meterUp(device: Device): MeteringState {
  for (;;) {
    const before = meteringOf(device)
    const from = resumesAt(device, before)
    const state = stateOf(device)
    if (from >= device.now) return state
    const to = Math.min(device.now, creditDue(device, state, from) ?? Infinity)
    apply(device, integrateToEvent(state, meteringConfigOf(device), conditionsOf(device), from, to))
  }
}

/** Takes note of conditions or a configuration that have changed just now. */
export function noteConditions(device: Device): void {
  const state = meterUp(device)
  apply(device, integrate(state, meteringConfigOf(device), conditionsOf(device), device.now, device.now))
}

function apply(device: Device, { state, events, at, boundary }: Metered): void {
  if (boundary !== undefined) noteBoundary(device, state, at, boundary)
  device.items.write(metering, { state, until: at, clockOffsetS: device.clock.offsetS })
  device.clock.at(at, () => {
    chargeConsumption(device, state)
    for (const event of events) record(device, event)
  })
}

/** Replaces the state by what `change` makes of it, at the present. */
export function changeMetering(device: Device, change: (state: MeteringState) => MeteringState): void {
  const state = change(meterUp(device))
  device.items.write(metering, { ...meteringOf(device), state })
}

/** The state at the present, and when something happens if the world stays as it is. */
export const meteringProcess: Process = {
  nextDue(device) {
    const from = resumesAt(device, meteringOf(device))
    const state = stateOf(device)
    return Math.min(boundaryOf(device, state, from), creditDue(device, state, from) ?? Infinity)
  },
  run: (device) => void meterUp(device),
}
