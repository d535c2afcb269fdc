import { toLatin1 } from '@smets2-sim/bytes'
import { han, payment, supply } from '@smets2-sim/firmware'
import { prepayment, zclStatus } from '@smets2-sim/zcl'
import { historyRows } from './history.js'
import type { ElectricityHome } from './home.js'
import { asInt32, asUint32, asUint48 } from './wire.js'

/** Result types of a top-up that was accepted, with what became of the supply. gbz_commands.json, PCS01. */
const accepted: Readonly<Record<supply.ControlState, number>> = { enabled: 0x10, disabled: 0x11, armed: 0x12 }
/** Amounts in the answer to a top-up that was refused. facts 6.8. */
const NOTHING = -1
/** Recovery methods and frequencies of debts. */
const [BY_TIME, BY_PAYMENT] = [0, 1]
const [HOURLY, DAILY] = [0, 1]
const DAY_S = 86_400

const of =
  (value: (account: payment.Account, settings: payment.AccountSettings) => number) => (home: ElectricityHome) =>
    value(home.readings.account(), home.readings.accountSettings())
const rate = (i: 0 | 1, value: (rate: payment.DebtRate) => number) =>
  of((_, { timeDebtRates }) => value(timeDebtRates[i]))

/** Prepayment cluster of an electricity meter. Money is in 10^-5 of the currency. */
export const prepaymentServer = han.servedCluster<ElectricityHome, typeof prepayment>(prepayment, {
  attributes: {
    paymentControlConfiguration: of((account) => payment.paymentControl(account)),
    creditRemaining: of(({ meterBalanceMillipence }) => asInt32(meterBalanceMillipence)),
    emergencyCreditRemaining: of(({ emergencyCreditMillipence }) => asInt32(emergencyCreditMillipence)),
    creditStatus: of((account, settings) => payment.creditStatus(payment.standingOf(account, settings))),
    creditRemainingTimeStamp: ({ readings }) => readings.now(),
    accumulatedDebt: of(({ accumulatedDebtMillipence }) => asInt32(accumulatedDebtMillipence)),
    overallDebtCap: of((_, { debtRecoveryRateCap }) => asInt32(debtRecoveryRateCap.millipence)),
    emergencyCreditLimit: of((_, settings) => asUint32(settings.emergencyCreditLimitMillipence)),
    emergencyCreditThreshold: of((_, settings) => asUint32(settings.emergencyCreditThresholdMillipence)),
    maxCreditLimit: of((_, settings) => asUint32(settings.maxMeterBalanceMillipence)),
    maxCreditPerTopUp: of((_, settings) => asUint32(settings.maxCreditThresholdMillipence)),
    lowCreditWarning: of((_, settings) => asUint32(settings.lowCreditThresholdMillipence)),
    cutOffValue: of((_, settings) => asInt32(settings.disablementThresholdMillipence)),
    debtAmount1: of(({ timeDebtsMillipence }) => asUint32(timeDebtsMillipence[0])),
    debtRecoveryMethod1: () => BY_TIME,
    debtRecoveryFrequency1: rate(0, ({ periodS }) => (periodS < DAY_S ? HOURLY : DAILY)),
    debtRecoveryAmount1: rate(0, ({ millipence }) => asUint32(millipence)),
    debtAmount2: of(({ timeDebtsMillipence }) => asUint32(timeDebtsMillipence[1])),
    debtRecoveryMethod2: () => BY_TIME,
    debtRecoveryFrequency2: rate(1, ({ periodS }) => (periodS < DAY_S ? HOURLY : DAILY)),
    debtRecoveryAmount2: rate(1, ({ millipence }) => asUint32(millipence)),
    debtAmount3: of(({ paymentDebtMillipence }) => asUint32(paymentDebtMillipence)),
    debtRecoveryMethod3: () => BY_PAYMENT,
    debtRecoveryTopUpPercentage3: of((_, { debtRecoveryPerPayment }) => debtRecoveryPerPayment),
    ...historyRows('CostConsumptionDelivered', ({ costMillipence }) => asUint48(costMillipence)),
  },
  commands: {
    /** Select Available Emergency Credit (0x0117). */
    selectAvailableEmergencyCredit: {
      from: ['ppmid'],
      messageCode: 0x0117,
      handle: ({ actions }) => (actions.activateEmergencyCredit() ? zclStatus.success : zclStatus.failure),
    },
    /** Consumer Top Up (0x0116). */
    consumerTopUp: {
      from: ['ppmid'],
      messageCode: 0x0116,
      handle({ readings, actions }, { topUpCode, originatingDevice }) {
        const outcome = actions.enterToken(toLatin1(topUpCode as Uint8Array))
        const isCredited = outcome.kind === 'credited'
        return {
          name: 'consumerTopUpResponse',
          fields: {
            resultType: isCredited ? accepted[readings.supply()] : payment.tokenRefusals[outcome.reason].resultType,
            topUpValue: isCredited ? asInt32(outcome.millipence) : NOTHING,
            sourceOfTopUp: originatingDevice as number,
            creditRemaining: isCredited ? asInt32(readings.account().meterBalanceMillipence) : NOTHING,
          },
        }
      },
    },
  },
})
