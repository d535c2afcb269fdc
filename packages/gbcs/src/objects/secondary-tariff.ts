import { octets, u32 } from '@smets2-sim/cosem'
import { attribute, cosemObject } from './object.js'
import { scalerUnit, seasonProfile, weekProfile, dayProfile, specialDays, unitCharge } from './shapes.js'

// Tariff of the secondary element of a twin element meter (facts/cosem_objects.json, section 5).

/** Class 3, Register. SMETS: SecondaryActiveTariffPrice. */
export const secondaryActiveTariffPrice = cosemObject('secondaryActiveTariffPrice', 3, '0-0:94.44.1.8', {
  value: attribute(2, u32),
  scalerUnit: attribute(3, scalerUnit),
})

/** Class 113, Charge. SMETS: SecondaryTariffTOUPriceMatrix. */
export const secondaryConsumptionCharge = cosemObject('secondaryConsumptionCharge', 113, '0-0:19.20.5.255', {
  unitChargeActive: attribute(5, unitCharge),
  unitChargePassive: attribute(6, unitCharge),
  unitChargeActivationTime: attribute(7, octets(12)),
})

/** Class 11, Special days table. SMETS: TariffSwitchingTable(SecondaryElement)(SpecialDays). */
export const secondaryTariffSpecialDays = cosemObject('secondaryTariffSpecialDays', 11, '0-0:11.0.1.255', {
  entries: attribute(2, specialDays),
})

/** Class 9000, GBCS Extended data. SMETS: TariffSwitchingTable(SecondaryElement)(SpecialDays). */
export const secondaryTariffSpecialDaysActivation = cosemObject(
  'secondaryTariffSpecialDaysActivation',
  9000,
  '0-0:94.44.128.30',
  {
    activatePassiveValueTime: attribute(6, octets(12)),
  },
)

/** Class 11, Special days table. SMETS: TariffSwitchingTable(SecondaryElement)(SpecialDays). */
export const secondaryTariffSpecialDaysNext = cosemObject('secondaryTariffSpecialDaysNext', 11, '0-1:11.0.1.255', {
  entries: attribute(2, specialDays),
})

/** Class 20, Activity calendar. SMETS: TariffSwitchingTable(SecondaryElement). */
export const secondaryTariffSwitchingTable = cosemObject('secondaryTariffSwitchingTable', 20, '0-0:13.0.1.255', {
  seasonsActive: attribute(3, seasonProfile),
  weeksActive: attribute(4, weekProfile),
  daysActive: attribute(5, dayProfile),
  seasonsPassive: attribute(7, seasonProfile),
  weeksPassive: attribute(8, weekProfile),
  daysPassive: attribute(9, dayProfile),
  activatePassiveCalendarTime: attribute(10, octets(12)),
})
