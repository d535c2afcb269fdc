/** How the meter describes consumption at a glance: the ambient light of a display. */
export type PowerLevel = 'low' | 'medium' | 'high'

export interface PowerThresholds {
  /** LowMediumPowerThreshold; 0: not set. */
  readonly lowMediumPowerThresholdW: number
  /** MediumHighPowerThreshold; 0: not set. */
  readonly mediumHighPowerThresholdW: number
}

/** A threshold belongs to the level above it (our decision). */
export function powerLevelOf(
  activePowerImportW: number,
  { lowMediumPowerThresholdW, mediumHighPowerThresholdW }: PowerThresholds,
): PowerLevel {
  if (mediumHighPowerThresholdW > 0 && activePowerImportW >= mediumHighPowerThresholdW) return 'high'
  if (lowMediumPowerThresholdW > 0 && activePowerImportW >= lowMediumPowerThresholdW) return 'medium'
  return 'low'
}
