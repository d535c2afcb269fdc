import * as o from '@smets2-sim/gbcs'
import { type Device, type Item, item } from '@smets2-sim/firmware'
import { conditionsOf, world } from '../data/metering.js'
import { hardwareOf } from '../hardware.js'
import { blockRegisterCollectionOf, flowOf, type MeteringState } from '../metering/index.js'
import { BLOCK_TOU_REGISTERS, BLOCKS } from '../tariff/index.js'
import { changeMetering, meterUp } from '../running/meter-up.js'
import { becomeVariant } from '../running/variant.js'
import { constant, reading } from './reading.js'

const WH = { scaler: 0, unit: 30 }
const VARH = { scaler: 0, unit: 32 }
const WATT = { scaler: 0, unit: 27 }

type Unit = typeof WH
/** Units inside a collection: a bench may prime others. */
const unitItem = (name: string, initial: Unit): Item<Unit> => item(name, initial)
const activeUnit = unitItem('importRegisterCollection.activeScalerUnit', WH)
const reactiveUnit = unitItem('importRegisterCollection.reactiveScalerUnit', VARH)
const powerUnit = unitItem('powerImportCollection.scalerUnit', WATT)

const isTwin = (device: Device): boolean => hardwareOf(device).variant === 'twinElement'
const setEnergy = (device: Device, energy: Partial<MeteringState['energy']>): void =>
  changeMetering(device, (state) => ({ ...state, energy: { ...state.energy, ...energy } }))
const setRegisters = (device: Device, registers: Partial<MeteringState['tariffRegisters']>): void =>
  changeMetering(device, (state) => ({ ...state, tariffRegisters: { ...state.tariffRegisters, ...registers } }))

/** A matrix of registers and one of counters from a collection of 4 blocks of 8 registers and 8 counters. */
function blockMatrices(collection: readonly number[]) {
  const half = (offset: number): number[] =>
    Array.from({ length: BLOCKS }, (_, block) => {
      const start = block * 2 * BLOCK_TOU_REGISTERS + offset
      return collection.slice(start, start + BLOCK_TOU_REGISTERS)
    }).flat()
  return { tariffTouBlockRegisterMatrixWh: half(0), tariffBlockCounterMatrixWh: half(BLOCK_TOU_REGISTERS) }
}

/** Energy and power registers: ECS17a to ECS17e. facts 12.2. */
export const registerViews = [
  reading(o.importRegisterCollection.value, {
    get(device) {
      const { energy } = meterUp(device)
      return {
        activeImportWh: energy.activeImportWh,
        activeScalerUnit: device.items.read(activeUnit),
        reactiveImportVarh: energy.reactiveImportVarh,
        reactiveScalerUnit: device.items.read(reactiveUnit),
        ...(isTwin(device) && { secondaryActiveImportWh: energy.secondaryActiveImportWh }),
      }
    },
    prime(device, { activeScalerUnit, reactiveScalerUnit, secondaryActiveImportWh, ...energy }) {
      device.items.write(activeUnit, activeScalerUnit)
      device.items.write(reactiveUnit, reactiveScalerUnit)
      setEnergy(device, energy)
      if (secondaryActiveImportWh === undefined) return
      becomeVariant(device, 'twinElement')
      setEnergy(device, { secondaryActiveImportWh })
    },
  }),
  reading(o.activeExportRegister.value, {
    get: (device) => meterUp(device).energy.activeExportWh,
    prime: (device, activeExportWh) => setEnergy(device, { activeExportWh }),
  }),
  constant(o.activeExportRegister.scalerUnit, WH),
  reading(o.reactiveExportRegister.value, {
    get: (device) => meterUp(device).energy.reactiveExportVarh,
    prime: (device, reactiveExportVarh) => setEnergy(device, { reactiveExportVarh }),
  }),
  constant(o.reactiveExportRegister.scalerUnit, VARH),
  reading(o.tariffTouRegisterCollection.value, {
    get(device) {
      const { tariffTouRegisterMatrixWh, secondaryTariffTouRegisterMatrixWh } = meterUp(device).tariffRegisters
      return {
        primaryWh: tariffTouRegisterMatrixWh,
        ...(isTwin(device) && { secondaryWh: secondaryTariffTouRegisterMatrixWh }),
      }
    },
    prime(device, { primaryWh, secondaryWh }) {
      setRegisters(device, { tariffTouRegisterMatrixWh: primaryWh })
      if (!secondaryWh) return
      becomeVariant(device, 'twinElement')
      setRegisters(device, { secondaryTariffTouRegisterMatrixWh: secondaryWh })
    },
  }),
  reading(o.tariffBlockTouRegisterCollection.value, {
    get: (device) => ({ primaryWh: blockRegisterCollectionOf(meterUp(device).tariffRegisters) }),
    prime: (device, { primaryWh }) => setRegisters(device, blockMatrices(primaryWh)),
  }),
  reading(o.powerImportCollection.value, {
    get(device) {
      const { activePowerImportW, importW } = flowOf(hardwareOf(device).variant, conditionsOf(device))
      return { activePowerImportW, scalerUnit: device.items.read(powerUnit), primaryActivePowerImportW: importW }
    },
    prime(device, { activePowerImportW, scalerUnit }) {
      meterUp(device)
      device.items.write(powerUnit, scalerUnit)
      device.items.update(world, ({ phases, ...others }) => ({
        ...others,
        phases: phases.map((phase, i) => ({ ...phase, activeW: i === 0 ? activePowerImportW : 0 })),
      }))
    },
  }),
]
