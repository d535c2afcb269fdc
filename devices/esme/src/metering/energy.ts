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
  // written out: a field that is named by a variable costs a tenth of the whole engine
  if (flow.importW > 0) {
    const total = remainders.activeImportWh + flow.importW * seconds
    registers.activeImportWh += Math.floor(total / UNIT_WS)
    remainders.activeImportWh = total % UNIT_WS
  }
  if (flow.secondaryW > 0) {
    const total = remainders.secondaryActiveImportWh + flow.secondaryW * seconds
    registers.secondaryActiveImportWh += Math.floor(total / UNIT_WS)
    remainders.secondaryActiveImportWh = total % UNIT_WS
  }
  if (flow.exportW > 0) {
    const total = remainders.activeExportWh + flow.exportW * seconds
    registers.activeExportWh += Math.floor(total / UNIT_WS)
    remainders.activeExportWh = total % UNIT_WS
  }
  if (flow.reactiveImportVar > 0) {
    const total = remainders.reactiveImportVarh + flow.reactiveImportVar * seconds
    registers.reactiveImportVarh += Math.floor(total / UNIT_WS)
    remainders.reactiveImportVarh = total % UNIT_WS
  }
  if (flow.reactiveExportVar > 0) {
    const total = remainders.reactiveExportVarh + flow.reactiveExportVar * seconds
    registers.reactiveExportVarh += Math.floor(total / UNIT_WS)
    remainders.reactiveExportVarh = total % UNIT_WS
  }
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
