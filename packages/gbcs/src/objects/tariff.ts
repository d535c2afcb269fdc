import { arrayOf, bool, octets, u16, u32 } from '@smets2-sim/cosem'
import { attribute, cosemObject, method } from './object.js'
import {
  scalerUnit,
  seasonProfile,
  weekProfile,
  dayProfile,
  specialDays,
  executionTimes,
  unitCharge,
} from './shapes.js'

// Tariff switching, prices, thresholds and billing calendar (facts/cosem_objects.json, section 5).

/** Class 3, Register. SMETS: (Primary)ActiveTariffPrice. */
export const activeTariffPrice = cosemObject('activeTariffPrice', 3, '0-0:94.44.1.7', {
  value: attribute(2, u32),
  scalerUnit: attribute(3, scalerUnit),
})

/** Class 22, Single action schedule. SMETS: BillingCalendar. */
export const billingCalendar = cosemObject('billingCalendar', 22, '0-0:15.0.0.255', {
  executionTime: attribute(4, executionTimes),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[1]. */
export const blockThresholdsTou1 = cosemObject('blockThresholdsTou1', 21, '0-0:16.0.11.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[1]. */
export const blockThresholdsTou1Next = cosemObject('blockThresholdsTou1Next', 21, '0-0:16.1.11.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[2]. */
export const blockThresholdsTou2 = cosemObject('blockThresholdsTou2', 21, '0-0:16.0.12.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[2]. */
export const blockThresholdsTou2Next = cosemObject('blockThresholdsTou2Next', 21, '0-0:16.1.12.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[3]. */
export const blockThresholdsTou3 = cosemObject('blockThresholdsTou3', 21, '0-0:16.0.13.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[3]. */
export const blockThresholdsTou3Next = cosemObject('blockThresholdsTou3Next', 21, '0-0:16.1.13.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[4]. */
export const blockThresholdsTou4 = cosemObject('blockThresholdsTou4', 21, '0-0:16.0.14.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[4]. */
export const blockThresholdsTou4Next = cosemObject('blockThresholdsTou4Next', 21, '0-0:16.1.14.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[5]. */
export const blockThresholdsTou5 = cosemObject('blockThresholdsTou5', 21, '0-0:16.0.15.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[5]. */
export const blockThresholdsTou5Next = cosemObject('blockThresholdsTou5Next', 21, '0-0:16.1.15.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[6]. */
export const blockThresholdsTou6 = cosemObject('blockThresholdsTou6', 21, '0-0:16.0.16.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[6]. */
export const blockThresholdsTou6Next = cosemObject('blockThresholdsTou6Next', 21, '0-0:16.1.16.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[7]. */
export const blockThresholdsTou7 = cosemObject('blockThresholdsTou7', 21, '0-0:16.0.17.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[7]. */
export const blockThresholdsTou7Next = cosemObject('blockThresholdsTou7Next', 21, '0-0:16.1.17.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[8]. */
export const blockThresholdsTou8 = cosemObject('blockThresholdsTou8', 21, '0-0:16.0.18.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 21, Register monitor. SMETS: TariffThresholdMatrixBlocks[1to3]TOU[8]. */
export const blockThresholdsTou8Next = cosemObject('blockThresholdsTou8Next', 21, '0-0:16.1.18.255', {
  thresholds: attribute(2, arrayOf(u32, 3)),
})

/** Class 113, Charge. SMETS: TariffBlockPriceMatrixTOU. */
export const consumptionCharge = cosemObject('consumptionCharge', 113, '0-0:19.20.0.255', {
  unitChargeActive: attribute(5, unitCharge),
  unitChargePassive: attribute(6, unitCharge),
  unitChargeActivationTime: attribute(7, octets(12)),
})

/** Class 9000, GBCS Extended data. SMETS: CurrencyUnit. */
export const currencyUnit = cosemObject('currencyUnit', 9000, '0-0:94.44.2.0', {
  valueActive: attribute(2, bool),
  valuePassive: attribute(4, bool),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 113, Charge. SMETS: StandingCharge. */
export const standingCharge = cosemObject('standingCharge', 113, '0-0:19.20.4.255', {
  unitChargeActive: attribute(5, unitCharge),
  unitChargePassive: attribute(6, unitCharge),
  unitChargeActivationTime: attribute(7, octets(12)),
})

/** Class 22, Single action schedule. SMETS: TariffBlockCounterMatrix. */
export const tariffBlockCounterReset = cosemObject('tariffBlockCounterReset', 22, '0-0:15.1.0.255', {
  executionTime: attribute(4, executionTimes),
})

/** Class 9, Script table. SMETS: TariffBlock[1to4]CounterMatrixTOU[1to8]. */
export const tariffScripts = cosemObject('tariffScripts', 9, '0-0:10.0.100.255', {
  execute: method(1, u16),
})

/** Class 11, Special days table. SMETS: TariffSwitchingTable(SpecialDays). */
export const tariffSpecialDays = cosemObject('tariffSpecialDays', 11, '0-0:11.0.0.255', {
  entries: attribute(2, specialDays),
})

/** Class 9000, GBCS Extended data. SMETS: TariffSwitchingTable(SpecialDays). */
export const tariffSpecialDaysActivation = cosemObject('tariffSpecialDaysActivation', 9000, '0-0:94.44.128.29', {
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 11, Special days table. SMETS: TariffSwitchingTable(SpecialDays). */
export const tariffSpecialDaysNext = cosemObject('tariffSpecialDaysNext', 11, '0-1:11.0.0.255', {
  entries: attribute(2, specialDays),
})

/** Class 20, Activity calendar. SMETS: TariffSwitchingTable. */
export const tariffSwitchingTable = cosemObject('tariffSwitchingTable', 20, '0-0:13.0.0.255', {
  seasonsActive: attribute(3, seasonProfile),
  weeksActive: attribute(4, weekProfile),
  daysActive: attribute(5, dayProfile),
  seasonsPassive: attribute(7, seasonProfile),
  weeksPassive: attribute(8, weekProfile),
  daysPassive: attribute(9, dayProfile),
  activatePassiveCalendarTime: attribute(10, octets(12)),
})

/** Class 9000, GBCS Extended data. SMETS: TariffThresholdMatrix. */
export const tariffThresholdsActivation = cosemObject('tariffThresholdsActivation', 9000, '0-0:63.1.1.255', {
  activatePassiveValueTime: attribute(6, octets(12)),
})
