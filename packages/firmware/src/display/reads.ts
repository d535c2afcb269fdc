import { type Cluster, deviceManagement, messaging, metering, prepayment, price, time } from '@smets2-sim/zcl'

/** Whom a display asks. */
export type Source = 'hub' | 'electricity' | 'gas'

/** Something that a display asks for, and how often. */
interface Row {
  readonly name: string
  readonly of: Source
  readonly everyS: number
  /** Of gas: also as soon as the proxy has heard from the meter. */
  readonly onNews?: true
}
/** Attributes of a cluster, or a command and the command that answers it. */
export type ReadRow = Row &
  (
    | { readonly cluster: Cluster; readonly attributes: readonly string[] }
    | { readonly cluster: Cluster; readonly command: string; readonly response: string; readonly fields: object }
  )

const attributes = <C extends Cluster>(cluster: C, ...names: readonly (keyof C['attributes'] & string)[]) => ({
  cluster,
  attributes: names,
})
const history = (of: 'electricity' | 'gas') => ({
  energy: of === 'electricity' ? 'Consumption' : 'AlternativeConsumption',
  cost: 'CostConsumption',
})
const counted = (period: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `previous${period}${from + i === 1 ? '' : from + i}`)
const present = ['currentDay', 'currentWeek', 'currentMonth'] as const
const past = [...counted('Day', 1, 8), ...counted('Week', 1, 5), ...counted('Month', 1, 13)] as const

/** Attributes of some periods: energy of electricity is in the unit of the register, that of gas in the alternative one. */
export const periodAttributes = (of: 'electricity' | 'gas', kind: 'energy' | 'cost', periods: readonly string[]) =>
  periods.map((period) => `${period}${history(of)[kind]}Delivered`)

const MINUTE_S = 60
const HALF_HOUR_S = 1800
const currentPrice = {
  cluster: price,
  command: 'getCurrentPrice',
  response: 'publishPrice',
  fields: { commandOptions: 0 },
}
const lastMessage = { cluster: messaging, command: 'getLastMessage', response: 'displayMessage', fields: {} }

const supply = ['supplyStatus'] as const
const credit = attributes(
  prepayment,
  'creditStatus',
  'creditRemaining',
  'emergencyCreditRemaining',
  'paymentControlConfiguration',
)
const debts = attributes(prepayment, 'accumulatedDebt', 'debtAmount1', 'debtAmount2', 'debtAmount3')
const formatting = attributes(metering, 'unitofMeasure', 'multiplier', 'divisor', 'alternativeConsumptionFormatting')
const tariff = attributes(price, 'standingCharge')
const supplier = attributes(deviceManagement, 'providerName', 'providerContactDetails')

/**
 * All that a display asks for. The first row of each source is the one that is tried while its link is lost. Demand every
 * 10 s and gas when the proxy has news are SMETS (facts 10.7, 12.10); the other periods are our decision.
 */
export const reads: readonly ReadRow[] = [
  { name: 'time', of: 'hub', everyS: MINUTE_S, ...attributes(time, 'time', 'timeStatus') },

  {
    name: 'demand',
    of: 'electricity',
    everyS: 10,
    ...attributes(metering, 'instantaneousDemand', 'ambientConsumptionIndicator', ...supply),
  },
  { name: 'price', of: 'electricity', everyS: 10, ...currentPrice },
  { name: 'formatting', of: 'electricity', everyS: HALF_HOUR_S, ...formatting },
  { name: 'register', of: 'electricity', everyS: MINUTE_S, ...attributes(metering, 'currentSummationDelivered') },
  ...periods('electricity', 'present', present, { everyS: MINUTE_S }),
  { name: 'credit', of: 'electricity', everyS: MINUTE_S, ...credit },
  { name: 'debts', of: 'electricity', everyS: MINUTE_S, ...debts },
  { name: 'message', of: 'electricity', everyS: MINUTE_S, ...lastMessage },
  ...periods('electricity', 'past', past, { everyS: HALF_HOUR_S }),
  { name: 'tariff', of: 'electricity', everyS: HALF_HOUR_S, ...tariff },
  { name: 'supplier', of: 'electricity', everyS: HALF_HOUR_S, ...supplier },

  { name: 'news', of: 'gas', everyS: MINUTE_S, ...attributes(metering, 'readingSnapshotTime') },
  { name: 'formatting', of: 'gas', everyS: HALF_HOUR_S, ...formatting },
  {
    name: 'register',
    of: 'gas',
    everyS: HALF_HOUR_S,
    onNews: true,
    ...attributes(metering, 'currentSummationDelivered', ...supply),
  },
  ...periods('gas', 'present', present, { everyS: HALF_HOUR_S, onNews: true }),
  { name: 'price', of: 'gas', everyS: HALF_HOUR_S, onNews: true, ...currentPrice },
  { name: 'credit', of: 'gas', everyS: HALF_HOUR_S, onNews: true, ...credit },
  { name: 'bill', of: 'gas', everyS: HALF_HOUR_S, onNews: true, ...attributes(metering, 'billToDateDelivered') },
  { name: 'debts', of: 'gas', everyS: HALF_HOUR_S, onNews: true, ...debts },
  { name: 'message', of: 'gas', everyS: MINUTE_S, ...lastMessage },
  ...periods('gas', 'past', past, { everyS: HALF_HOUR_S, onNews: true }),
  { name: 'tariff', of: 'gas', everyS: HALF_HOUR_S, onNews: true, ...tariff },
  { name: 'supplier', of: 'gas', everyS: HALF_HOUR_S, ...supplier },
]

function periods(
  of: 'electricity' | 'gas',
  name: string,
  which: readonly string[],
  when: Pick<Row, 'everyS' | 'onNews'>,
): ReadRow[] {
  return [
    { name: `${name} energy`, of, ...when, cluster: metering, attributes: periodAttributes(of, 'energy', which) },
    { name: `${name} cost`, of, ...when, cluster: prepayment, attributes: periodAttributes(of, 'cost', which) },
  ]
}
