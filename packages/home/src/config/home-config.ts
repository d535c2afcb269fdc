import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Band } from '@smets2-sim/han'

/** An electricity meter as it comes into the home. */
export interface ElectricityConfig {
  readonly variant?: 'singleElement' | 'twinElement' | 'polyphase'
  readonly loadSwitch?: boolean
  /** What hangs on auxiliary controllers 1 to 5; nothing where it is left out. */
  readonly controllers?: readonly ('none' | 'alcs' | 'hcalcs' | 'apc')[]
  readonly boostFunction?: boolean
  readonly activeImportWh?: number
  readonly activeExportWh?: number
  readonly reactiveImportVarh?: number
  readonly reactiveExportVarh?: number
}
/** A gas meter as it comes into the home. Volume in units of the register: a thousandth of a cubic metre. */
export interface GasConfig {
  readonly consumptionL?: number
  /** Premises other than homes may have a meter without one; there is one where it is left out. */
  readonly valve?: boolean
  /** In which band its radio is; 2.4 GHz where it is left out. */
  readonly band?: Band
}

/** Everything that a home is made from. Plain data: the same data make the same home. */
export interface HomeConfig {
  /** Of identities, keys, randomness and random faults. */
  readonly seed: number
  /** When the home is made. */
  readonly now: UtcSeconds
  readonly electricity?: ElectricityConfig
  readonly gas?: GasConfig
  readonly ppmid?: boolean
  readonly ihd?: boolean
  readonly hcalcs?: boolean
  /** How the home area network is made: messages handed over (`direct`, the usual one), or `han`, as frames on air. */
  readonly network?: 'direct' | 'han'
  /** How long a message takes, in milliseconds. */
  readonly wanLatencyMs?: number
  readonly hanLatencyMs?: number
  /** How often the gas meter wakes. facts 10.3. */
  readonly gasWakeS?: number
}

export const latencies = { wanMs: 250, hanMs: 50 } as const
/** facts 10.3 */
export const GAS_WAKE_S = 1800
