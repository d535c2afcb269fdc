import type { UtcSeconds } from '@smets2-sim/cosem'
import type { AlertName } from '@smets2-sim/gbcs'

/** What the supplier sets with ECS28a. facts 12.6. */
export interface LoadLimitSettings {
  readonly powerThresholdW: number
  /** How long the power must stay above the threshold. */
  readonly periodS: number
  /** How long the supply stays off before it comes back by itself. */
  readonly restorationPeriodS: number
  /** Load Limit Supply State: whether exceeding the limit turns the supply off, or is counted and reported only. */
  readonly disablesSupply: boolean
}

/** Load limiting of an electricity meter. */
export interface LoadLimit {
  /** Since when the power has been above the threshold without a break. */
  readonly aboveSince?: UtcSeconds
  /** This excursion was reported already: the next one is reported after the power has been below the threshold. */
  readonly reported: boolean
  /** When a supply that the limit turned off comes back. */
  readonly restoreAt?: UtcSeconds
  /** Load Limit Counter. */
  readonly counter: number
}
export const newLoadLimit: LoadLimit = { reported: false, counter: 0 }

export interface LoadLimitStep {
  readonly limit: LoadLimit
  readonly raised: readonly AlertName[]
  /** Event for the supply, which comes after the alerts. */
  readonly supply?: 'loadLimitExceeded' | 'restorationPeriodElapsed'
}

const dueAt = ({ aboveSince, reported }: LoadLimit, { periodS }: LoadLimitSettings): UtcSeconds | undefined =>
  aboveSince === undefined || reported ? undefined : aboveSince + periodS

/** When load limiting has something to do, provided that the power stays as it is. */
export const nextLoadLimitTime = (limit: LoadLimit, settings: LoadLimitSettings): UtcSeconds | undefined =>
  limit.restoreAt ?? dueAt(limit, settings)

/**
 * The power that flows from `now` on. Ask again when it changes and at `nextLoadLimitTime`. `isLimited` is whether the
 * supply is off by the load limit: when something else has changed it, the restoration is forgotten.
 */
export function observeLoad(
  limit: LoadLimit,
  settings: LoadLimitSettings,
  powerW: number,
  now: UtcSeconds,
  isLimited: boolean,
): LoadLimitStep {
  if (limit.restoreAt !== undefined && isLimited) {
    if (now < limit.restoreAt) return { limit, raised: [] }
    return { limit: { reported: false, counter: limit.counter }, raised: [], supply: 'restorationPeriodElapsed' }
  }
  const { counter } = limit
  if (powerW <= settings.powerThresholdW) return { limit: { reported: false, counter }, raised: [] }
  const aboveSince = limit.aboveSince ?? now
  const above: LoadLimit = { aboveSince, reported: limit.reported, counter }
  const due = dueAt(above, settings)
  if (due === undefined || now < due) return { limit: above, raised: [] }
  const raised: AlertName[] = ['activePowerImportAboveLoadLimitThreshold']
  if (!settings.disablesSupply) return { limit: { aboveSince, reported: true, counter: counter + 1 }, raised }
  return {
    limit: { reported: false, restoreAt: now + settings.restorationPeriodS, counter: counter + 1 },
    raised,
    supply: 'loadLimitExceeded',
  }
}

/** ECS28b. */
export const resetLoadLimitCounter = (limit: LoadLimit): LoadLimit => ({ ...limit, counter: 0 })
