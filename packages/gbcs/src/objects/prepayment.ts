import { arrayOf, i32, i8, octets, u16, u32 } from '@smets2-sim/cosem'
import { attribute, cosemObject, method } from './object.js'
import {
  specialDays,
  schedule,
  creditChargeConfiguration,
  modeAndStatus,
  unitCharge,
  prepaymentBalances,
} from './shapes.js'

// Account, credits, charges and their limits (facts/cosem_objects.json, section 5).

/** Class 111, Account. SMETS: PaymentMode. */
export const account = cosemObject('account', 111, '0-0:19.0.0.255', {
  modeAndStatus: attribute(2, modeAndStatus),
  creditChargeConfiguration: attribute(11, creditChargeConfiguration),
  lowCreditThreshold: attribute(16, i32),
  maxProvision: attribute(18, u16),
  maxProvisionPeriodS: attribute(19, i32),
})

/** Class 111, Account. SMETS: SuspendDebtDisabled / SuspendDebtEmergency / Payment Mode. */
export const accountNext = cosemObject('accountNext', 111, '0-1:19.0.0.255', {
  modeAndStatus: attribute(2, modeAndStatus),
  creditChargeConfiguration: attribute(11, creditChargeConfiguration),
  activationTime: attribute(13, octets(12)),
})

/** Class 112, Credit. SMETS: AccumulatedDebtRegister. */
export const accumulatedDebt = cosemObject('accumulatedDebt', 112, '0-0:19.10.2.255', {
  setAmountToValue: method(2, i32),
})

