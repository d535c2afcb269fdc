import { i8, octets, u32 } from '@smets2-sim/cosem'
import { attribute, cosemObject, method } from './object.js'
import { scalerUnit, schedule } from './shapes.js'

// Maximum demand (facts/cosem_objects.json, section 5).

/** Class 4, Extended Register. SMETS: MaximumDemand(ConfigurableTime)ActiveEnergyImportValue. */
export const maximumDemandConfigurableTimeImport = cosemObject(
  'maximumDemandConfigurableTimeImport',
  4,
  '1-0:1.6.1.255',
  {
    value: attribute(2, u32),
    scalerUnit: attribute(3, scalerUnit),
    captureTime: attribute(5, octets(12)),
    reset: method(1, i8),
  },
)

/** Class 1, Data. SMETS: MaximumDemand(ConfigurableTime)ActivePowerImportValue. */
export const maximumDemandConfigurableTimeImportReset = cosemObject(
  'maximumDemandConfigurableTimeImportReset',
  1,
  '0-0:94.44.5.0',
  {
    value: attribute(2, octets(12)),
  },
)

/** Class 10, Schedule. SMETS: MaximumDemandConfigurableTimePeriod. */
export const maximumDemandConfigurableTimePeriod = cosemObject(
  'maximumDemandConfigurableTimePeriod',
  10,
  '0-0:12.0.0.255',
  {
    entries: attribute(2, schedule),
  },
)

/** Class 4, Extended Register. SMETS: MaximumDemandActiveEnergyExportValue. */
export const maximumDemandExport = cosemObject('maximumDemandExport', 4, '1-0:2.6.0.255', {
  value: attribute(2, u32),
  scalerUnit: attribute(3, scalerUnit),
  captureTime: attribute(5, octets(12)),
  reset: method(1, i8),
})

/** Class 1, Data. SMETS: MaximumDemandActivePowerExportValue. */
export const maximumDemandExportReset = cosemObject('maximumDemandExportReset', 1, '0-0:94.44.5.2', {
  value: attribute(2, octets(12)),
})

/** Class 4, Extended Register. SMETS: MaximumDemandActiveEnergyImportValue. */
export const maximumDemandImport = cosemObject('maximumDemandImport', 4, '1-0:1.6.0.255', {
  value: attribute(2, u32),
  scalerUnit: attribute(3, scalerUnit),
  captureTime: attribute(5, octets(12)),
  reset: method(1, i8),
})

/** Class 1, Data. SMETS: MaximumDemandActiveEnergyImportValue. */
export const maximumDemandImportReset = cosemObject('maximumDemandImportReset', 1, '0-0:94.44.5.1', {
  value: attribute(2, octets(12)),
})
