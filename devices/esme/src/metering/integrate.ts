import { GbcsError } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Conditions, flowOf } from './conditions.js'
import type { MeteringConfig } from './config.js'
import type { MeteringEvent } from './events.js'
import { fixedBoundary, switchTariff } from './fixed-boundary.js'
import { type PhaseLimits, phaseLimitsOf } from './phase-excursions.js'
import { conditionsDue, countSegment, noteConditions, recordEnds, type Setting } from './segment.js'
import { draftOf, type MeteringDraft, type MeteringState } from './state.js'

export interface Metered {
  readonly state: MeteringState
  /** In the order in which they happened. */
  readonly events: readonly MeteringEvent[]
  /** The second up to which it was metered. */
  readonly at: UtcSeconds
  /** What `nextBoundary` says of it; undefined where something may begin at the very second that was reached. */
  readonly boundary: UtcSeconds | undefined
}

/** Conditions from the end of those before until `until`. */
export interface Stretch {
  readonly until: UtcSeconds
  readonly conditions: Conditions
}

/**
 * Meters from one second to another under conditions that stay. What ends at `to` is recorded; what begins at `to`
 * belongs to the next interval. From a second to itself: takes note of the conditions only. Any partition of an
 * interval gives the same state and the same events.
 * @throws GbcsError `misuse`: time runs backwards, or conditions that the variant cannot have
 */
export const integrate = (
  state: MeteringState,
  config: MeteringConfig,
  conditions: Conditions,
  from: UtcSeconds,
  to: UtcSeconds,
): Metered => {
  const run = new Run(draftOf(state, to > from), config, from)
  run.advance(conditions, to)
  return run.metered
}

/** Meters conditions that follow one another, as `integrate` would one after the other, with less copying. */
export function integrateCurve(
  state: MeteringState,
  config: MeteringConfig,
  from: UtcSeconds,
  curve: Iterable<Stretch>,
): Metered {
  const run = new Run(draftOf(state, true), config, from)
  for (const { until, conditions } of curve) run.advance(conditions, until)
  return run.metered
}

/**
 * Meters until something happens, at most to `to`, and says when: all events are of that second. The caller can act on
 * them (switch the supply, change the tariff) and go on from there, so that it may jump as far as it likes.
 */
export function integrateToEvent(
  state: MeteringState,
  config: MeteringConfig,
  conditions: Conditions,
  from: UtcSeconds,
  to: UtcSeconds,
): Metered {
  const run = new Run(draftOf(state, to > from), config, from)
  run.advance(conditions, to, true)
  return run.metered
}

/** The next second at which something happens or is counted elsewhere, if the conditions stay as they are from `now` on. */
export function nextBoundary(
  state: MeteringState,
  config: MeteringConfig,
  conditions: Conditions,
  now: UtcSeconds,
): UtcSeconds {
  const run = new Run(draftOf(state, false), config, now)
  run.advance(conditions, now)
  return run.end
}

/**
 * The first second by which the cost has grown by so much under conditions that stay, or undefined when it has not by
 * `to`: when a balance runs out. Prices of a tariff must not be negative for it.
 */
export function timeOfCost(
  state: MeteringState,
  config: MeteringConfig,
  conditions: Conditions,
  from: UtcSeconds,
  to: UtcSeconds,
  millipence: number,
): UtcSeconds | undefined {
  const target = state.cost.costMillipence + millipence
  const reached = (at: UtcSeconds): boolean =>
    integrate(state, config, conditions, from, at).state.cost.costMillipence >= target
  if (reached(from)) return from
  if (!reached(to)) return undefined
  let [before, after] = [from, to]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (reached(middle)) after = middle
    else before = middle
  }
  return after
}

/** A draft that is metered from one segment to the next: stretches of time in which nothing changes. */
class Run {
  readonly draft: MeteringDraft
  readonly events: MeteringEvent[] = []
  now: UtcSeconds
  readonly #config: MeteringConfig
  readonly #limits: PhaseLimits
  #setting: Setting | undefined
  /** What the clock ends or switches next. */
  #fixed = -Infinity
  /** Up to where nothing happens. */
  end = -Infinity

  constructor(draft: MeteringDraft, config: MeteringConfig, now: UtcSeconds) {
    this.draft = draft
    this.#config = config
    this.#limits = phaseLimitsOf(config)
    this.now = now
  }

  get metered(): Metered {
    const { draft: state, events, now: at, end } = this
    return { state, events, at, boundary: at < end ? end : undefined }
  }

  #settingOf(conditions: Conditions): Setting {
    if (this.#setting?.conditions === conditions) return this.#setting
    const config = this.#config
    return (this.#setting = { config, conditions, flow: flowOf(config.variant, conditions), limits: this.#limits })
  }

  advance(conditions: Conditions, to: UtcSeconds, isToEvent = false): void {
    if (!Number.isInteger(this.now) || !Number.isInteger(to) || to < this.now)
      throw new GbcsError('misuse', `metering from ${this.now} to ${to}, expected whole seconds that do not go back`)
    const setting = this.#settingOf(conditions)
    let isDone = false
    while (!isDone) {
      this.#begin(setting)
      if (this.now === to || (isToEvent && this.events.length > 0)) return
      this.#meter(setting, Math.min(to, this.end))
      isDone = this.now === to || (isToEvent && this.events.length > 0)
    }
  }

  /** What holds from this second on. Doing so again changes nothing. */
  #begin(setting: Setting): void {
    if (this.now >= this.#fixed) {
      switchTariff(this.draft, this.#config, this.now, this.events)
      this.#fixed = fixedBoundary(this.draft.tariff, this.#config, this.now)
    }
    noteConditions(this.draft, setting, this.now, this.events)
    this.end = Math.min(this.#fixed, conditionsDue(this.draft, setting, this.now))
  }

  #meter(setting: Setting, end: UtcSeconds): void {
    countSegment(this.draft, setting, end - this.now, end, this.events)
    this.now = end
    if (end === this.#fixed) recordEnds(this.draft, this.#config, end, this.events)
  }
}