/** Class 9000, GBCS Extended data. SMETS: DebtRecoveryRateCap. */
export const debtRecoveryRateCapAmount = cosemObject('debtRecoveryRateCapAmount', 9000, '0-0:94.44.128.12', {
  valuePassive: attribute(4, u16),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 9000, GBCS Extended data. SMETS: DebtRecoveryRateCap. */
export const debtRecoveryRateCapPeriod = cosemObject('debtRecoveryRateCapPeriod', 9000, '0-0:94.44.128.13', {
  valuePassive: attribute(4, i32),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 21, Register monitor. SMETS: DisablementThreshold(MeterBalance). */
export const disablementThreshold = cosemObject('disablementThreshold', 21, '0-0:16.0.1.255', {
  thresholds: attribute(2, arrayOf(i32, 1, 1)),
})

/** Class 9000, GBCS Extended data. SMETS: DisablementThreshold(MeterBalance). */
export const disablementThresholdActivation = cosemObject('disablementThresholdActivation', 9000, '0-0:94.44.128.22', {
  valuePassive: attribute(4, i32),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 112, Credit. SMETS: EmergencyCredit. */
export const emergencyCredit = cosemObject('emergencyCredit', 112, '0-0:19.10.1.255', {
  presetCreditAmount: attribute(9, i32),
  creditAvailableThreshold: attribute(10, i32),
  setAmountToValue: method(2, i32),
  invokeCredit: method(3, i8),
})

/** Class 9000, GBCS Extended data. SMETS: EmergencyCreditLimit. */
export const emergencyCreditLimit = cosemObject('emergencyCreditLimit', 9000, '0-0:94.44.128.2', {
  valuePassive: attribute(4, i32),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 9000, GBCS Extended data. SMETS: EmergencyCreditThreshold. */
export const emergencyCreditThreshold = cosemObject('emergencyCreditThreshold', 9000, '0-0:94.44.128.3', {
  valuePassive: attribute(4, i32),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 9000, GBCS Extended data. SMETS: LowCreditThreshold. */
export const lowCreditThreshold = cosemObject('lowCreditThreshold', 9000, '0-0:94.44.128.9', {
  valuePassive: attribute(4, i32),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 9000, GBCS Extended data. SMETS: PrepaymentCredit(MaximumCreditThreshold). */
export const maximumCreditThreshold = cosemObject('maximumCreditThreshold', 9000, '0-0:94.44.2.10', {
  valueActive: attribute(2, i32),
  valuePassive: attribute(4, i32),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 9000, GBCS Extended data. SMETS: PrepaymentCredit(MaxMeterBalance). */
export const maximumMeterBalance = cosemObject('maximumMeterBalance', 9000, '0-0:94.44.2.20', {
  valueActive: attribute(2, i32),
  valuePassive: attribute(4, i32),
  activatePassiveValueTime: attribute(6, octets(12)),
})

/** Class 112, Credit. SMETS: MeterBalance. */
export const meterBalance = cosemObject('meterBalance', 112, '0-0:19.10.0.255', {
  currentCreditAmount: attribute(2, i32),
  updateAmount: method(1, i32),
  setAmountToValue: method(2, i32),
})

/** Class 10, Schedule. SMETS: Non-DisablementCalendar. */
export const nonDisablementCalendar = cosemObject('nonDisablementCalendar', 10, '0-0:12.0.1.255', {
  entries: attribute(2, schedule),
})

/** Class 9000, GBCS Extended data. SMETS: Non-DisablementCalendar. */
export const nonDisablementCalendarActivation = cosemObject(
  'nonDisablementCalendarActivation',
  9000,
  '0-0:94.44.128.28',
  {
    activatePassiveValueTime: attribute(6, octets(12)),
  },
)

/** Class 10, Schedule. SMETS: Non-DisablementCalendar. */
export const nonDisablementCalendarNext = cosemObject('nonDisablementCalendarNext', 10, '0-1:12.0.1.255', {
  entries: attribute(2, schedule),
})

/** Class 11, Special days table. SMETS: Non-DisablementCalendar(SpecialDays). */
export const nonDisablementSpecialDays = cosemObject('nonDisablementSpecialDays', 11, '0-0:11.0.2.255', {
  entries: attribute(2, specialDays),
})

/** Class 9000, GBCS Extended data. SMETS: Non-DisablementCalendar(SpecialDays). */
export const nonDisablementSpecialDaysActivation = cosemObject(
  'nonDisablementSpecialDaysActivation',
  9000,
  '0-0:94.44.128.31',
  {
    activatePassiveValueTime: attribute(6, octets(12)),
  },
)

/** Class 11, Special days table. SMETS: Non-DisablementCalendar(SpecialDays). */
export const nonDisablementSpecialDaysNext = cosemObject('nonDisablementSpecialDaysNext', 11, '0-1:11.0.2.255', {
  entries: attribute(2, specialDays),
})

/** Class 113, Charge. SMETS: PaymentDebtRegister. */
export const paymentDebt = cosemObject('paymentDebt', 113, '0-0:19.20.3.255', {
  proportion: attribute(13, u16),
  updateTotalAmountRemaining: method(4, i32),
})

/** Class 1, Data. SMETS: PrepaymentBalanceCollection. */
export const prepaymentBalanceCollection = cosemObject('prepaymentBalanceCollection', 1, '0-0:94.44.34.30', {
  value: attribute(2, prepaymentBalances),
})

/** Class 113, Charge. SMETS: TimeDebtRegisters[1]. */
export const timeDebt1 = cosemObject('timeDebt1', 113, '0-0:19.20.1.255', {
  unitChargeActive: attribute(5, unitCharge),
  unitChargePassive: attribute(6, unitCharge),
  periodS: attribute(8, u32),
  activatePassiveUnitCharge: method(2, i8),
  updateTotalAmountRemaining: method(4, i32),
})

/** Class 113, Charge. SMETS: TimeDebtRegisters[2]. */
export const timeDebt2 = cosemObject('timeDebt2', 113, '0-0:19.20.2.255', {
  unitChargeActive: attribute(5, unitCharge),
  unitChargePassive: attribute(6, unitCharge),
  periodS: attribute(8, u32),
  activatePassiveUnitCharge: method(2, i8),
  updateTotalAmountRemaining: method(4, i32),
})

/** Class 115, Token gateway. SMETS: PrepaymentCredit. */
export const tokenGateway = cosemObject('tokenGateway', 115, '0-0:19.40.0.255', {
  enter: method(1, octets(20)),
})
