import { compactArray } from '@smets2-sim/cosem'
import { attribute, cosemObject } from './object.js'
import { valueLog, importProfileEntry, exportProfileEntry } from './shapes.js'

// Half-hour profiles and daily consumption (facts/cosem_objects.json, section 5).

/** Class 7, Profile generic. SMETS: DailyConsumptionLog. */
export const dailyConsumptionLog = cosemObject('dailyConsumptionLog', 7, '0-0:99.1.3.255', {
  buffer: attribute(2, valueLog),
})

/** Class 7, Profile generic. SMETS: ProfileDataLog(Export). */
export const exportProfileLog = cosemObject('exportProfileLog', 7, '0-0:99.1.1.255', {
  buffer: attribute(2, compactArray(exportProfileEntry)),
})

/** Class 7, Profile generic. SMETS: ProfileDataLog(ActiveEnergyImportedInPeriod). */
export const importProfileLog = cosemObject('importProfileLog', 7, '0-0:99.1.0.255', {
  buffer: attribute(2, compactArray(importProfileEntry)),
})

/** Class 7, Profile generic. SMETS: ProfileDataLog(ReactiveImport). */
export const reactiveImportProfileLog = cosemObject('reactiveImportProfileLog', 7, '0-0:99.1.2.255', {
  buffer: attribute(2, valueLog),
})
