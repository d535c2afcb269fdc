import * as o from '@smets2-sim/gbcs'
import { auxiliaryLoad, type Device, itemOf, payment } from '@smets2-sim/firmware'
import { account } from './data/account.js'
import {
  type MakerLimits,
  makerLimits,
  metering,
  newMetering,
  voltageObjects,
  world,
  worldOf,
} from './data/metering.js'
import { auxiliary, controllerKinds } from './data/auxiliary.js'
import { benchHardware, hardware } from './hardware.js'
import { totalImportWh } from './metering/energy.js'
import { historyFrom } from './metering/history.js'
import { defaultMeteringConfig, type EnergyRegisters, type EsmeVariant, phasesOf } from './metering/index.js'
import { meterUp } from './running/meter-up.js'

/** How an electricity meter is built. */
export interface EsmeOptions {
  readonly variant?: EsmeVariant
  /** What hangs on auxiliary controllers 1 to 5; nothing where it is left out. */
  readonly controllers?: readonly auxiliaryLoad.ControllerKind[]
  readonly boostFunction?: boolean
  readonly loadSwitch?: boolean
  /** Registers that it starts with. */
  readonly activeImportWh?: number
  readonly activeExportWh?: number
  /** Limits that the maker sets and no command changes. */
  readonly limits?: Partial<MakerLimits>
}

/** Makes a new meter: constant data, and what is configured at the factory. */
export function manufacture(device: Device, options: EsmeOptions | undefined): void {
  const { items } = device
  const { variant = 'singleElement', controllers = [], boostFunction = false, loadSwitch = true } = options ?? {}
  items.write(
    hardware,
    options ? { variant, controllers, boostFunction, loadSwitch, everyObject: false } : benchHardware,
  )
  items.write(makerLimits, options?.limits ?? {})
  items.write(world, worldOf(variant))
  const { activeImportWh = 0, activeExportWh = 0 } = options ?? {}
  furnish(device, { activeImportWh, activeExportWh })
}

/** A meter that is reset has its factory settings again; its total registers go on, as those of a sealed meter must. */
export function refurbish(device: Device): () => void {
  const { items } = device
  const { energy } = meterUp(device)
  const [built, limits, around] = [items.read(hardware), items.read(makerLimits), items.read(world)]
  return () => {
    items.write(hardware, built)
    items.write(makerLimits, limits)
    items.write(world, around)
    furnish(device, energy)
  }
}

function furnish(device: Device, registers: Partial<EnergyRegisters>): void {
  const { items } = device
  items.write(account, payment.newAccount(device.now))
  items.write(auxiliary, auxiliaryLoad.newAuxiliary(controllerKinds(device), device.now))
  items.write(
    itemOf(o.randomisedOffsetNumber.value),
    auxiliaryLoad.randomisedOffsetNumberOf(device.ports.entropy.bytes(2)),
  )
  for (const [member, value] of factorySettings) items.write(itemOf(member), value)
  startRegisters(device, registers)
}

function startRegisters(device: Device, registers: Partial<EnergyRegisters>): void {
  const made = newMetering(device, device.items.read(hardware).variant)
  const energy = { ...made.state.energy, ...registers }
  // the sum over the registers of a tariff is the total register, from the first second
  const all = (matrix: readonly number[], totalWh: number): readonly number[] => [totalWh, ...matrix.slice(1)]
  const { tariffTouRegisterMatrixWh: primary, secondaryTariffTouRegisterMatrixWh: secondary } =
    made.state.tariffRegisters
  device.items.write(metering, {
    ...made,
    state: {
      ...made.state,
      energy,
      halfHourStart: energy,
      // what was metered before is nothing that was used today
      history: historyFrom({ consumptionWh: totalImportWh(energy), costMillipence: 0 }),
      tariffRegisters: {
        ...made.state.tariffRegisters,
        tariffTouRegisterMatrixWh: all(primary, energy.activeImportWh),
        secondaryTariffTouRegisterMatrixWh: all(secondary, energy.secondaryActiveImportWh),
      },
    },
  })
}

type Setting<T> = readonly [member: o.Attribute<T>, value: T]
const setting = <T>(member: o.Attribute<T>, value: T): Setting<T> => [member, value]
const { rmsExtremeOverVoltage, rmsExtremeUnderVoltage, rmsVoltageSag, rmsVoltageSwell, averageRmsVoltage } =
  defaultMeteringConfig('polyphase')
const limits = [
  [o.extremeOverVoltage, rmsExtremeOverVoltage],
  [o.extremeUnderVoltage, rmsExtremeUnderVoltage],
  [o.voltageSag, rmsVoltageSag],
  [o.voltageSwell, rmsVoltageSwell],
] as const

/** Configuration data of a new meter, where it is more than nothing. */
const factorySettings: readonly Setting<any>[] = [
  ...limits.flatMap(([object, { thresholdV, periodS }]) => [
    setting(object.thresholdNormal, thresholdV),
    setting(object.minOverThresholdDurationS, periodS),
  ]),
  ...phasesOf('polyphase').flatMap((phase, i) => {
    const { profile, overThreshold, underThreshold } = voltageObjects[phase]
    const average = averageRmsVoltage[i] as (typeof averageRmsVoltage)[number]
    return [
      setting(profile.capturePeriodS, average.averageRmsVoltageMeasurementPeriodS),
      setting(overThreshold.value, average.averageRmsOverVoltageThresholdV),
      setting(underThreshold.value, average.averageRmsUnderVoltageThresholdV),
    ]
  }),
  setting(o.currencyUnit.valueActive, true),
  setting(o.maximumMeterBalance.valueActive, payment.factorySettings.maxMeterBalanceMillipence),
  setting(o.maximumCreditThreshold.valueActive, payment.factorySettings.maxCreditThresholdMillipence),
]
