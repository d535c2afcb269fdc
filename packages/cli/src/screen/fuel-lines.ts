import type { display } from '@smets2-sim/firmware'
import { clockText, harmless, kilo, linkText, money, pence, reasons, used } from './text.js'

type Name = keyof display.FuelValues
/** A line of the screen: what it is called, and how a value is said. */
interface Line<N extends Name> {
  readonly label: string
  readonly name: N
  readonly say: (value: display.FuelValues[N], fuel: display.FuelScreen) => string
  /** Shown only when this is true of the value; a value that is missing is shown with its reason. */
  readonly when?: (value: display.FuelValues[N]) => boolean
}
const line = <N extends Name>(
  label: string,
  name: N,
  say: Line<N>['say'],
  when?: NonNullable<Line<N>['when']>,
): Line<any> => ({ label, name, say, ...(when && { when }) })

const isOwed = (millipence: number): boolean => millipence !== 0
const supplyTexts = { enabled: 'on', armed: 'can be enabled', disabled: 'off' } as const
/** Newest first, so the first of them is the one before this. */
const list = (all: readonly display.Used[]): string => all.map((one) => used(one).replace(/ +/g, ' ')).join('; ')

const account: readonly Line<any>[] = [
  line('Mode', 'paymentMode', (mode) => mode),
  line('Balance', 'balanceMillipence', money),
  line('Owed', 'amountOwedMillipence', money, isOwed),
  line(
    'Low credit',
    'isCreditLow',
    () => 'yes',
    (isLow) => isLow,
  ),
  line(
    'Credit',
    'isCreditExhausted',
    () => 'used up',
    (isExhausted) => isExhausted,
  ),
  line('Emergency', 'emergencyCredit', (state, { emergencyCreditMillipence: left = 0 }) =>
    state === 'active' ? `active, ${money(left)} left` : state === 'exhausted' ? 'used up' : state,
  ),
  line('Debt, payment', 'paymentDebtMillipence', money, isOwed),
  line('Debt, time 1', 'timeDebt1Millipence', money, isOwed),
  line('Debt, time 2', 'timeDebt2Millipence', money, isOwed),
  line('Debt, accum.', 'accumulatedDebtMillipence', money, isOwed),
  line('Supply', 'supply', (state: display.FuelValues['supply']) => supplyTexts[state]),
]

const price: readonly Line<any>[] = [
  line('Price', 'activePriceMillipencePerKwh', (millipence) => `${pence(millipence)}/kWh`),
  line('Tariff', 'tariffName', harmless),
  line('Standing', 'standingChargeMillipencePerDay', (millipence) => `${pence(millipence)}/day`),
]
const totals: readonly Line<any>[] = [
  line('Today', 'today', used),
  line('This week', 'thisWeek', used),
  line('This month', 'thisMonth', used),
]
const supplier: readonly Line<any>[] = [
  line('Supplier', 'supplier', (name, { supplierContact = '' }) => harmless(`${name} ${supplierContact}`.trim())),
]
const now: Readonly<Record<display.Fuel, readonly Line<any>[]>> = {
  electricity: [
    line('Now', 'demandW', (watts) => kilo(watts, 'kW')),
    line('Cost now', 'demandCostMillipencePerHour', (millipence) => `${money(millipence)} an hour`),
    line('Light', 'ambient', (level) => level),
    line('Register', 'registerWh', (wh) => kilo(wh, 'kWh')),
  ],
  gas: [line('Read', 'readAt', clockText), line('Register', 'registerLitres', (litres) => kilo(litres, 'm3'))],
}
const history: readonly Line<any>[] = [
  line('Days before', 'previousDays', list),
  line('Weeks before', 'previousWeeks', list),
  line('Months before', 'previousMonths', list),
]

const LABEL = 14
function text({ label, name, say, when }: Line<any>, fuel: display.FuelScreen): string[] {
  const value: unknown = fuel[name as Name]
  if (value === undefined) {
    const reason = fuel.unavailable[name as Name]
    return reason && !when ? [`${label.padEnd(LABEL)}${reasons[reason]}`] : []
  }
  return when && !when(value as never) ? [] : [`${label.padEnd(LABEL)}${say(value as never, fuel)}`]
}

/** What a display shows of a fuel, line by line. */
export function fuelLines(name: display.Fuel, fuel: display.FuelScreen): string[] {
  const lines = [...now[name], ...price, ...totals, ...account, ...supplier]
  return [
    `${name.toUpperCase()}  ${linkText(fuel.link)}`,
    ...lines.flatMap((one) => text(one, fuel)),
    ...fuel.alerts.slice(0, 3).map(({ title, time }) => `! ${clockText(time)} ${title}`),
  ]
}
/** The days, weeks and months before, each in one line, however long. */
export const historyLines = (fuel: display.FuelScreen): string[] => history.flatMap((one) => text(one, fuel))

/** What a prepayment display shows of a fuel besides: D5 has no history. */
export const accountLines = (name: display.Fuel, fuel: display.FuelScreen): string[] => [
  `${name.toUpperCase()}  ${linkText(fuel.link)}`,
  ...[...account, ...supplier].flatMap((one) => text(one, fuel)),
  ...fuel.alerts.slice(0, 3).map(({ title, time }) => `! ${clockText(time)} ${title}`),
]
