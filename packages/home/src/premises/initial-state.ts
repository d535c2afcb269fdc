import { type Device, primeAttribute, primeZclAttribute } from '@smets2-sim/firmware'
import { activeExportRegister, importRegisterCollection, reactiveExportRegister } from '@smets2-sim/gbcs'
import { metering } from '@smets2-sim/zcl'
import type { ElectricityConfig, GasConfig } from '../config/home-config.js'

const wattHours = { scaler: 0, unit: 30 } as const
const varHours = { scaler: 0, unit: 32 } as const

/** Puts the registers of a meter to where they stand when it comes into the home. */
export function primeElectricity(device: Device, config: ElectricityConfig): void {
  const { activeImportWh = 0, reactiveImportVarh = 0, activeExportWh = 0, reactiveExportVarh = 0 } = config
  primeAttribute(device, importRegisterCollection.value, {
    activeImportWh,
    activeScalerUnit: wattHours,
    reactiveImportVarh,
    reactiveScalerUnit: varHours,
  })
  primeAttribute(device, activeExportRegister.value, activeExportWh)
  primeAttribute(device, reactiveExportRegister.value, reactiveExportVarh)
}

export function primeGas(device: Device, { consumptionL = 0 }: GasConfig): void {
  const prime = (name: keyof typeof metering.attributes, value: number): void =>
    primeZclAttribute(device, metering, metering.attributes[name].id, value)
  prime('currentSummationDelivered', consumptionL)
  prime('multiplier', 1)
  prime('divisor', 1000)
  prime('unitofMeasure', 1)
}
