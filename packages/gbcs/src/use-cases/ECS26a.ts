import {
  account,
  disablementThreshold,
  emergencyCredit,
  maximumCreditThreshold,
  maximumMeterBalance,
  nonDisablementCalendar,
  nonDisablementSpecialDays,
  paymentDebt,
  timeDebt1,
  timeDebt2,
} from '../objects/index.js'
import { cosemUseCase, get } from './cosem-use-case.js'

/** Read ESME Configuration Data Prepayment. GBCS use case ECS26a, service request 4.13. */
export const ECS26a = cosemUseCase({
  name: 'ECS26a',
  title: 'Read ESME Configuration Data Prepayment',
  code: 0x003b,
  devices: ['esme'],
  category: 'SME.C.NC',
  from: ['supplier'],
  serviceRequest: '4.13',
  items: {
    timeDebt1UnitChargeActive: get(timeDebt1.unitChargeActive),
    timeDebt2UnitChargeActive: get(timeDebt2.unitChargeActive),
    paymentDebt: get(paymentDebt.proportion),
    maximumCreditThreshold: get(maximumCreditThreshold.valueActive),
    disablementThreshold: get(disablementThreshold.thresholds),
    maximumMeterBalance: get(maximumMeterBalance.valueActive),
    accountLowCreditThreshold: get(account.lowCreditThreshold),
    accountMaxProvision: get(account.maxProvision),
    accountMaxProvisionPeriodS: get(account.maxProvisionPeriodS),
    emergencyCreditPresetCreditAmount: get(emergencyCredit.presetCreditAmount),
    emergencyCreditCreditAvailableThreshold: get(emergencyCredit.creditAvailableThreshold),
    nonDisablementCalendar: get(nonDisablementCalendar.entries),
    accountCreditChargeConfiguration: get(account.creditChargeConfiguration),
    timeDebt2PeriodS: get(timeDebt2.periodS),
    nonDisablementSpecialDays: get(nonDisablementSpecialDays.entries),
    timeDebt1PeriodS: get(timeDebt1.periodS),
  },
})
