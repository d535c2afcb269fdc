import { arrayOf, bool, enumeration, i8, octets, u16, u32 } from '@smets2-sim/cosem'
import { attribute, cosemObject, method } from './object.js'
import { scalerUnit } from './shapes.js'

// Supply state, load limiting and power thresholds (facts/cosem_objects.json, section 5).

/** Class 71, Limiter. SMETS: LoadLimitRestorationPeriod(Timer). */
export const loadLimit = cosemObject('loadLimit', 71, '0-0:17.0.0.255', {
  thresholdNormal: attribute(4, u32),
  minOverThresholdDurationS: attribute(6, u32),
  minUnderThresholdDurationS: attribute(7, u32),
})

/** Class 3, Register. SMETS: LoadLimitCounter. */
export const loadLimitCounter = cosemObject('loadLimitCounter', 3, '0-0:94.44.42.255', {
  value: attribute(2, u32),
  scalerUnit: attribute(3, scalerUnit),
  reset: method(1, i8),
})

/** Class 9000, GBCS Extended data. SMETS: LoadLimitPeriod(Timer). */
export const loadLimitPeriod = cosemObject('loadLimitPeriod', 9000, '0-0:94.44.128.6', {
  valuePassive: attribute(4, u32),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 9000, GBCS Extended data. SMETS: LoadLimitPowerThreshold. */
export const loadLimitPowerThreshold = cosemObject('loadLimitPowerThreshold', 9000, '0-0:94.44.128.7', {
  valuePassive: attribute(4, u32),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 9000, GBCS Extended data. SMETS: LoadLimitRestorationPeriod(Timer). */
export const loadLimitRestorationPeriod = cosemObject('loadLimitRestorationPeriod', 9000, '0-0:94.44.128.8', {
  valuePassive: attribute(4, u32),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 9000, GBCS Extended data. SMETS: LoadLimitSupplyState. */
export const loadLimitSupplyState = cosemObject('loadLimitSupplyState', 9000, '0-0:94.44.0.3', {
  valueActive: attribute(2, bool),
  valuePassive: attribute(4, bool),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 21, Register monitor. SMETS: MediumHighPowerThreshold. */
export const powerThresholds = cosemObject('powerThresholds', 21, '0-0:16.0.0.255', {
  thresholds: attribute(2, arrayOf(u32, 2)),
})

/** Class 9, Script table. SMETS: SupplyState. */
export const supplyScripts = cosemObject('supplyScripts', 9, '0-0:10.0.106.255', {
  execute: method(1, u16),
})

/** Class 70, Disconnect control. SMETS: SupplyState. */
export const supplyState = cosemObject('supplyState', 70, '0-0:96.3.10.255', {
  controlState: attribute(3, enumeration),
})

/** Class 1, Data. SMETS: SupplyTamperState. */
export const supplyTamperState = cosemObject('supplyTamperState', 1, '0-0:94.44.0.4', {
  value: attribute(2, bool),
})
