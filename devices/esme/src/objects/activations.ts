import * as o from '@smets2-sim/gbcs'
import { activationOf, type Activations, copies } from '@smets2-sim/firmware'

/**
 * What takes effect when the time in a member comes: passive values become active ones. facts 3.4.
 * One row for each member that holds such a time.
 */
const thresholds = [1, 2, 3, 4, 5, 6, 7, 8] as const
const thresholdOf = (tou: (typeof thresholds)[number], next: boolean) =>
  o[`blockThresholdsTou${tou}${next ? 'Next' : ''}`].thresholds

const tariff = [
  activationOf(
    o.tariffSwitchingTable.activatePassiveCalendarTime,
    copies(
      [o.tariffSwitchingTable.seasonsPassive, o.tariffSwitchingTable.seasonsActive],
      [o.tariffSwitchingTable.weeksPassive, o.tariffSwitchingTable.weeksActive],
      [o.tariffSwitchingTable.daysPassive, o.tariffSwitchingTable.daysActive],
    ),
  ),
  activationOf(
    o.tariffSpecialDaysActivation.activatePassiveValueTime,
    copies([o.tariffSpecialDaysNext.entries, o.tariffSpecialDays.entries]),
  ),
  activationOf(
    o.secondaryTariffSwitchingTable.activatePassiveCalendarTime,
    copies(
      [o.secondaryTariffSwitchingTable.seasonsPassive, o.secondaryTariffSwitchingTable.seasonsActive],
      [o.secondaryTariffSwitchingTable.weeksPassive, o.secondaryTariffSwitchingTable.weeksActive],
      [o.secondaryTariffSwitchingTable.daysPassive, o.secondaryTariffSwitchingTable.daysActive],
    ),
  ),
  activationOf(
    o.secondaryTariffSpecialDaysActivation.activatePassiveValueTime,
    copies([o.secondaryTariffSpecialDaysNext.entries, o.secondaryTariffSpecialDays.entries]),
  ),
  activationOf(
    o.tariffThresholdsActivation.activatePassiveValueTime,
    copies(...thresholds.map((tou) => [thresholdOf(tou, true), thresholdOf(tou, false)] as const)),
  ),
  activationOf(
    o.currencyUnit.activatePassiveValueTime,
    copies([o.currencyUnit.valuePassive, o.currencyUnit.valueActive]),
  ),
  activationOf(
    o.standingCharge.unitChargeActivationTime,
    copies([o.standingCharge.unitChargePassive, o.standingCharge.unitChargeActive]),
  ),
  activationOf(
    o.consumptionCharge.unitChargeActivationTime,
    copies([o.consumptionCharge.unitChargePassive, o.consumptionCharge.unitChargeActive]),
  ),
  activationOf(
    o.secondaryConsumptionCharge.unitChargeActivationTime,
    copies([o.secondaryConsumptionCharge.unitChargePassive, o.secondaryConsumptionCharge.unitChargeActive]),
  ),
]

const payment = [
  activationOf(
    o.accountNext.activationTime,
    copies(
      [o.accountNext.modeAndStatus, o.account.modeAndStatus],
      [o.accountNext.creditChargeConfiguration, o.account.creditChargeConfiguration],
    ),
  ),
  activationOf(o.disablementThresholdActivation.activatePassiveValueTime, (device) =>
    device.items.write({ name: o.disablementThreshold.thresholds.item, initial: [0] }, [
      device.items.read({ name: o.disablementThresholdActivation.valuePassive.item, initial: 0 }),
    ]),
  ),
  activationOf(
    o.debtRecoveryRateCapAmount.activatePassiveValueTime,
    copies([o.debtRecoveryRateCapAmount.valuePassive, o.account.maxProvision]),
  ),
  activationOf(
    o.debtRecoveryRateCapPeriod.activatePassiveValueTime,
    copies([o.debtRecoveryRateCapPeriod.valuePassive, o.account.maxProvisionPeriodS]),
  ),
  activationOf(
    o.emergencyCreditLimit.activatePassiveValueTime,
    copies([o.emergencyCreditLimit.valuePassive, o.emergencyCredit.presetCreditAmount]),
  ),
  activationOf(
    o.emergencyCreditThreshold.activatePassiveValueTime,
    copies([o.emergencyCreditThreshold.valuePassive, o.emergencyCredit.creditAvailableThreshold]),
  ),
  activationOf(
    o.lowCreditThreshold.activatePassiveValueTime,
    copies([o.lowCreditThreshold.valuePassive, o.account.lowCreditThreshold]),
  ),
  activationOf(
    o.maximumCreditThreshold.activatePassiveValueTime,
    copies([o.maximumCreditThreshold.valuePassive, o.maximumCreditThreshold.valueActive]),
  ),
  activationOf(
    o.maximumMeterBalance.activatePassiveValueTime,
    copies([o.maximumMeterBalance.valuePassive, o.maximumMeterBalance.valueActive]),
  ),
  activationOf(
    o.nonDisablementCalendarActivation.activatePassiveValueTime,
    copies([o.nonDisablementCalendarNext.entries, o.nonDisablementCalendar.entries]),
  ),
  activationOf(
    o.nonDisablementSpecialDaysActivation.activatePassiveValueTime,
    copies([o.nonDisablementSpecialDaysNext.entries, o.nonDisablementSpecialDays.entries]),
  ),
]

const load = [
  activationOf(
    o.loadLimitSupplyState.activatePassiveValueTime,
    copies([o.loadLimitSupplyState.valuePassive, o.loadLimitSupplyState.valueActive]),
  ),
  activationOf(
    o.loadLimitPowerThreshold.activatePassiveValueTime,
    copies([o.loadLimitPowerThreshold.valuePassive, o.loadLimit.thresholdNormal]),
  ),
  activationOf(
    o.loadLimitPeriod.activatePassiveValueTime,
    copies([o.loadLimitPeriod.valuePassive, o.loadLimit.minOverThresholdDurationS]),
  ),
  activationOf(
    o.loadLimitRestorationPeriod.activatePassiveValueTime,
    copies([o.loadLimitRestorationPeriod.valuePassive, o.loadLimit.minUnderThresholdDurationS]),
  ),
  activationOf(
    o.auxiliaryControllerCalendarActivation.activatePassiveValueTime,
    copies([o.auxiliaryControllerCalendarNext.entries, o.auxiliaryControllerCalendar.entries]),
  ),
  activationOf(
    o.auxiliaryControllerSpecialDaysActivation.activatePassiveValueTime,
    copies([o.auxiliaryControllerSpecialDaysNext.entries, o.auxiliaryControllerSpecialDays.entries]),
  ),
]

export const activations: Activations = new Map([...tariff, ...payment, ...load])
