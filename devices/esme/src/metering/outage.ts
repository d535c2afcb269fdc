import type { UtcSeconds } from '@smets2-sim/cosem'
import type { Draft } from './draft.js'
import type { MeteringEvent } from './events.js'
import { alertOnPhase, restorationAlert } from './phase-alerts.js'
import type { EsmeVariant, Phase } from './variant.js'

/** An outage of this length or more is a long one. facts 4.5. */
export const LONG_OUTAGE_S = 180

/** Whether a phase has its supply. */
export interface Outage {
  readonly interruptedAt: UtcSeconds | undefined
  readonly is3Minutes: boolean
}
export const noOutage: Outage = { interruptedAt: undefined, is3Minutes: false }

/** When an outage becomes a long one; Infinity when there is none, or it is. */
export const outageDue = ({ interruptedAt, is3Minutes }: Outage): UtcSeconds =>
  interruptedAt === undefined || is3Minutes ? Infinity : interruptedAt + LONG_OUTAGE_S

/** Takes note that the phase is live, or is not, from this second on. */
export function watchOutage(
  outage: Draft<Outage>,
  isLive: boolean,
  now: UtcSeconds,
  variant: EsmeVariant,
  phase: Phase,
): MeteringEvent | undefined {
  const { interruptedAt } = outage
  if (interruptedAt === undefined) {
    if (isLive) return undefined
    outage.interruptedAt = now
    return { kind: 'supplyInterrupted', time: now, phase, alert: alertOnPhase('supplyInterrupted', variant, phase) }
  }
  if (isLive) {
    outage.interruptedAt = undefined
    outage.is3Minutes = false
    const alert = restorationAlert(variant, phase, now - interruptedAt >= LONG_OUTAGE_S)
    return { kind: 'supplyRestored', time: now, phase, interruptedAt, alert }
  }
  if (now < outageDue(outage)) return undefined
  outage.is3Minutes = true
  return { kind: 'supplyOutageOf3Minutes', time: now, phase, interruptedAt }
}
