import { fromHex } from '@smets2-sim/bytes'
import { encodeDateTime, fromIso, logicalName, logicalNameBytes } from '@smets2-sim/cosem'
import { ECS01a, ECS02, ECS03, ECS07, ECS08a, ECS28a } from '@smets2-sim/gbcs'
import { payment } from '@smets2-sim/firmware'
import { CANCEL, deviceId, NOW } from './meter-bench.fixture.js'

// Commands that configure a meter, with what a test is about left open.

const to = deviceId
/** An activation time: now, never, or a second. */
export const at = (iso?: string): Uint8Array =>
  iso === undefined ? NOW : iso === 'cancel' ? CANCEL : encodeDateTime(fromIso(iso))

const commodity = { classId: 3, logicalName: fromHex('0100010800ff'), attribute: 2 }
const nothing = { classId: 0, logicalName: new Uint8Array(6), attribute: 0 }
const script = logicalNameBytes(logicalName('0-0:10.0.100.255'))

/** Prices of the 80 registers in millipence a kWh: those of time-of-use registers as given, 0 for the others, then blocks. */
export const prices = (tou: readonly number[], block: readonly number[] = []) => ({
  scaling: { commodityScale: 3, priceScale: -5 },
  commodity,
  charges: [
    ...Array.from({ length: 48 }, (_, i) => ({ index: Uint8Array.of(i + 1), charge: tou[i] ?? 0 })),
    ...Array.from({ length: 32 }, (_, i) => ({
      index: Uint8Array.of(0xa1 + 0x10 * Math.floor(i / 8) + (i % 8)),
      charge: block[i] ?? 0,
    })),
  ],
})
/** Prices of the four registers of a second element. */
export const secondaryPrices = (tou: readonly number[]) => ({
  ...prices(tou),
  charges: prices(tou).charges.slice(0, 4),
})
export const amount = (millipence: number) => ({
  scaling: { commodityScale: 0, priceScale: -5 },
  commodity: nothing,
  charges: [{ index: new Uint8Array(0), charge: millipence }],
})

const week = (dayId: number) => ({
  name: fromHex('01'),
  ...{
    monday: dayId,
    tuesday: dayId,
    wednesday: dayId,
    thursday: dayId,
    friday: dayId,
    saturday: dayId,
    sunday: dayId,
  },
})
/** A tariff that repeats these switchings every day: `['0700', 2]` switches to selector 2 at 07:00. */
export const tariff = ({
  switchings = [['0000', 1]] as readonly (readonly [string, number])[],
  prices: tou = [10_000] as readonly number[],
  blockPrices = [] as readonly number[],
  thresholds = [] as readonly number[],
  standingCharge = 0,
  from = undefined as string | undefined,
} = {}) =>
  ECS01a.command({
    to,
    tariffSwitchingTableSeasonsPassive: [
      { name: fromHex('01'), start: fromHex('ffff0101ff000000008000ff'), week: fromHex('01') },
    ],
    tariffSwitchingTableWeeksPassive: [week(1)],
    tariffSwitchingTableDaysPassive: [
      {
        dayId: 1,
        schedule: switchings.map(([time, selector]) => ({
          startTime: Uint8Array.of(Number(time.slice(0, 2)), Number(time.slice(2)), 0, 0),
          script,
          selector,
        })),
      },
    ],
    tariffSpecialDaysNext: [],
    blockThresholdsTou1Next: thresholds,
    blockThresholdsTou2Next: [],
    blockThresholdsTou3Next: [],
    blockThresholdsTou4Next: [],
    blockThresholdsTou5Next: [],
    blockThresholdsTou6Next: [],
    blockThresholdsTou7Next: [],
    blockThresholdsTou8Next: [],
    currencyUnitValuePassive: true,
    standingChargeUnitChargePassive: amount(standingCharge),
    consumptionChargeUnitChargePassive: prices(tou, blockPrices),
    tariffSwitchingTableActivatePassiveCalendarTime: at(from),
    tariffSpecialDaysActivation: at(from),
    currencyUnitActivatePassiveValueTime: at(from),
    standingChargeUnitChargeActivationTime: at(from),
    consumptionChargeUnitChargeActivationTime: at(from),
    tariffThresholdsActivation: at(from),
  })

interface Mode {
  readonly suspendDebtDisabled?: boolean
  readonly suspendDebtEmergency?: boolean
  readonly disablementThreshold?: number
  readonly from?: string
}
export const toPrepayment = ({
  suspendDebtDisabled = false,
  suspendDebtEmergency = false,
  disablementThreshold = 0,
  from,
}: Mode = {}) =>
  ECS03.command({
    to,
    accountNextModeAndStatus: { paymentMode: 2, accountStatus: 1 },
    disablementThresholdActivationValuePassive: disablementThreshold,
    accountNextCreditChargeConfiguration: payment.creditChargeRows(
      { paymentMode: 'prepayment', suspendDebtDisabled, suspendDebtEmergency },
      false,
    ),
    disablementThresholdActivationActivatePassiveValueTime: at(from),
    accountNextActivationTime: at(from),
  })
