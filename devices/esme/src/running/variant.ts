import type { Device } from '@smets2-sim/firmware'
import { changeMetering } from './meter-up.js'
import { world, worldOf } from '../data/metering.js'
import { hardware, hardwareOf } from '../hardware.js'
import { type EsmeVariant, initialMeteringState, phasesOf } from '../metering/index.js'

/**
 * Makes the meter of a bench one with a second element, or with three phases, because it was primed with a value that
 * only such a meter has.
 */
export function becomeVariant(device: Device, variant: EsmeVariant): void {
  if (hardwareOf(device).variant === variant) return
  changeMetering(device, (state) => ({
    ...state,
    phases: phasesOf(variant).map(
      (_, i) => state.phases[i] ?? (initialMeteringState(variant).phases[i] as (typeof state.phases)[number]),
    ),
  }))
  device.items.update(hardware, (built) => ({ ...built, variant }))
  const phases = device.items.read(world).phases
  device.items.write(world, { phases: worldOf(variant).phases.map((phase, i) => phases[i] ?? phase) })
}
