import { readCreditStatus } from '../payment/credit-status.js'
import { zclSupplyStatus } from '../supply/supply.js'
import type { Known } from './known.js'
import { periodAttributes } from './reads.js'
import type { AmbientLevel, Fuel, FuelValues, Used } from './screen.js'

/** How one value of the screen follows from what was read. */
export interface ValueRow<T> {
  /** What must be there for it; the first that is not gives the reason why the value is not shown. */
  readonly needs: readonly string[]
  /** It changes by the second: without a link it is not shown. */
  readonly isLive?: true
  /** Undefined where what was read is none of the defined values. */
  readonly value: (known: Known) => T | undefined
}
export type ValueRows = { readonly [K in keyof FuelValues]?: ValueRow<FuelValues[K]> }

const KWH = 0x00
const CUBIC_METRES = 0x01
const formatting = ['metering.unitofMeasure', 'metering.multiplier', 'metering.divisor']
/** Value in thousandths of the unit, which must be this one. */
const thousandths = (known: Known, value: number, unit: number): number | undefined => {
  const divisor = known.number('metering.divisor')
  if (known.find('metering.unitofMeasure') !== unit || divisor === 0) return undefined
  return Math.round((value * known.number('metering.multiplier') * 1000) / divisor)
}
/** Wh of a value in the alternative unit, kWh, with so many digits right of the point. */
const alternativeWh = (known: Known, value: number): number =>
  Math.round(value * 10 ** (3 - (known.number('metering.alternativeConsumptionFormatting') & 7)))

interface Family {
  readonly formatting: readonly string[]
  readonly energyWh: (known: Known, value: number) => number | undefined
}
const families: Readonly<Record<Fuel, Family>> = {
  electricity: { formatting, energyWh: (known, value) => thousandths(known, value, KWH) },
  gas: { formatting: ['metering.alternativeConsumptionFormatting'], energyWh: alternativeWh },
}
const keysOf = (fuel: Fuel, period: string): { energy: string; cost: string } => ({
  energy: `metering.${periodAttributes(fuel, 'energy', [period])[0] as string}`,
  cost: `prepayment.${periodAttributes(fuel, 'cost', [period])[0] as string}`,
})

const usedIn = (fuel: Fuel, known: Known, period: string): Used | undefined => {
  const { energy, cost } = keysOf(fuel, period)
  const [raw, costMillipence] = [known.find(energy), known.find(cost)]
  const energyWh = raw === undefined ? undefined : families[fuel].energyWh(known, raw)
  return energyWh === undefined || costMillipence === undefined ? undefined : { energyWh, costMillipence }
}
const periodRow = (fuel: Fuel, period: string): ValueRow<Used> => ({
  needs: [...Object.values(keysOf(fuel, period)), ...families[fuel].formatting],
  value: (known) => usedIn(fuel, known, period),
})
/** Completed periods, the newest first, as many as the meter has. */
const pastRow = (fuel: Fuel, period: 'Day' | 'Week' | 'Month', count: number): ValueRow<readonly Used[]> => ({
  needs: periodRow(fuel, `previous${period}`).needs,
  value: (known) =>
    Array.from({ length: count }, (_, i) => usedIn(fuel, known, `previous${period}${i === 0 ? '' : i + 1}`)).filter(
      (used): used is Used => used !== undefined,
    ),
})

const number = (key: string): ValueRow<number> => ({ needs: [key], value: (known) => known.find(key) })
const text = (key: string): ValueRow<string> => ({ needs: [key], value: (known) => known.text(key) })

const PRICE = 'price.publishPrice'
/** Price of a kilowatt-hour in millipence: the high nibble of the trailing digit counts the digits right of the point. */
function priceMillipencePerKwh(known: Known): number {
  const { price, priceTrailingDigitAndPriceTier } = known.fields(PRICE) as Record<string, number>
  return Math.round((price as number) * 10 ** (5 - ((priceTrailingDigitAndPriceTier as number) >> 4)))
}
const ambientLevels: readonly AmbientLevel[] = ['low', 'medium', 'high']
const supplyStates = new Map(Object.entries(zclSupplyStatus).map(([state, value]) => [value as number, state]))

/** Bits of the payment control configuration that make it prepayment. facts 6.7. */
const PREPAYMENT_BITS = 0x03
const isPrepayment = (known: Known): boolean =>
  (known.number('prepayment.paymentControlConfiguration') & PREPAYMENT_BITS) === PREPAYMENT_BITS
