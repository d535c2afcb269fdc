import * as o from '@smets2-sim/gbcs'
import { executionTimesFrom, methodOf, specialDaysFrom, switchingTableFrom } from '@smets2-sim/firmware'
import {
  activeTariffPriceMillipencePerKwh,
  resetTariffBlockCounters,
  secondaryActiveTariffPriceMillipencePerKwh,
} from '../metering/index.js'
import { pricesFrom, secondaryPricesFrom, standingChargeFrom } from '../tariff/index.js'
import { changeMetering, meterUp } from '../running/meter-up.js'
import { constant, reading, setting } from './reading.js'

/** 10^-5 of the currency. */
const MILLIPENCE = { scaler: -5, unit: 254 }

const tableViews = (table: typeof o.tariffSwitchingTable | typeof o.secondaryTariffSwitchingTable) => [
  setting(table.seasonsPassive, { check: (seasons) => switchingTableFrom(seasons, [], []) }),
  setting(table.weeksPassive, { check: (weeks) => switchingTableFrom([], weeks, []) }),
  setting(table.daysPassive, { check: (days) => switchingTableFrom([], [], days) }),
]

/** A price of u32: a negative one reads as 0 (our decision). */
const unsigned = (price: number): number => Math.max(0, price)

/** Prices, switching tables and blocks: ECS01a to ECS01d, ECS05, ECS24, ECS24b, ECS30, ECS48. facts 5.7, 5.12. */
export const tariffViews = [
  reading(o.activeTariffPrice.value, {
    get: (device) => unsigned(activeTariffPriceMillipencePerKwh(meterUp(device))),
  }),
  constant(o.activeTariffPrice.scalerUnit, MILLIPENCE),
  reading(o.secondaryActiveTariffPrice.value, {
    get: (device) => unsigned(secondaryActiveTariffPriceMillipencePerKwh(meterUp(device))),
  }),
  constant(o.secondaryActiveTariffPrice.scalerUnit, MILLIPENCE),
  ...tableViews(o.tariffSwitchingTable),
  ...tableViews(o.secondaryTariffSwitchingTable),
  setting(o.tariffSpecialDaysNext.entries, { check: specialDaysFrom }),
  setting(o.secondaryTariffSpecialDaysNext.entries, { check: specialDaysFrom }),
  // a set that lacks an index or has another is refused as a whole
  setting(o.consumptionCharge.unitChargePassive, { check: pricesFrom }),
  setting(o.secondaryConsumptionCharge.unitChargePassive, { check: secondaryPricesFrom }),
  setting(o.standingCharge.unitChargePassive, { check: standingChargeFrom }),
  setting(o.billingCalendar.executionTime, { check: executionTimesFrom }),
  setting(o.tariffBlockCounterReset.executionTime, { check: executionTimesFrom }),
  // the use case fixes the selector: it is the one that resets the block counters
  methodOf(o.tariffScripts.execute, ({ device }) => changeMetering(device, resetTariffBlockCounters)),
]