export const toCredit = (from?: string) =>
  ECS02.command({
    to,
    accountNextModeAndStatus: { paymentMode: 1, accountStatus: 1 },
    accountNextCreditChargeConfiguration: payment.creditChargeRows(
      { paymentMode: 'credit', suspendDebtDisabled: false, suspendDebtEmergency: false },
      false,
    ),
    accountNextActivationTime: at(from),
  })

const nonDisablementScript = logicalNameBytes(logicalName('0-0:10.0.106.255'))
/** Every day: `['2000', 'start']`. */
export const nonDisablement = (...entries: readonly (readonly [string, 'start' | 'stop'])[]) =>
  entries.map(([time, edge], i) => ({
    index: i + 1,
    enable: true,
    script: nonDisablementScript,
    selector: edge === 'start' ? payment.NON_DISABLEMENT_START : payment.NON_DISABLEMENT_STOP,
    switchTime: Uint8Array.of(Number(time.slice(0, 2)), Number(time.slice(2)), 0, 0),
    validityWindow: 0xffff,
    weekdays: '1111111',
    specialDays: '',
    beginDate: fromHex('ffffffffff'),
    endDate: fromHex('ffffffffff'),
  }))

export const prepayment = ({
  emergencyCreditLimit = 500_000,
  emergencyCreditThreshold = 100_000,
  lowCreditThreshold = 200_000,
  maximumCredit = 20_000_000,
  maximumBalance = 50_000_000,
  calendar = nonDisablement(),
  from = undefined as string | undefined,
} = {}) =>
  ECS08a.command({
    to,
    nonDisablementSpecialDaysNext: [],
    maximumMeterBalanceValuePassive: maximumBalance,
    maximumCreditThresholdValuePassive: maximumCredit,
    nonDisablementCalendarNext: calendar,
    debtRecoveryRateCapAmountValuePassive: 0,
    debtRecoveryRateCapPeriodValuePassive: 0,
    lowCreditThresholdValuePassive: lowCreditThreshold,
    emergencyCreditLimitValuePassive: emergencyCreditLimit,
    nonDisablementSpecialDaysActivation: at(from),
    emergencyCreditThresholdValuePassive: emergencyCreditThreshold,
    maximumMeterBalanceActivatePassiveValueTime: at(from),
    maximumCreditThresholdActivatePassiveValueTime: at(from),
    debtRecoveryRateCapAmountActivatePassiveValueTime: at(from),
    debtRecoveryRateCapPeriodActivatePassiveValueTime: at(from),
    lowCreditThresholdActivatePassiveValueTime: at(from),
    emergencyCreditLimitActivatePassiveValueTime: at(from),
    emergencyCreditThresholdActivatePassiveValueTime: at(from),
    nonDisablementCalendarActivation: at(from),
  })

/** Debts in millipence, each recovered by so much a day, and by so many hundredths of a percent of each top-up. */
export const debts = ({ timeDebt1 = 0, timeDebt2 = 0, paymentDebt = 0, rate1 = 0, rate2 = 0, perPayment = 0 } = {}) =>
  ECS07.command({
    to,
    timeDebt1UnitChargePassive: amount(rate1),
    timeDebt2UnitChargePassive: amount(rate2),
    paymentDebtProportion: perPayment,
    timeDebt1PeriodS: 86_400,
    timeDebt2PeriodS: 86_400,
    paymentDebtUpdateTotalAmountRemaining: paymentDebt,
    timeDebt1UpdateTotalAmountRemaining: timeDebt1,
    timeDebt2UpdateTotalAmountRemaining: timeDebt2,
  })

export const loadLimit = ({
  thresholdW = 0,
  periodS = 0,
  restorationS = 0,
  disables = true,
  from = undefined as string | undefined,
} = {}) =>
  ECS28a.command({
    to,
    loadLimitSupplyStateValuePassive: disables,
    loadLimitPowerThresholdValuePassive: thresholdW,
    loadLimitPeriodValuePassive: periodS,
    loadLimitRestorationPeriodValuePassive: restorationS,
    loadLimitSupplyStateActivatePassiveValueTime: at(from),
    loadLimitPowerThresholdActivatePassiveValueTime: at(from),
    loadLimitPeriodActivatePassiveValueTime: at(from),
    loadLimitRestorationPeriodActivatePassiveValueTime: at(from),
  })

/** Times and dates with FF for any: `['00000000', 'ffffff01ff']` is midnight of the first of each month. */
export const executionTimes = (...entries: readonly (readonly [string, string])[]) =>
  entries.map(([time, date]) => ({ time: fromHex(time), date: fromHex(date) }))
