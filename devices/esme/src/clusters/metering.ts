import { han, supply } from '@smets2-sim/firmware'
import { metering, zclStatus } from '@smets2-sim/zcl'
import { powerLevelOf } from '../metering/index.js'
import { activeRegister } from './active-register.js'
import { historyRows } from './history.js'
import type { ElectricityHome } from './home.js'
import { asInt24, asUint24, asUint32, asUint48 } from './wire.js'

const KWH = 0x00
/** Energy is in Wh and power in W: thousandths of the unit. */
const [MULTIPLIER, DIVISOR] = [1, 1000]
/** Three digits right of the point, six left of it. */
const FORMATTING = 0x33
const ELECTRIC_METERING = 0
const ambientLevels = { low: 0, medium: 1, high: 2 } as const
/** Proposed supply status that a display may ask for: on. facts 10.8. */
const SUPPLY_ON = 0x02

const touRegister = (tou: number) => (home: ElectricityHome) =>
  asUint48(home.readings.metering().tariffRegisters.tariffTouRegisterMatrixWh[tou] ?? 0)

/** Metering cluster of an electricity meter. */
export const meteringServer = han.servedCluster<ElectricityHome, typeof metering>(metering, {
  attributes: {
    currentSummationDelivered: ({ readings }) => asUint48(readings.metering().energy.activeImportWh),
    currentSummationReceived: ({ readings }) => asUint48(readings.metering().energy.activeExportWh),
    readingSnapshotTime: ({ readings }) => readings.now(),
    supplyStatus: ({ readings }) => supply.zclSupplyStatus[readings.supply()],
    activeRegisterTierDelivered: ({ readings }) => activeRegister(readings.metering()).tier,
    currentTier1SummationDelivered: touRegister(0),
    currentTier2SummationDelivered: touRegister(1),
    currentTier3SummationDelivered: touRegister(2),
    currentTier4SummationDelivered: touRegister(3),
    ambientConsumptionIndicator: ({ readings }) =>
      ambientLevels[powerLevelOf(readings.activePowerImportW(), readings.powerThresholds())],
    unitofMeasure: () => KWH,
    multiplier: () => MULTIPLIER,
    divisor: () => DIVISOR,
    summationFormatting: () => FORMATTING,
    demandFormatting: () => FORMATTING,
    historicalConsumptionFormatting: () => FORMATTING,
    meteringDeviceType: () => ELECTRIC_METERING,
    instantaneousDemand: ({ readings }) => asInt24(readings.activePowerImportW()),
    ...historyRows('ConsumptionDelivered', ({ consumptionWh }, period) =>
      period === 'month' ? asUint32(consumptionWh) : asUint24(consumptionWh),
    ),
  },
  commands: {
    /** Local Change Supply (0x0118): on only, and only from a prepayment display. */
    localChangeSupply: {
      from: ['ppmid'],
      messageCode: 0x0118,
      handle({ actions }, { proposedSupplyStatus }) {
        if (proposedSupplyStatus !== SUPPLY_ON) return zclStatus.invalidValue
        return actions.enableSupply() ? zclStatus.success : zclStatus.failure
      },
    },
  },
})
