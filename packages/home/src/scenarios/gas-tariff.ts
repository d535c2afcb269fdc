import { utf8 } from '@smets2-sim/bytes'
import { type Addressee, type CommandRequest, GCS01a, GCS23 } from '@smets2-sim/gbcs'

// Orders of a supplier that set the price of gas, and how much energy is in a cubic metre of it. facts 6.

const STERLING = 826
/** Five digits right of the point: 10^-5 pounds are thousandths of a penny. */
const PRICE_DIGITS = 0x50
const ANY = 0xff
const single = { commandIndex: 0, totalNumberOfCommands: 1 }

/** GCS01a: one price at all times, in thousandths of a penny a kWh, and a standing charge a day. */
export function oneGasPrice(
  to: Addressee,
  millipencePerKwh: number,
  standingChargeMillipence: number,
  label = '',
): CommandRequest {
  const common = { providerId: 0, issuerEventId: 1 }
  const calendar = { ...common, issuerCalendarId: 0 }
  const tariff = { ...common, issuerTariffId: 1, startTime: 0 }
  const everyDay = Object.fromEntries(
    ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((day) => [`dayIdRef${day}`, 1]),
  )
  return GCS01a.command({
    to,
    parts: [
      {
        item: 'publishCalendar',
        fields: {
          ...calendar,
          startTime: 0,
          calendarType: 0,
          calendarTimeReference: 0,
          calendarName: new Uint8Array(0),
          numberOfSeasons: 1,
          numberOfWeekProfiles: 1,
          numberOfDayProfiles: 1,
        },
      },
      {
        item: 'publishDayProfile',
        fields: {
          ...calendar,
          ...single,
          dayId: 1,
          totalNumberOfScheduleEntries: 1,
          calendarType: 0,
          dayScheduleEntries: [{ startMinute: 0, value: 1 }],
        },
      },
      { item: 'publishWeekProfile', fields: { ...calendar, weekId: 1, ...everyDay } },
      {
        item: 'publishSeasons',
        fields: {
          ...calendar,
          ...single,
          seasonEntry: [{ startDate: { year: ANY, month: 1, day: 1, dayOfWeek: ANY }, weekId: 1 }],
        },
      },
      {
        item: 'publishSpecialDays',
        fields: {
          ...calendar,
          ...single,
          startTime: 0,
          calendarType: 0,
          totalNumberOfSpecialDays: 0,
          specialDayEntry: [],
        },
      },
      {
        item: 'publishTariffInformation',
        fields: {
          ...tariff,
          tariffTypeChargingScheme: 0,
          tariffLabel: utf8(label),
          numberOfPriceTiersInUse: 4,
          numberOfBlockThresholdsInUse: 0,
          unitOfMeasure: 0,
          currency: STERLING,
          priceTrailingDigit: PRICE_DIGITS,
          standingCharge: standingChargeMillipence,
          tierBlockMode: ANY,
          blockThresholdMultiplier: 1,
          blockThresholdDivisor: 1000,
        },
      },
      {
        item: 'publishBlockThresholds',
        fields: { ...tariff, ...single, subPayloadControl: 1, blockThresholdSubPayload: [{ tier: 0, thresholds: [] }] },
      },
      {
        item: 'publishPriceMatrix',
        fields: {
          ...tariff,
          ...single,
          subPayloadControl: 1,
          priceMatrixSubPayload: [1, 2, 3, 4].map((tier) => ({ tierOrBlock: tier, price: millipencePerKwh })),
        },
      },
    ],
  } as never)
}

const CORRECTION_MILLIONTHS = 1_022_640
/** GCS23: energy in the gas of Great Britain, tenths of a megajoule a cubic metre. */
export const gasEnergy = (to: Addressee, calorificValue = 395): CommandRequest =>
  GCS23.command({
    to,
    parts: [
      {
        item: 'publishConversionFactor',
        fields: {
          issuerEventId: 1,
          startTime: 0,
          conversionFactor: CORRECTION_MILLIONTHS,
          conversionFactorTrailingDigit: 0x60,
        },
      },
      {
        item: 'publishCalorificValue',
        fields: {
          issuerEventId: 1,
          startTime: 0,
          calorificValue,
          calorificValueUnit: 1,
          calorificValueTrailingDigit: 0x10,
        },
      },
    ],
  })