/** What is owed in credit mode: the bill where the meter keeps one, else what the balance is below 0. */
const owed = (known: Known): number =>
  isPrepayment(known)
    ? 0
    : (known.find('metering.billToDateDelivered') ?? Math.max(0, -known.number('prepayment.creditRemaining')))
const standing = (known: Known) =>
  readCreditStatus(known.number('prepayment.creditStatus'), known.number('prepayment.emergencyCreditRemaining'))
const standingNeeds = ['prepayment.creditStatus', 'prepayment.emergencyCreditRemaining']

const rowsOfBoth = (fuel: Fuel): ValueRows => ({
  activePriceMillipencePerKwh: { needs: [PRICE], isLive: true, value: priceMillipencePerKwh },
  tier: {
    needs: [PRICE],
    isLive: true,
    value: (known) => (known.fields(PRICE)['priceTrailingDigitAndPriceTier'] as number) & 0x0f,
  },
  tariffName: {
    needs: [PRICE],
    value: (known) => new TextDecoder().decode(known.fields(PRICE)['rateLabel'] as Uint8Array),
  },
  standingChargeMillipencePerDay: number('price.standingCharge'),
  today: periodRow(fuel, 'currentDay'),
  thisWeek: periodRow(fuel, 'currentWeek'),
  thisMonth: periodRow(fuel, 'currentMonth'),
  previousDays: pastRow(fuel, 'Day', 8),
  previousWeeks: pastRow(fuel, 'Week', 5),
  previousMonths: pastRow(fuel, 'Month', 13),
  paymentMode: {
    needs: ['prepayment.paymentControlConfiguration'],
    value: (known) => (isPrepayment(known) ? 'prepayment' : 'credit'),
  },
  balanceMillipence: number('prepayment.creditRemaining'),
  amountOwedMillipence: {
    needs: ['prepayment.paymentControlConfiguration', 'prepayment.creditRemaining'],
    value: owed,
  },
  emergencyCredit: { needs: standingNeeds, value: (known) => standing(known).emergencyCredit },
  emergencyCreditMillipence: number('prepayment.emergencyCreditRemaining'),
  isCreditLow: { needs: standingNeeds, value: (known) => standing(known).isLow },
  isCreditExhausted: { needs: standingNeeds, value: (known) => standing(known).isExhausted },
  accumulatedDebtMillipence: number('prepayment.accumulatedDebt'),
  timeDebt1Millipence: number('prepayment.debtAmount1'),
  timeDebt2Millipence: number('prepayment.debtAmount2'),
  paymentDebtMillipence: number('prepayment.debtAmount3'),
  supply: {
    needs: ['metering.supplyStatus'],
    value: (known) => supplyStates.get(known.number('metering.supplyStatus')) as FuelValues['supply'] | undefined,
  },
  supplier: text('deviceManagement.providerName'),
  supplierContact: text('deviceManagement.providerContactDetails'),
})

const demand = 'metering.instantaneousDemand'
const demandW = (known: Known): number | undefined => thousandths(known, known.number(demand), KWH)

/** Values of each fuel: every value of the screen is one row. */
export const fuelRows: Readonly<Record<Fuel, ValueRows>> = {
  electricity: {
    registerWh: {
      needs: ['metering.currentSummationDelivered', ...formatting],
      value: (known) => thousandths(known, known.number('metering.currentSummationDelivered'), KWH),
    },
    demandW: { needs: [demand, ...formatting], isLive: true, value: demandW },
    demandCostMillipencePerHour: {
      needs: [demand, ...formatting, PRICE],
      isLive: true,
      value(known) {
        const watts = demandW(known)
        return watts === undefined ? undefined : Math.round((watts * priceMillipencePerKwh(known)) / 1000)
      },
    },
    ambient: {
      needs: ['metering.ambientConsumptionIndicator'],
      isLive: true,
      value: (known) => ambientLevels[known.number('metering.ambientConsumptionIndicator')],
    },
    ...rowsOfBoth('electricity'),
  },
  gas: {
    registerLitres: {
      needs: ['metering.currentSummationDelivered', ...formatting],
      value: (known) => thousandths(known, known.number('metering.currentSummationDelivered'), CUBIC_METRES),
    },
    readAt: number('metering.readingSnapshotTime'),
    ...rowsOfBoth('gas'),
  },
}
