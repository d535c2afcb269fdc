import * as o from '@smets2-sim/gbcs'
import {
  blockThresholdsFrom,
  itemOf,
  specialDaysFrom,
  switchingTableFrom,
  derived,
  type Derived,
} from '@smets2-sim/firmware'
import { noTariff, pricesFrom, secondaryPricesFrom, standingChargeFrom, type Tariff } from '../tariff/index.js'
import { itemsOf, legalOr, valueOf } from './items.js'

/** Objects of the thresholds of the eight registers with blocks, in force and next. */
export const blockThresholds = [
  [o.blockThresholdsTou1, o.blockThresholdsTou1Next],
  [o.blockThresholdsTou2, o.blockThresholdsTou2Next],
  [o.blockThresholdsTou3, o.blockThresholdsTou3Next],
  [o.blockThresholdsTou4, o.blockThresholdsTou4Next],
  [o.blockThresholdsTou5, o.blockThresholdsTou5Next],
  [o.blockThresholdsTou6, o.blockThresholdsTou6Next],
  [o.blockThresholdsTou7, o.blockThresholdsTou7Next],
  [o.blockThresholdsTou8, o.blockThresholdsTou8Next],
] as const

type SwitchingTableObject = typeof o.tariffSwitchingTable | typeof o.secondaryTariffSwitchingTable
const switchingTable = (table: SwitchingTableObject) => {
  const { seasonsActive, weeksActive, daysActive } = table
  return derived(itemsOf([seasonsActive, weeksActive, daysActive]), (device) =>
    legalOr(noTariff.tariffSwitchingTable, () =>
      switchingTableFrom(valueOf(device, seasonsActive), valueOf(device, weeksActive), valueOf(device, daysActive)),
    ),
  )
}
const parsed = <V, T>(member: o.Attribute<V>, parse: (value: V) => T, otherwise: T) =>
  derived([itemOf(member)], (device) => legalOr(otherwise, () => parse(valueOf(device, member))))

/** How each part of the tariff in force is read from its data items. */
const parts: { readonly [P in keyof Tariff]: Derived<Tariff[P]> } = {
  tariffSwitchingTable: switchingTable(o.tariffSwitchingTable),
  tariffSpecialDays: parsed(o.tariffSpecialDays.entries, specialDaysFrom, []),
  tariffThresholdMatrixWh: derived(
    blockThresholds.map(([{ thresholds }]) => itemOf(thresholds)),
    (device) => blockThresholds.map(([{ thresholds }]) => blockThresholdsFrom(valueOf(device, thresholds))),
  ),
  prices: parsed(o.consumptionCharge.unitChargeActive, pricesFrom, noTariff.prices),
  standingChargeMillipencePerDay: parsed(o.standingCharge.unitChargeActive, standingChargeFrom, 0),
  currencyUnit: parsed(o.currencyUnit.valueActive, (isSterling): 'GBP' | 'EUR' => (isSterling ? 'GBP' : 'EUR'), 'GBP'),
  secondaryTariffSwitchingTable: switchingTable(o.secondaryTariffSwitchingTable),
  secondaryTariffSpecialDays: parsed(o.secondaryTariffSpecialDays.entries, specialDaysFrom, []),
  secondaryTariffTouPriceMatrixMillipencePerKwh: parsed(
    o.secondaryConsumptionCharge.unitChargeActive,
    secondaryPricesFrom,
    noTariff.secondaryTariffTouPriceMatrixMillipencePerKwh,
  ),
}

/** The tariff in force. */
export const tariffOf: Derived<Tariff> = derived(
  Object.values(parts),
  (device) =>
    Object.fromEntries(Object.entries(parts).map(([part, read]) => [part, read(device)])) as unknown as Tariff,
)
