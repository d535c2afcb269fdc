import { primaryRegisterOf } from '../tariff/registers.js'
import type { MeteringState } from '../metering/index.js'
import { openBlock } from '../metering/tariff-registers.js'

/** Where the primary element is counted now, as the wire says it. */
export interface ActiveRegisterView {
  /** Time-of-use register 1 to 48, or 1 to 8 of those with blocks. */
  readonly tou: number
  /** Block 1 to 4; 0 for a register without blocks. */
  readonly block: number
  /** Tier in the four bits of the price commands: the register up to 14, 15 for all above, 0 with blocks. */
  readonly tier: number
  readonly label: string
}

const MOST_TIER = 15

/** The register of the tariff that is active. SMETS has no label for it; this one is ours. */
export function activeRegister(state: MeteringState): ActiveRegisterView {
  const active = primaryRegisterOf(state.selectors.primary)
  const tou = active.tou + 1
  if (active.kind === 'tou') return { tou, block: 0, tier: Math.min(tou, MOST_TIER), label: `TOU ${tou}` }
  const block = openBlock(state.tariffRegisters, state.tariff.active, active.tou) + 1
  return { tou, block, tier: 0, label: `TOU ${tou} block ${block}` }
}
