import { type Device, primeAttribute, primeZclAttribute, readAttribute } from '@smets2-sim/firmware'
import { importRegisterCollection, reactiveExportRegister } from '@smets2-sim/gbcs'
import { metering } from '@smets2-sim/zcl'
import type { ElectricityConfig, GasConfig, HomeConfig } from '../config/home-config.js'
import type { AsBuilt, FirmwareName } from './manufacture.js'

/** How a device of a home is built, and where its registers stand when it comes into it. */
export function asBuilt(name: FirmwareName, { electricity, gas }: HomeConfig): AsBuilt {
  if (name === 'esme' && electricity)
    return { options: electricity, prime: (device) => primeElectricity(device, electricity) }
  if (name === 'gsme' && gas) return { options: gas, prime: (device) => primeGas(device, gas) }
  return {}
}

/** The maker sets the registers of active energy; those of reactive energy are put where they are to stand. */
function primeElectricity(device: Device, { reactiveImportVarh, reactiveExportVarh }: ElectricityConfig): void {
  if (reactiveImportVarh !== undefined) {
    const registers = readAttribute(device, importRegisterCollection.value)
    primeAttribute(device, importRegisterCollection.value, { ...registers, reactiveImportVarh })
  }
  if (reactiveExportVarh !== undefined) primeAttribute(device, reactiveExportRegister.value, reactiveExportVarh)
}

function primeGas(device: Device, { consumptionL = 0 }: GasConfig): void {
  const prime = (name: keyof typeof metering.attributes, value: number): void =>
    primeZclAttribute(device, metering, metering.attributes[name].id, value)
  prime('currentSummationDelivered', consumptionL)
  prime('multiplier', 1)
  prime('divisor', 1000)
  prime('unitofMeasure', 1)
}
