import {
  activitySwitchings,
  blockThresholdsFrom,
  type BlockThresholds,
  type SpecialDay,
  type SwitchingCalendar,
  type SwitchingTable,
} from '@smets2-sim/firmware'
import { noPrices, noSecondaryPrices, type Prices } from './prices.js'
import { BLOCK_TOU_REGISTERS } from './registers.js'

/** Everything that decides in which register consumption is counted and what it costs. facts 5.7, 12.8. */
export interface Tariff {
  readonly tariffSwitchingTable: SwitchingTable
  readonly tariffSpecialDays: readonly SpecialDay[]
  /** Three thresholds in Wh for each of the eight registers with blocks. */
  readonly tariffThresholdMatrixWh: readonly BlockThresholds[]
  readonly prices: Prices
  readonly standingChargeMillipencePerDay: number
  readonly currencyUnit: 'GBP' | 'EUR'
  readonly secondaryTariffSwitchingTable: SwitchingTable
  readonly secondaryTariffSpecialDays: readonly SpecialDay[]
  readonly secondaryTariffTouPriceMatrixMillipencePerKwh: readonly number[]
}
export type TariffPart = keyof Tariff

const noTable: SwitchingTable = { seasons: [], weeks: {}, days: {} }

/** What a meter has before anyone has set a tariff: everything is counted in register 1 and costs nothing. */
export const noTariff: Tariff = {
  tariffSwitchingTable: noTable,
  tariffSpecialDays: [],
  tariffThresholdMatrixWh: Array.from({ length: BLOCK_TOU_REGISTERS }, () => blockThresholdsFrom([])),
  prices: noPrices,
  standingChargeMillipencePerDay: 0,
  currencyUnit: 'GBP',
  secondaryTariffSwitchingTable: noTable,
  secondaryTariffSpecialDays: [],
  secondaryTariffTouPriceMatrixMillipencePerKwh: noSecondaryPrices,
}

interface Calendars {
  readonly primary: SwitchingCalendar
  readonly secondary: SwitchingCalendar
}
const calendars = new WeakMap<Tariff, Calendars>()

/** The switching tables of a tariff with their special days, made once so that what they look up is remembered. */
export function calendarsOf(tariff: Tariff): Calendars {
  let found = calendars.get(tariff)
  if (!found) {
    found = {
      primary: activitySwitchings({ ...tariff.tariffSwitchingTable, specialDays: tariff.tariffSpecialDays }),
      secondary: activitySwitchings({
        ...tariff.secondaryTariffSwitchingTable,
        specialDays: tariff.secondaryTariffSpecialDays,
      }),
    }
    calendars.set(tariff, found)
  }
  return found
}
