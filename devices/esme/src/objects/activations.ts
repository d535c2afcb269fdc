import * as o from '@smets2-sim/gbcs'
import { type Activate, activationOf, type Activations, copies, itemOf } from '@smets2-sim/firmware'
import { blockThresholds } from '../data/tariff.js'
import { accountChange, auxiliaryChange, loadChange, tariffChange } from '../running/changes.js'
import { switchPaymentMode } from '../running/payment-mode.js'

// What takes effect when the time in a member comes: passive values become active ones. facts 3.4.
// One row for each member that holds such a time.

type Time = o.Attribute<Uint8Array>
type Pair = readonly [passive: o.Attribute<any>, active: o.Attribute<any>]
type Rows = readonly (readonly [time: Time, ...pairs: readonly Pair[]])[]

const tables = [o.tariffSwitchingTable, o.secondaryTariffSwitchingTable] as const
const charges = [o.standingCharge, o.consumptionCharge, o.secondaryConsumptionCharge] as const

const tariff: Rows = [
  ...tables.map(
    (table) =>
      [
        table.activatePassiveCalendarTime,
        [table.seasonsPassive, table.seasonsActive],
        [table.weeksPassive, table.weeksActive],
        [table.daysPassive, table.daysActive],
      ] as const,
  ),
  [
    o.tariffSpecialDaysActivation.activatePassiveValueTime,
    [o.tariffSpecialDaysNext.entries, o.tariffSpecialDays.entries],
  ],
  [
    o.secondaryTariffSpecialDaysActivation.activatePassiveValueTime,
    [o.secondaryTariffSpecialDaysNext.entries, o.secondaryTariffSpecialDays.entries],
  ],
  [
    o.tariffThresholdsActivation.activatePassiveValueTime,
    ...blockThresholds.map(([active, next]): Pair => [next.thresholds, active.thresholds]),
  ],
  [o.currencyUnit.activatePassiveValueTime, [o.currencyUnit.valuePassive, o.currencyUnit.valueActive]],
  ...charges.map(
    (charge) => [charge.unitChargeActivationTime, [charge.unitChargePassive, charge.unitChargeActive]] as const,
  ),
]

const payment: Rows = [
  [
    o.debtRecoveryRateCapAmount.activatePassiveValueTime,
    [o.debtRecoveryRateCapAmount.valuePassive, o.account.maxProvision],
  ],
  [
    o.debtRecoveryRateCapPeriod.activatePassiveValueTime,
    [o.debtRecoveryRateCapPeriod.valuePassive, o.account.maxProvisionPeriodS],
  ],
  [
    o.emergencyCreditLimit.activatePassiveValueTime,
    [o.emergencyCreditLimit.valuePassive, o.emergencyCredit.presetCreditAmount],
  ],
  [
    o.emergencyCreditThreshold.activatePassiveValueTime,
    [o.emergencyCreditThreshold.valuePassive, o.emergencyCredit.creditAvailableThreshold],
  ],
  [o.lowCreditThreshold.activatePassiveValueTime, [o.lowCreditThreshold.valuePassive, o.account.lowCreditThreshold]],
  [
    o.maximumCreditThreshold.activatePassiveValueTime,
    [o.maximumCreditThreshold.valuePassive, o.maximumCreditThreshold.valueActive],
  ],
  [
    o.maximumMeterBalance.activatePassiveValueTime,
    [o.maximumMeterBalance.valuePassive, o.maximumMeterBalance.valueActive],
  ],
  [
    o.nonDisablementCalendarActivation.activatePassiveValueTime,
    [o.nonDisablementCalendarNext.entries, o.nonDisablementCalendar.entries],
  ],
  [
    o.nonDisablementSpecialDaysActivation.activatePassiveValueTime,
    [o.nonDisablementSpecialDaysNext.entries, o.nonDisablementSpecialDays.entries],
  ],
]

const load: Rows = [
  [
    o.loadLimitSupplyState.activatePassiveValueTime,
    [o.loadLimitSupplyState.valuePassive, o.loadLimitSupplyState.valueActive],
  ],
  [
    o.loadLimitPowerThreshold.activatePassiveValueTime,
    [o.loadLimitPowerThreshold.valuePassive, o.loadLimit.thresholdNormal],
  ],
  [o.loadLimitPeriod.activatePassiveValueTime, [o.loadLimitPeriod.valuePassive, o.loadLimit.minOverThresholdDurationS]],
  [
    o.loadLimitRestorationPeriod.activatePassiveValueTime,
    [o.loadLimitRestorationPeriod.valuePassive, o.loadLimit.minUnderThresholdDurationS],
  ],
]

const auxiliary: Rows = [
  [
    o.auxiliaryControllerCalendarActivation.activatePassiveValueTime,
    [o.auxiliaryControllerCalendarNext.entries, o.auxiliaryControllerCalendar.entries],
  ],
  [
    o.auxiliaryControllerSpecialDaysActivation.activatePassiveValueTime,
    [o.auxiliaryControllerSpecialDaysNext.entries, o.auxiliaryControllerSpecialDays.entries],
  ],
]

const rows = (table: Rows, change: (copy: Activate) => Activate) =>
  table.map(([time, ...pairs]) => activationOf(time, change(copies(...pairs))))

export const activations: Activations = new Map([
  ...rows(tariff, tariffChange),
  ...rows(payment, accountChange),
  activationOf(
    o.disablementThresholdActivation.activatePassiveValueTime,
    accountChange(({ items }) =>
      items.write(itemOf(o.disablementThreshold.thresholds), [
        items.read(itemOf(o.disablementThresholdActivation.valuePassive)),
      ]),
    ),
  ),
  activationOf(o.accountNext.activationTime, switchPaymentMode),
  ...rows(load, loadChange),
  ...rows(auxiliary, auxiliaryChange),
])
