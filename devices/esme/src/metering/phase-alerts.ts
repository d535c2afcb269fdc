import type { AlertName } from '@smets2-sim/gbcs'
import type { EsmeVariant, Phase } from './variant.js'

/** Alerts that exist for the meter as a whole and for each phase by the same name. facts 4.5. */
export type PhaseAlert = {
  [N in AlertName]: `${N}OnPhase1` extends AlertName ? N : never
}[AlertName]

/** The name of an alert on this phase: a meter of one phase uses the one without a number. */
export const alertOnPhase = (alert: PhaseAlert, variant: EsmeVariant, phase: Phase): AlertName =>
  variant === 'polyphase' ? `${alert}OnPhase${phase}` : alert

const overCurrentAlerts = { 1: 'overCurrentL1', 2: 'overCurrentL2', 3: 'overCurrentL3' } as const
export const overCurrentAlert = (variant: EsmeVariant, phase: Phase): AlertName =>
  variant === 'polyphase' ? overCurrentAlerts[phase] : 'overCurrent'

/** Alert of a restored supply, by whether the outage lasted three minutes or more. */
export function restorationAlert(variant: EsmeVariant, phase: Phase, isLong: boolean): AlertName {
  if (variant !== 'polyphase') return isLong ? 'supplyOutageRestoredOutageOf3MinutesOrMore' : 'supplyOutageRestored'
  return isLong ? `supplyOutageRestoredOnPhase${phase}OutageOf3MinutesOrMore` : `supplyOutageRestoredOnPhase${phase}`
}
