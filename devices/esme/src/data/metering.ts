import type { UtcSeconds } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import { type Device, executionTimesFrom, type Item, item, supply, derived, type Derived } from '@smets2-sim/firmware'
import { hardware, hardwareOf } from '../hardware.js'
import {
  type Conditions,
  dailyWindowFrom,
  defaultMeteringConfig,
  type EsmeVariant,
  initialMeteringState,
  type MeteringConfig,
  type MeteringState,
  phaseOf,
  phasesOf,
} from '../metering/index.js'
import { itemsOf, legalOr, valueOf } from './items.js'
import { supplyState } from './supply.js'

/**
 * What has been metered, until when, and by how much the device's clock was ahead then: seconds of measuring are seconds
 * of the world, whatever the clock is set to.
 */
export interface Metering {
  readonly state: MeteringState
  readonly until: UtcSeconds
  readonly clockOffsetS: number
}
export const metering: Item<Metering | undefined> = item('metering', undefined)
/** What the world does to the meter. No data item of SMETS: kept with them so that a power cycle finds the same world. */
export type World = Omit<Conditions, 'supplyEnabled'>
export const world: Item<World> = item('world', { phases: [phaseOf()] })

export function meteringOf(device: Device): Metering {
  const found = device.items.read(metering)
  if (!found) throw new TypeError('this meter was never made')
  return found
}
export const newMetering = (device: Device, variant: EsmeVariant): Metering => ({
  state: initialMeteringState(variant, device.now),
  until: device.now,
  clockOffsetS: device.clock.offsetS,
})
export const worldOf = (variant: EsmeVariant): World => ({ phases: phasesOf(variant).map(() => phaseOf()) })

/** The world, and whether the load switch lets current through. */
export const conditionsOf: Derived<Conditions> = derived([world, supplyState], (device) => ({
  ...device.items.read(world),
  supplyEnabled: supply.controlStateOf(device.items.read(supplyState)) === 'enabled',
}))

/** Objects of each phase. */
export const voltageObjects = {
  1: {
    profile: o.averageRmsVoltageProfileLogPhase1,
    overThreshold: o.averageRmsOverVoltageThresholdPhase1,
    underThreshold: o.averageRmsUnderVoltageThresholdPhase1,
    overCounter: o.averageRmsOverVoltageCounterPhase1,
    underCounter: o.averageRmsUnderVoltageCounterPhase1,
  },
  2: {
    profile: o.averageRmsVoltageProfileLogPhase2,
    overThreshold: o.averageRmsOverVoltageThresholdPhase2,
    underThreshold: o.averageRmsUnderVoltageThresholdPhase2,
    overCounter: o.averageRmsOverVoltageCounterPhase2,
    underCounter: o.averageRmsUnderVoltageCounterPhase2,
  },
  3: {
    profile: o.averageRmsVoltageProfileLogPhase3,
    overThreshold: o.averageRmsOverVoltageThresholdPhase3,
    underThreshold: o.averageRmsUnderVoltageThresholdPhase3,
    overCounter: o.averageRmsOverVoltageCounterPhase3,
    underCounter: o.averageRmsUnderVoltageCounterPhase3,
  },
} as const

/** Limits that the maker sets and no command changes. */
export type MakerLimits = Pick<
  MeteringConfig,
  'overCurrent' | 'reverseCurrent' | 'powerFactor' | 'billingResetsBlockCounters'
>
export const makerLimits: Item<Partial<MakerLimits>> = item('makerLimits', {})

type VoltageLimit = typeof o.extremeOverVoltage
const limits = { over: o.extremeOverVoltage, under: o.extremeUnderVoltage, sag: o.voltageSag, swell: o.voltageSwell }
const limitOf = (device: Device, { thresholdNormal, minOverThresholdDurationS }: VoltageLimit) => ({
  thresholdV: valueOf(device, thresholdNormal),
  periodS: valueOf(device, minOverThresholdDurationS),
})

const configured: readonly o.Attribute<any>[] = [
  o.billingCalendar.executionTime,
  o.tariffBlockCounterReset.executionTime,
  o.maximumDemandConfigurableTimePeriod.entries,
  o.powerThresholds.thresholds,
  ...Object.values(limits).flatMap((limit) => [limit.thresholdNormal, limit.minOverThresholdDurationS]),
  ...Object.values(voltageObjects).flatMap(({ profile, overThreshold, underThreshold }) => [
    profile.capturePeriodS,
    overThreshold.value,
    underThreshold.value,
  ]),
]

/** The configuration data that metering depends on. */
export const meteringConfigOf: Derived<MeteringConfig> = derived(
  [hardware, makerLimits, ...itemsOf(configured)],
  (device) => {
    const { variant } = hardwareOf(device)
    const [lowMedium = 0, mediumHigh = 0] = valueOf(device, o.powerThresholds.thresholds)
    return {
      ...defaultMeteringConfig(variant),
      ...device.items.read(makerLimits),
      billingCalendar: legalOr([], () => executionTimesFrom(valueOf(device, o.billingCalendar.executionTime))),
      tariffBlockCounterReset: legalOr([], () =>
        executionTimesFrom(valueOf(device, o.tariffBlockCounterReset.executionTime)),
      ),
      maximumDemandConfigurableTimePeriod: legalOr(undefined, () =>
        dailyWindowFrom(valueOf(device, o.maximumDemandConfigurableTimePeriod.entries)),
      ),
      lowMediumPowerThresholdW: lowMedium,
      mediumHighPowerThresholdW: mediumHigh,
      rmsExtremeOverVoltage: limitOf(device, limits.over),
      rmsExtremeUnderVoltage: limitOf(device, limits.under),
      rmsVoltageSag: limitOf(device, limits.sag),
      rmsVoltageSwell: limitOf(device, limits.swell),
      averageRmsVoltage: phasesOf(variant).map((phase) => ({
        averageRmsVoltageMeasurementPeriodS: valueOf(device, voltageObjects[phase].profile.capturePeriodS),
        averageRmsOverVoltageThresholdV: valueOf(device, voltageObjects[phase].overThreshold.value),
        averageRmsUnderVoltageThresholdV: valueOf(device, voltageObjects[phase].underThreshold.value),
      })),
    }
  },
)
