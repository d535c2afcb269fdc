import { eui64 } from '@smets2-sim/bytes'
import { fromIso } from '@smets2-sim/cosem'
import type { DevicePorts } from '@smets2-sim/firmware'
import { GCS01a, GCS03, GCS05, GCS23 } from '@smets2-sim/gbcs'
import { latin1 } from '@smets2-sim/bytes'
import { gasBench, type GasBench } from '../../../packages/firmware/src/gas/bench.fixture.js'
import { gsme } from './index.js'

export const meterId = eui64('00db1234567890a1')
/** A Thursday at midnight. */
export const START = fromIso('2026-01-01T00:00:00Z')
export const meterBench = (ports: Partial<DevicePorts> = {}): GasBench => gasBench(gsme, meterId, ports, START)

const common = { providerId: 0, issuerEventId: START }
const empty = new Uint8Array(0)

/** A calendar of one day profile, all days the same. */
export const calendarParts = (
  issuerCalendarId: number,
  calendarType: number,
  entries: readonly { startMinute: number; value: number }[],
  startTime = 0,
) => [
  {
    item: 'publishCalendar' as const,
    fields: {
      ...common,
      issuerCalendarId,
      startTime,
      calendarType,
      calendarTimeReference: 0,
      calendarName: empty,
      numberOfSeasons: 1,
      numberOfWeekProfiles: 1,
      numberOfDayProfiles: 1,
    },
  },
  {
    item: 'publishDayProfile' as const,
    fields: {
      ...common,
      issuerCalendarId,
      dayId: 1,
      totalNumberOfScheduleEntries: entries.length,
      commandIndex: 0,
      totalNumberOfCommands: 1,
      calendarType,
      dayScheduleEntries: entries,
    },
  },
  {
    item: 'publishWeekProfile' as const,
    fields: {
      ...common,
      issuerCalendarId,
      weekId: 1,
      dayIdRefMonday: 1,
      dayIdRefTuesday: 1,
      dayIdRefWednesday: 1,
      dayIdRefThursday: 1,
      dayIdRefFriday: 1,
      dayIdRefSaturday: 1,
      dayIdRefSunday: 1,
    },
  },
  {
    item: 'publishSeasons' as const,
    fields: {
      ...common,
      issuerCalendarId,
      commandIndex: 0,
      totalNumberOfCommands: 1,
      seasonEntry: [{ startDate: { year: 255, month: 1, day: 1, dayOfWeek: 255 }, weekId: 1 }],
    },
  },
  {
    item: 'publishSpecialDays' as const,
    fields: {
      ...common,
      issuerCalendarId,
      startTime,
      calendarType,
      totalNumberOfSpecialDays: 0,
      commandIndex: 0,
      totalNumberOfCommands: 1,
      specialDayEntry: [],
    },
  },
]

export interface TariffPlan {
  /** Minute of the day and tier, for time of use; without it prices are those of blocks. */
  readonly day?: readonly { startMinute: number; value: number }[]
  /** Thresholds of the blocks in watt hours. */
  readonly thresholdsWh?: readonly number[]
  /** Prices of the tiers or blocks, 10^-5 of the currency a kWh. */
  readonly prices: readonly number[]
  readonly standingCharge?: number
  readonly startTime?: number
}

/** GCS01a for a plan. */
export function tariff({ day, thresholdsWh = [], prices, standingCharge = 0, startTime = 0 }: TariffPlan) {
  const byTier = day !== undefined
  return GCS01a.command({
    to: meterId,
    parts: [
      ...calendarParts(START, 0, day ?? [{ startMinute: 0, value: 0 }], startTime),
      {
        item: 'publishTariffInformation',
        fields: {
          ...common,
          issuerTariffId: 1,
          startTime,
          tariffTypeChargingScheme: byTier ? 0 : 0x10,
          tariffLabel: empty,
          numberOfPriceTiersInUse: byTier ? 4 : 0,
          numberOfBlockThresholdsInUse: byTier ? 0 : thresholdsWh.length,
          unitOfMeasure: 0,
          currency: 826,
          priceTrailingDigit: 0x50,
          standingCharge,
          tierBlockMode: 0xff,
          blockThresholdMultiplier: 1,
          blockThresholdDivisor: 1000,
        },
      },
      {
        item: 'publishBlockThresholds',
        fields: {
          ...common,
          startTime,
          issuerTariffId: 1,
          commandIndex: 0,
          totalNumberOfCommands: 1,
          subPayloadControl: 1,
          blockThresholdSubPayload: [{ tier: 0, thresholds: thresholdsWh }],
        },
      },
      {
        item: 'publishPriceMatrix',
        fields: {
          ...common,
          startTime,
          issuerTariffId: 1,
          commandIndex: 0,
          totalNumberOfCommands: 1,
          subPayloadControl: byTier ? 1 : 0,
          priceMatrixSubPayload: prices.map((price, i) => ({ tierOrBlock: byTier ? i + 1 : i, price })),
        },
      },
    ],
  })
}

/** GCS23: a litre is 10 Wh, exactly: factor 1, 36 MJ a cubic metre. */
export const tenWattHoursPerLitre = GCS23.command({
  to: meterId,
  parts: [
    {
      item: 'publishConversionFactor',
      fields: { issuerEventId: START, startTime: 0, conversionFactor: 100_000, conversionFactorTrailingDigit: 0x50 },
    },
    {
      item: 'publishCalorificValue',
      fields: {
        issuerEventId: START,
        startTime: 0,
        calorificValue: 360,
        calorificValueUnit: 1,
        calorificValueTrailingDigit: 0x10,
      },
    },
  ],
})

export const prepaymentMode = (control = 0x0897, cutOffValue = 0) =>
  GCS03.command({
    to: meterId,
    parts: [
      {
        item: 'changePaymentMode',
        fields: {
          ...common,
          implementationDateTime: 0,
          proposedPaymentControlConfiguration: control,
          cutOffValue,
        },
      },
    ],
  })

/** GCS05: limits in 10^-5 of the currency, and the periods in which supply is not disabled. */
export const prepaymentSettings = (
  values: {
    emergencyCreditLimit?: number
    emergencyCreditThreshold?: number
    lowCredit?: number
    maxCredit?: number
    maxTopUp?: number
    debtCap?: number
  },
  nonDisablement?: readonly { startMinute: number; value: number }[],
) =>
  GCS05.command({
    to: meterId,
    parts: [
      {
        item: 'emergencyCreditSetup',
        fields: {
          issuerEventId: START,
          startTime: 0,
          emergencyCreditLimit: values.emergencyCreditLimit ?? 0,
          emergencyCreditThreshold: values.emergencyCreditThreshold ?? 0,
        },
      },
      {
        item: 'setOverallDebtCap',
        fields: { ...common, implementationDateTime: 0, overallDebtCap: values.debtCap ?? 0 },
      },
      {
        item: 'setLowCreditWarningLevel',
        fields: { lowCreditWarningLevel: values.lowCredit ?? 0 },
        fromDateTime: 0,
      },
      {
        item: 'setMaximumCreditLimit',
        fields: {
          ...common,
          implementationDateTime: 0,
          maximumCreditLevel: values.maxCredit ?? 100_000_000,
          maximumCreditPerTopUp: values.maxTopUp ?? 100_000_000,
        },
      },
      ...(nonDisablement ? calendarParts(START + 1, 3, nonDisablement) : []),
    ],
  })

export const digits = (text: string): Uint8Array => latin1(text)
