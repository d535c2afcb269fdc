import {
  secondaryConsumptionCharge,
  secondaryTariffSpecialDaysActivation,
  secondaryTariffSpecialDaysNext,
  secondaryTariffSwitchingTable,
} from '../objects/index.js'
import { cosemUseCase, set } from './cosem-use-case.js'

/** Set Tariff and Price on ESME secondary. GBCS use case ECS01c, service request 1.1.2. */
export const ECS01c = cosemUseCase({
  name: 'ECS01c',
  title: 'Set Tariff and Price on ESME secondary',
  code: 0x00b7,
  devices: ['esme'],
  category: 'SME.C.C',
  from: ['supplier'],
  serviceRequest: '1.1.2',
  futureDatable: true,
  replayProtected: true,
  timed: true,
  items: {
    secondaryConsumptionChargeUnitChargePassive: set(secondaryConsumptionCharge.unitChargePassive),
    secondaryTariffSwitchingTableSeasonsPassive: set(secondaryTariffSwitchingTable.seasonsPassive),
    secondaryTariffSwitchingTableWeeksPassive: set(secondaryTariffSwitchingTable.weeksPassive),
    secondaryTariffSwitchingTableDaysPassive: set(secondaryTariffSwitchingTable.daysPassive),
    secondaryTariffSpecialDaysNext: set(secondaryTariffSpecialDaysNext.entries),
    secondaryTariffSwitchingTableActivatePassiveCalendarTime: set(
      secondaryTariffSwitchingTable.activatePassiveCalendarTime,
    ),
    secondaryConsumptionChargeUnitChargeActivationTime: set(secondaryConsumptionCharge.unitChargeActivationTime),
    secondaryTariffSpecialDaysActivation: set(secondaryTariffSpecialDaysActivation.activatePassiveValueTime),
  },
})
