import { logicalName, logicalNameBytes } from '@smets2-sim/cosem'
import { payment } from '@smets2-sim/firmware'
import { type Addressee, type CommandRequest, ECS01b, ECS08a } from '@smets2-sim/gbcs'

// Orders of a supplier that set the prices and the rules of prepayment. facts 5.6, 5.13.

/** Activation time that means now. facts 3.2. */
const NOW = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0xff])
const ANY_DATE = new Uint8Array(5).fill(0xff)
const importRegister = logicalNameBytes(logicalName('1-0:1.8.0.255'))
const nonDisablementScript = logicalNameBytes(logicalName('0-0:10.0.106.255'))

/** Prices are sent in hundredths of a penny, 10^-4 pounds: 16 bits then reach above three pounds. */
const PRICE_SCALE = -4
const UNIT_MILLIPENCE = 10

const TOU_REGISTERS = 48
const BLOCKS = 4
const REGISTERS_OF_A_BLOCK = 8
/** Index of each price: time-of-use registers count from 1, those of blocks have the block in the first half of the octet. */
const priceIndices = [
  ...Array.from({ length: TOU_REGISTERS }, (_, i) => i + 1),
  ...Array.from({ length: BLOCKS }, (_, block) =>
    Array.from({ length: REGISTERS_OF_A_BLOCK }, (_, i) => 0xa1 + 0x10 * block + i),
  ).flat(),
]

/** ECS01b: one price at all times, in thousandths of a penny a kWh, and a standing charge a day. */
export const onePrice = (to: Addressee, millipencePerKWh: number, standingChargeMillipence: number): CommandRequest =>
  ECS01b.command({
    to,
    standingChargeUnitChargePassive: {
      scaling: { commodityScale: 0, priceScale: PRICE_SCALE },
      commodity: { classId: 0, logicalName: new Uint8Array(6), attribute: 0 },
      charges: [{ index: new Uint8Array(0), charge: standingChargeMillipence / UNIT_MILLIPENCE }],
    },
    consumptionChargeUnitChargePassive: {
      scaling: { commodityScale: 3, priceScale: PRICE_SCALE },
      commodity: { classId: 3, logicalName: importRegister, attribute: 2 },
      charges: priceIndices.map((index) => ({
        index: Uint8Array.of(index),
        charge: millipencePerKWh / UNIT_MILLIPENCE,
      })),
    },
    standingChargeUnitChargeActivationTime: NOW,
    consumptionChargeUnitChargeActivationTime: NOW,
  })

/** What a supplier sets for prepayment, amounts in thousandths of a penny. */
export interface PrepaymentRules {
  readonly lowCreditThreshold: number
  readonly emergencyCreditThreshold: number
  readonly emergencyCreditLimit: number
  /** Hours of the day in which the supply stays on whatever is owed. */
  readonly nonDisablement: { readonly from: number; readonly to: number }
}
const MAXIMUM_TOP_UP_MILLIPENCE = 20_000_000
const MAXIMUM_BALANCE_MILLIPENCE = 50_000_000

/** ECS08a: thresholds of credit, emergency credit, and the hours of every day in which credit turns nothing off. */
export const prepaymentRules = (to: Addressee, rules: PrepaymentRules): CommandRequest =>
  ECS08a.command({
    to,
    nonDisablementSpecialDaysNext: [],
    maximumMeterBalanceValuePassive: MAXIMUM_BALANCE_MILLIPENCE,
    maximumCreditThresholdValuePassive: MAXIMUM_TOP_UP_MILLIPENCE,
    nonDisablementCalendarNext: [
      edge(1, rules.nonDisablement.from, payment.NON_DISABLEMENT_START),
      edge(2, rules.nonDisablement.to, payment.NON_DISABLEMENT_STOP),
    ],
    debtRecoveryRateCapAmountValuePassive: 0,
    debtRecoveryRateCapPeriodValuePassive: 0,
    lowCreditThresholdValuePassive: rules.lowCreditThreshold,
    emergencyCreditLimitValuePassive: rules.emergencyCreditLimit,
    nonDisablementSpecialDaysActivation: NOW,
    emergencyCreditThresholdValuePassive: rules.emergencyCreditThreshold,
    maximumMeterBalanceActivatePassiveValueTime: NOW,
    maximumCreditThresholdActivatePassiveValueTime: NOW,
    debtRecoveryRateCapAmountActivatePassiveValueTime: NOW,
    debtRecoveryRateCapPeriodActivatePassiveValueTime: NOW,
    lowCreditThresholdActivatePassiveValueTime: NOW,
    emergencyCreditLimitActivatePassiveValueTime: NOW,
    emergencyCreditThresholdActivatePassiveValueTime: NOW,
    nonDisablementCalendarActivation: NOW,
  })

const edge = (index: number, hour: number, selector: number) => ({
  index,
  enable: true,
  script: nonDisablementScript,
  selector,
  switchTime: Uint8Array.of(hour, 0, 0, 0),
  validityWindow: 0xffff,
  weekdays: '1111111',
  specialDays: '',
  beginDate: ANY_DATE,
  endDate: ANY_DATE,
})
