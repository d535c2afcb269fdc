import type { Flow } from './conditions.js'
import type { Draft } from './draft.js'

/** The energy registers of SMETS 5.7.5; they only grow. facts 12.2. */
export interface EnergyRegisters {
  /** ActiveImportRegister: of the primary element. */
  readonly activeImportWh: number
  /** SecondaryActiveImportRegister: of the secondary element. */
  readonly secondaryActiveImportWh: number
  readonly activeExportWh: number
  readonly reactiveImportVarh: number
  readonly reactiveExportVarh: number
}

/** Energy that does not make up a unit of its register yet, in watt-seconds or var-seconds: 0 to 3599. */
export type EnergyRemainders = EnergyRegisters

export const noEnergy: EnergyRegisters = {
  activeImportWh: 0,
  secondaryActiveImportWh: 0,
  activeExportWh: 0,
  reactiveImportVarh: 0,
  reactiveExportVarh: 0,
}

/** Watt-seconds in a watt-hour. */
export const UNIT_WS = 3600

/**
 * Adds the energy of a flow over whole seconds. Like the pulses of a meter, a watt-hour counts when it is complete, and
 * it counts whole: in the register, the tariff and the cost of that moment. So every sum over registers is exact.
 */
export function addEnergy(
  registers: Draft<EnergyRegisters>,
  remainders: Draft<EnergyRemainders>,
  flow: Flow,
  seconds: number,
): void {
  if (flow.importW > 0) add(registers, remainders, 'activeImportWh', flow.importW * seconds)
  if (flow.secondaryW > 0) add(registers, remainders, 'secondaryActiveImportWh', flow.secondaryW * seconds)
  if (flow.exportW > 0) add(registers, remainders, 'activeExportWh', flow.exportW * seconds)
  if (flow.reactiveImportVar > 0) add(registers, remainders, 'reactiveImportVarh', flow.reactiveImportVar * seconds)
  if (flow.reactiveExportVar > 0) add(registers, remainders, 'reactiveExportVarh', flow.reactiveExportVar * seconds)
}

function add(
  registers: Draft<EnergyRegisters>,
  remainders: Draft<EnergyRemainders>,
  register: keyof EnergyRegisters,
  ws: number,
): void {
  const total = remainders[register] + ws
  const units = Math.floor(total / UNIT_WS)
  registers[register] += units
  remainders[register] = total - units * UNIT_WS
}

/** ActiveEnergyImported of both elements. */
export const totalImportWh = (registers: EnergyRegisters): number =>
  registers.activeImportWh + registers.secondaryActiveImportWh

/** What was added to every register since. */
export const energySince = (now: EnergyRegisters, then: EnergyRegisters): EnergyRegisters => ({
  activeImportWh: now.activeImportWh - then.activeImportWh,
  secondaryActiveImportWh: now.secondaryActiveImportWh - then.secondaryActiveImportWh,
  activeExportWh: now.activeExportWh - then.activeExportWh,
  reactiveImportVarh: now.reactiveImportVarh - then.reactiveImportVarh,
  reactiveExportVarh: now.reactiveExportVarh - then.reactiveExportVarh,
})
