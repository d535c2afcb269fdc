import { GbcsError } from '@smets2-sim/bytes'
import { type EsmeVariant, phasesOf } from './variant.js'

/** What the world does to one phase. Whole numbers. */
export interface PhaseConditions {
  /** RMS voltage; 0 is an outage of the phase. */
  readonly voltageMillivolts: number
  /** Active power through the primary element; negative is export. */
  readonly activeW: number
  /** Reactive power; negative is export. */
  readonly reactiveVar: number
}

/** What the world does to the meter, constant over an interval. */
export interface Conditions {
  /** One phase, or three of a polyphase meter. */
  readonly phases: readonly PhaseConditions[]
  /** Active power that the secondary element of a twin element meter imports. */
  readonly secondaryW?: number
  /** An open load switch lets nothing through; voltages are still there. */
  readonly supplyEnabled: boolean
  readonly incorrectPhaseSequence?: boolean
  readonly incorrectPolarity?: boolean
}

/** What flows through the meter: sums over the phases, which a polyphase meter nets (our decision). */
export interface Flow {
  readonly importW: number
  readonly exportW: number
  readonly reactiveImportVar: number
  readonly reactiveExportVar: number
  readonly secondaryW: number
  /** ActivePowerImport: of both elements. */
  readonly activePowerImportW: number
}

/**
 * Sums of the conditions.
 * @throws GbcsError `misuse`: the variant has another number of phases or elements, or a value is no whole number
 */
export function flowOf(variant: EsmeVariant, conditions: Conditions): Flow {
  const { phases, secondaryW = 0, supplyEnabled } = conditions
  if (phases.length !== phasesOf(variant).length)
    throw new GbcsError('misuse', `conditions of ${phases.length} phases, expected those of a ${variant} meter`)
  if (!isAmount(secondaryW) || (secondaryW > 0 && variant !== 'twinElement'))
    throw new GbcsError('misuse', `${secondaryW} W through the secondary element of a ${variant} meter`)
  let activeW = 0
  let reactiveVar = 0
  let powered = false
  for (const phase of phases) {
    if (!isAmount(phase.voltageMillivolts) || !Number.isInteger(phase.activeW) || !Number.isInteger(phase.reactiveVar))
      throw new GbcsError(
        'misuse',
        `conditions ${JSON.stringify(phase)}, expected whole numbers and no voltage below 0`,
      )
    if (phase.voltageMillivolts === 0) continue
    powered = true
    activeW += phase.activeW
    reactiveVar += phase.reactiveVar
  }
  if (!supplyEnabled || !powered) return noFlow
  const importW = activeW > 0 ? activeW : 0
  return {
    importW,
    exportW: activeW < 0 ? -activeW : 0,
    reactiveImportVar: reactiveVar > 0 ? reactiveVar : 0,
    reactiveExportVar: reactiveVar < 0 ? -reactiveVar : 0,
    secondaryW,
    activePowerImportW: importW + secondaryW,
  }
}

const isAmount = (value: number): boolean => Number.isInteger(value) && value >= 0
const noFlow: Flow = {
  importW: 0,
  exportW: 0,
  reactiveImportVar: 0,
  reactiveExportVar: 0,
  secondaryW: 0,
  activePowerImportW: 0,
}

/** Current through a phase, from its apparent power. */
export const currentMilliamps = ({ voltageMillivolts, activeW, reactiveVar }: PhaseConditions): number =>
  voltageMillivolts === 0
    ? 0
    : Math.round((Math.sqrt(activeW * activeW + reactiveVar * reactiveVar) * 1e6) / voltageMillivolts)

/** Conditions of one phase from what people measure: volts, watts and power factor in percent (lagging; negative leading). */
export function phaseOf({ volts = 240, watts = 0, powerFactorPercent = 100 } = {}): PhaseConditions {
  const cosine = Math.abs(powerFactorPercent) / 100
  if (!(cosine > 0 && cosine <= 1))
    throw new GbcsError(
      'misuse',
      `power factor of ${powerFactorPercent} %, expected 1 to 100, or -1 to -100 for leading`,
    )
  const reactiveVar =
    Math.round(Math.abs(watts) * (Math.sqrt(1 - cosine * cosine) / cosine)) * Math.sign(powerFactorPercent)
  return { voltageMillivolts: Math.round(volts * 1000), activeW: Math.round(watts), reactiveVar: reactiveVar + 0 }
}

/** Conditions of a single phase meter with its supply on. */
export const singlePhase = (phase: Parameters<typeof phaseOf>[0] = {}): Conditions => ({
  phases: [phaseOf(phase)],
  supplyEnabled: true,
})
