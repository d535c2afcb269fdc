import { u32 } from '@smets2-sim/cosem'
import { attribute, cosemObject } from './object.js'
import { scalerUnit, touRegisters, importRegisters, blockRegisters, powerImport } from './shapes.js'

// Energy and power registers (facts/cosem_objects.json, section 5).

/** Class 3, Register. SMETS: ActiveExportRegister. */
export const activeExportRegister = cosemObject('activeExportRegister', 3, '1-0:2.8.0.255', {
  value: attribute(2, u32),
  scalerUnit: attribute(3, scalerUnit),
})

/** Class 1, Data. SMETS: ImportRegisterCollection. */
export const importRegisterCollection = cosemObject('importRegisterCollection', 1, '0-0:94.44.34.10', {
  value: attribute(2, importRegisters),
})

/** Class 1, Data. SMETS: PowerImportCollection. */
export const powerImportCollection = cosemObject('powerImportCollection', 1, '0-0:94.44.34.20', {
  value: attribute(2, powerImport),
})

/** Class 3, Register. SMETS: ReactiveExportRegister. */
export const reactiveExportRegister = cosemObject('reactiveExportRegister', 3, '1-0:4.8.0.255', {
  value: attribute(2, u32),
  scalerUnit: attribute(3, scalerUnit),
})

/** Class 1, Data. SMETS: TariffBlockTOURegisterCollection. */
export const tariffBlockTouRegisterCollection = cosemObject('tariffBlockTouRegisterCollection', 1, '0-0:94.44.34.2', {
  value: attribute(2, blockRegisters),
})

/** Class 1, Data. SMETS: TariffTOURegisterCollection. */
export const tariffTouRegisterCollection = cosemObject('tariffTouRegisterCollection', 1, '0-0:94.44.34.1', {
  value: attribute(2, touRegisters),
})
