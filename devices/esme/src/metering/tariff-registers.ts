import { blockOf, untilNextBlock } from '@smets2-sim/firmware'
import { addCost, type Cost } from '../tariff/cost.js'
import {
  type ActiveRegister,
  BLOCK_TOU_REGISTERS,
  blockRegister,
  BLOCKS,
  SECONDARY_TOU_REGISTERS,
  TOU_REGISTERS,
} from '../tariff/registers.js'
import type { Tariff } from '../tariff/tariff.js'
import type { Draft } from './draft.js'

/** Registers that the tariff switches. The sum of the first two matrices is ActiveImportRegister, always. facts 12.2. */
export interface TariffRegisters {
  /** TariffTOURegisterMatrix: 48. */
  readonly tariffTouRegisterMatrixWh: readonly number[]
  /** TariffTOUBlockRegisterMatrix: 4 blocks of 8, block after block; never reset. */
  readonly tariffTouBlockRegisterMatrixWh: readonly number[]
  /** TariffBlockCounterMatrix: the same since the counters were reset; decides which block is open. */
  readonly tariffBlockCounterMatrixWh: readonly number[]
  /** SecondaryTariffTOURegisterMatrix: 4; their sum is SecondaryActiveImportRegister. */
  readonly secondaryTariffTouRegisterMatrixWh: readonly number[]
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0)
export const noTariffRegisters = (): TariffRegisters => ({
  tariffTouRegisterMatrixWh: zeros(TOU_REGISTERS),
  tariffTouBlockRegisterMatrixWh: zeros(BLOCKS * BLOCK_TOU_REGISTERS),
  tariffBlockCounterMatrixWh: zeros(BLOCKS * BLOCK_TOU_REGISTERS),
  secondaryTariffTouRegisterMatrixWh: zeros(SECONDARY_TOU_REGISTERS),
})

/** Consumption in a register with blocks since the counters were reset. */
function consumptionOf({ tariffBlockCounterMatrixWh: counters }: TariffRegisters, tou: number): number {
  let sum = 0
  for (let block = 0; block < BLOCKS; block++) sum += counters[blockRegister(block, tou)] as number
  return sum
}
const thresholdsOf = (tariff: Tariff, tou: number) =>
  tariff.tariffThresholdMatrixWh[tou] as Tariff['tariffThresholdMatrixWh'][number]

/** The block (0 to 3) that is open in a register with blocks. */
export const openBlock = (registers: TariffRegisters, tariff: Tariff, tou: number): number =>
  blockOf(thresholdsOf(tariff, tou), consumptionOf(registers, tou))

/** How many more watt-hours end the open block; Infinity for a register without blocks. */
export const whUntilNextBlock = (registers: TariffRegisters, tariff: Tariff, active: ActiveRegister): number =>
  active.kind === 'tou'
    ? Infinity
    : untilNextBlock(thresholdsOf(tariff, active.tou), consumptionOf(registers, active.tou))

/** Counts watt-hours of the primary element, block by block, with their cost. */
export function countPrimary(
  registers: Draft<TariffRegisters>,
  cost: Draft<Cost>,
  tariff: Tariff,
  active: ActiveRegister,
  wh: number,
): void {
  if (active.kind === 'tou') {
    const touWh = registers.tariffTouRegisterMatrixWh
    touWh[active.tou] = (touWh[active.tou] as number) + wh
    addCost(cost, wh, tariff.prices.touMillipencePerKwh[active.tou] as number)
    return
  }
  let left = wh
  while (left > 0) {
    const here = Math.min(left, whUntilNextBlock(registers, tariff, active))
    const i = blockRegister(openBlock(registers, tariff, active.tou), active.tou)
    registers.tariffTouBlockRegisterMatrixWh[i] = (registers.tariffTouBlockRegisterMatrixWh[i] as number) + here
    registers.tariffBlockCounterMatrixWh[i] = (registers.tariffBlockCounterMatrixWh[i] as number) + here
    addCost(cost, here, tariff.prices.blockMillipencePerKwh[i] as number)
    left -= here
  }
}

/** Counts watt-hours of the secondary element with their cost. */
export function countSecondary(
  registers: Draft<TariffRegisters>,
  cost: Draft<Cost>,
  tariff: Tariff,
  register: number,
  wh: number,
): void {
  const touWh = registers.secondaryTariffTouRegisterMatrixWh
  touWh[register] = (touWh[register] as number) + wh
  addCost(cost, wh, tariff.secondaryTariffTouPriceMatrixMillipencePerKwh[register] as number)
}

/** Sets the block counters to zero (ECS05, ECS48); registers stay. */
export const resetBlockCounters = <R extends TariffRegisters>(registers: R): R => ({
  ...registers,
  tariffBlockCounterMatrixWh: zeros(BLOCKS * BLOCK_TOU_REGISTERS),
})
