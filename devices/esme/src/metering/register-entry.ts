import type { UtcSeconds } from '@smets2-sim/cosem'
import { BLOCK_TOU_REGISTERS, BLOCKS } from '../tariff/registers.js'
import type { EnergyRegisters } from './energy.js'
import type { TariffRegisters } from './tariff-registers.js'
import type { EsmeVariant } from './variant.js'

/** Registers at an instant, as the daily read and billing data logs keep them. facts 5.5. */
export interface RegisterEntry {
  readonly time: UtcSeconds
  readonly activeImportWh: number
  readonly secondaryActiveImportWh?: number
  readonly touWh: readonly number[]
  readonly secondaryTouWh?: readonly number[]
  readonly block1Wh: readonly number[]
  readonly block2Wh: readonly number[]
  readonly block3Wh: readonly number[]
  readonly block4Wh: readonly number[]
}

/** The entry of an instant; a twin element meter has its secondary registers in it. */
export function registerEntryOf(
  variant: EsmeVariant,
  energy: EnergyRegisters,
  registers: TariffRegisters,
  time: UtcSeconds,
): RegisterEntry {
  const block = (i: number): number[] =>
    registers.tariffTouBlockRegisterMatrixWh.slice(i * BLOCK_TOU_REGISTERS, (i + 1) * BLOCK_TOU_REGISTERS)
  return {
    time,
    activeImportWh: energy.activeImportWh,
    touWh: [...registers.tariffTouRegisterMatrixWh],
    block1Wh: block(0),
    block2Wh: block(1),
    block3Wh: block(2),
    block4Wh: block(3),
    ...(variant === 'twinElement'
      ? {
          secondaryActiveImportWh: energy.secondaryActiveImportWh,
          secondaryTouWh: [...registers.secondaryTariffTouRegisterMatrixWh],
        }
      : {}),
  }
}

/**
 * TariffBlockTOURegisterCollection of 64: for each block its 8 registers, then its 8 counters. The name of the item,
 * Register and BlockCounter of TOU 1 to 16, fits no other reading (our decision; facts 12.2).
 */
export const blockRegisterCollectionOf = (registers: TariffRegisters): number[] =>
  Array.from({ length: BLOCKS }, (_, i) => [
    ...registers.tariffTouBlockRegisterMatrixWh.slice(i * BLOCK_TOU_REGISTERS, (i + 1) * BLOCK_TOU_REGISTERS),
    ...registers.tariffBlockCounterMatrixWh.slice(i * BLOCK_TOU_REGISTERS, (i + 1) * BLOCK_TOU_REGISTERS),
  ]).flat()
