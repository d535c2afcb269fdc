import { utcFields, type UtcSeconds } from '@smets2-sim/cosem'
import type { Device } from '../device.js'
import { type Item, item } from '../state/item-store.js'

/** Periods of the cumulative and historical value store, and how many of each are kept besides the present one. facts 12.10. */
const periods = { Day: 8, Week: 5, Month: 13 } as const
type Period = keyof typeof periods

/** What is added up: litres, watt hours and 10^-5 of the currency, under the names of their attributes. */
const families = {
  litres: (period: string) => `metering.${period}ConsumptionDelivered`,
  wattHours: (period: string) => `metering.${period}AlternativeConsumptionDelivered`,
  cost: (period: string) => `prepayment.${period}CostConsumptionDelivered`,
} as const
export type HistoryFamily = keyof typeof families

/** Consumption of a period: 0 is the present one, 1 the one before it, and so on. */
export const historyItem = (family: HistoryFamily, period: Period, ago: number): Item<number> =>
  item(families[family](ago === 0 ? `current${period}` : `previous${period}${ago === 1 ? '' : ago}`), 0)

/** Adds what was used to the present day, week and month. */
export function addToHistory({ items }: Device, amounts: Readonly<Partial<Record<HistoryFamily, number>>>): void {
  for (const [family, amount] of Object.entries(amounts) as [HistoryFamily, number][])
    for (const period of Object.keys(periods) as Period[])
      items.update(historyItem(family, period, 0), (sum) => sum + amount)
}

/** Lets a day end, at the midnight UTC after it; with it a week that ends on Sunday, and a month. */
export function endDay(device: Device, midnight: UtcSeconds): void {
  const { dayOfWeek, day } = utcFields(midnight)
  shift(device, 'Day')
  if (dayOfWeek === 1) shift(device, 'Week')
  if (day === 1) shift(device, 'Month')
}

function shift({ items }: Device, period: Period): void {
  for (const family of Object.keys(families) as HistoryFamily[]) {
    for (let ago = periods[period]; ago > 0; ago--)
      items.write(historyItem(family, period, ago), items.read(historyItem(family, period, ago - 1)))
    items.write(historyItem(family, period, 0), 0)
  }
}

/** Forgets what was used: it was used by another tenant. */
export function clearHistory({ items }: Device): void {
  for (const family of Object.keys(families) as HistoryFamily[])
    for (const period of Object.keys(periods) as Period[])
      for (let ago = 0; ago <= periods[period]; ago++) items.reset(historyItem(family, period, ago))
}
