import type { UtcSeconds } from '@smets2-sim/cosem'

/** What the supplier sets with GCS24 and GCS24a. facts 12.3. */
export interface UncontrolledFlowSettings {
  /** Flow in litres an hour from which an opened valve closes again (threshold by multiplier and divisor). */
  readonly thresholdLitresPerHour: number
  /** Wait after the valve has opened. */
  readonly stabilisationPeriodS: number
  /** Time over which the flow is then measured. */
  readonly measurementPeriodS: number
}

/** Proof of the flow after the user has opened the valve: something left on would fill the room with gas. */
export interface FlowProof {
  readonly openedAt: UtcSeconds
  /** Volume up to the end of stabilisation; undefined before. */
  readonly stabilisedLitres?: number
}

/** When the proof has to be looked at next. */
export const nextProofTime = (proof: FlowProof, settings: UncontrolledFlowSettings): UtcSeconds =>
  proof.openedAt +
  settings.stabilisationPeriodS +
  (proof.stabilisedLitres === undefined ? 0 : settings.measurementPeriodS)

/** The proof with the volume metered so far; and how it ended. */
export function observeFlow(
  proof: FlowProof,
  settings: UncontrolledFlowSettings,
  meteredLitres: number,
  now: UtcSeconds,
): { readonly proof: FlowProof; readonly supply?: 'flowProven' | 'uncontrolledFlow' } {
  if (now < nextProofTime(proof, settings)) return { proof }
  if (proof.stabilisedLitres === undefined) {
    const stabilised = { ...proof, stabilisedLitres: meteredLitres }
    return settings.measurementPeriodS > 0 ? { proof: stabilised } : { proof: stabilised, supply: 'flowProven' }
  }
  const litres = meteredLitres - proof.stabilisedLitres
  const isUncontrolled = litres * 3_600 > settings.thresholdLitresPerHour * settings.measurementPeriodS
  return { proof, supply: isUncontrolled ? 'uncontrolledFlow' : 'flowProven' }
}
