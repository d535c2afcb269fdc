import type { UtcSeconds } from '@smets2-sim/cosem'
import { DAY_S, secondOfDay, timePatternFrom } from '@smets2-sim/firmware'
import type { Draft } from './draft.js'
import type { EnergyRegisters } from './energy.js'

/** Maximum demand registers. facts 12.2, 12.10. */
export type DemandRegister = 'import' | 'configurableTimeImport' | 'export'

export interface MaximumDemand {
  /** Average power of the half hour with the most energy since the reset. */
  readonly demandW: number
  /** End of that half hour; of the earliest when several are alike (our decision). */
  readonly captureTime: UtcSeconds
  readonly lastResetTime: UtcSeconds
}
export type MaximumDemands = Readonly<Record<DemandRegister, MaximumDemand>>

export const noMaximumDemand = (at: UtcSeconds): MaximumDemand => ({ demandW: 0, captureTime: at, lastResetTime: at })
export const noMaximumDemands = (at: UtcSeconds): MaximumDemands => ({
  import: noMaximumDemand(at),
  configurableTimeImport: noMaximumDemand(at),
  export: noMaximumDemand(at),
})

export const HALF_HOUR_S = 1800

/** The part of every day, in UTC, whose half hours count for the second register; it may lie across midnight. */
export interface DailyWindow {
  readonly startS: number
  readonly endS: number
}

const START = 1
const END = 2
/** MaximumDemandConfigurableTimePeriod from a class 10 schedule: selector 1 starts it, 2 ends it. undefined: not set. */
export function dailyWindowFrom(
  entries: readonly { readonly selector: number; readonly enable: boolean; readonly switchTime: Uint8Array }[],
): DailyWindow | undefined {
  const timeOf = (selector: number): number | undefined => {
    const entry = entries.find((e) => e.enable && e.selector === selector)
    return entry && secondOfDay(timePatternFrom(entry.switchTime))
  }
  const [startS, endS] = [timeOf(START), timeOf(END)]
  return startS === undefined || endS === undefined ? undefined : { startS, endS }
}

/** Whether a half hour begins within the window. Start and end alike: the whole day. */
function isWithin({ startS, endS }: DailyWindow, halfHourEnd: UtcSeconds): boolean {
  const begin = (((halfHourEnd - HALF_HOUR_S) % DAY_S) + DAY_S) % DAY_S
  return startS < endS ? begin >= startS && begin < endS : begin >= startS || begin < endS
}

/** Notes the energy of a half hour in the registers that it exceeds, and says which. */
export function noteDemand(
  demands: Draft<MaximumDemands>,
  energy: EnergyRegisters,
  window: DailyWindow | undefined,
  halfHourEnd: UtcSeconds,
): readonly DemandRegister[] {
  const importW = 2 * (energy.activeImportWh + energy.secondaryActiveImportWh)
  const found: DemandRegister[] = []
  const note = (register: DemandRegister, demandW: number): void => {
    if (demandW <= demands[register].demandW) return
    demands[register] = { ...demands[register], demandW, captureTime: halfHourEnd }
    found.push(register)
  }
  note('import', importW)
  if (window && isWithin(window, halfHourEnd)) note('configurableTimeImport', importW)
  note('export', 2 * energy.activeExportWh)
  return found
}
