import {
  secondaryActiveTariffPrice,
  secondaryConsumptionCharge,
  secondaryTariffSpecialDays,
  secondaryTariffSwitchingTable,
} from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Tariff Data - second element. GBCS use case ECS24b, service request 4.10. */
export const ECS24b = cosemUseCase({
  name: 'ECS24b',
  title: 'Read ESME Tariff Data - second element',
  code: 0x00bd,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier', 'accessControlBroker'],
  serviceRequest: '4.10',
  items: {
    secondaryConsumptionCharge: get(secondaryConsumptionCharge.unitChargeActive),
    secondaryActiveTariffPriceValue: get(secondaryActiveTariffPrice.value),
    secondaryActiveTariffPriceScalerUnit: get(secondaryActiveTariffPrice.scalerUnit),
    secondaryTariffSpecialDays: get(secondaryTariffSpecialDays.entries),
    secondaryTariffSwitchingTableSeasonsActive: get(secondaryTariffSwitchingTable.seasonsActive),
    secondaryTariffSwitchingTableWeeksActive: get(secondaryTariffSwitchingTable.weeksActive),
    secondaryTariffSwitchingTableDaysActive: get(secondaryTariffSwitchingTable.daysActive),
  },
})
