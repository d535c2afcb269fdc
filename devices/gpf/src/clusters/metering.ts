import { han } from '@smets2-sim/firmware'
import { metering } from '@smets2-sim/zcl'
import type { GasHome } from './home.js'
import { mirrored } from './mirrored.js'

const past = (period: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `previous${period}${i === 0 ? '' : i + 1}`)
const periods = [
  'currentDay',
  ...past('Day', 8),
  'currentWeek',
  ...past('Week', 5),
  'currentMonth',
  ...past('Month', 13),
]
type Name = keyof typeof metering.attributes
const consumption = (suffix: string): readonly Name[] => periods.map((period) => `${period}${suffix}` as Name)

/** Energy of gas is in Wh: kWh with three digits right of the point (our decision). */
const ALTERNATIVE_FORMATTING = 0x33
const KWH = 0x00

/** Metering cluster of a gas proxy: the mirror of the gas meter, and the history that the proxy derives. facts 10.11. */
export const meteringServer = han.servedCluster<GasHome, typeof metering>(metering, {
  attributes: {
    ...mirrored(
      metering,
      'currentSummationDelivered',
      'readingSnapshotTime',
      'supplyStatus',
      'activeRegisterTierDelivered',
      'currentTier1SummationDelivered',
      'currentTier2SummationDelivered',
      'currentTier3SummationDelivered',
      'currentTier4SummationDelivered',
      'currentNoTierBlock1SummationDelivered',
      'currentNoTierBlock2SummationDelivered',
      'currentNoTierBlock3SummationDelivered',
      'currentNoTierBlock4SummationDelivered',
      'remainingBatteryLifeinDays',
      'unitofMeasure',
      'multiplier',
      'divisor',
      'meteringDeviceType',
      'siteID',
      'meterSerialNumber',
      'customerIDNumber',
      'supplyTamperState',
      'supplyDepletionState',
      'supplyUncontrolledFlowState',
      'billToDateDelivered',
      'billToDateTimeStampDelivered',
      ...consumption('ConsumptionDelivered'),
      ...consumption('AlternativeConsumptionDelivered'),
    ),
    alternativeUnitofMeasure: () => KWH,
    alternativeConsumptionFormatting: () => ALTERNATIVE_FORMATTING,
  },
})
