import type { UtcSeconds } from '@smets2-sim/cosem'
import { machine } from '@smets2-sim/firmware'

/**
 * A measured value against a threshold and a period: it is raised when the value has been beyond the threshold for
 * longer than the period, and ends when it has been back for longer than the period of return. Voltage, current and
 * power factor are all watched so.
 */
export const excursionMachine = machine('excursion', {
  normal: { beyond: 'leaving' },
  leaving: { within: 'normal', elapsed: 'raised' },
  raised: { within: 'returning' },
  returning: { beyond: 'raised', elapsed: 'normal' },
})

export interface Excursion {
  readonly state: (typeof excursionMachine.states)[number]
  /** When the value left or returned; meaningful while `leaving` or `returning`. */
  readonly since: UtcSeconds
}
export const noExcursion: Excursion = { state: 'normal', since: 0 }
/** What is left of a raised one while there is no value: a period of return starts again when there is one. */
export const raisedExcursion: Excursion = { state: 'raised', since: 0 }

/** How long the value must be beyond, and be back, in seconds. */
export interface Periods {
  readonly periodS: number
  readonly returnPeriodS?: number
}

export const isRaised = ({ state }: Excursion): boolean => state === 'raised' || state === 'returning'

/** When the excursion is raised or ends if the value stays where it is; Infinity when it is settled. */
export function excursionDue({ state, since }: Excursion, { periodS, returnPeriodS = periodS }: Periods): UtcSeconds {
  if (state === 'leaving') return since + periodS
  if (state === 'returning') return since + returnPeriodS
  return Infinity
}

/**
 * The excursion when the value is beyond the threshold, or is not, from this second on. A period is over when the value
 * is still there in the second after its last.
 */
export function watch(excursion: Excursion, isBeyond: boolean, now: UtcSeconds, periods: Periods): Excursion {
  if (excursion.state === (isBeyond ? 'raised' : 'normal')) return excursion
  const moved = excursionMachine.next(excursion.state, isBeyond ? 'beyond' : 'within')
  const watched: Excursion = moved ? { state: moved, since: now } : excursion
  const next = now >= excursionDue(watched, periods) ? excursionMachine.next(watched.state, 'elapsed') : undefined
  return next ? { state: next, since: now } : watched
}
