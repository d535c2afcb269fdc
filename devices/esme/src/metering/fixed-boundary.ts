import type { UtcSeconds } from '@smets2-sim/cosem'
import { segmentAt, nextExecution } from '@smets2-sim/firmware'
import { calendarsOf } from '../tariff/tariff.js'
import { activateDue, nextActivation, type TariffPlan } from '../tariff/tariff-plan.js'
import { measurementPeriodEnd } from './average-voltage.js'
import type { MeteringConfig } from './config.js'
import { HALF_HOUR_S } from './demand.js'
import type { MeteringEvent } from './events.js'
import type { MeteringDraft } from './state.js'

const oneElement = ['primary'] as const
const twoElements = ['primary', 'secondary'] as const
const elementsOf = ({ variant }: MeteringConfig): readonly ('primary' | 'secondary')[] =>
  variant === 'twinElement' ? twoElements : oneElement

/** Puts in force the tariff that is due and the registers that its calendars have switched to. */
export function switchTariff(
  draft: MeteringDraft,
  config: MeteringConfig,
  now: UtcSeconds,
  events: MeteringEvent[],
): void {
  if (nextActivation(draft.tariff) <= now) {
    const { plan, parts } = activateDue(draft.tariff, now)
    draft.tariff = plan
    events.push({ kind: 'tariffActivated', time: now, parts })
  }
  const calendars = calendarsOf(draft.tariff.active)
  for (const element of elementsOf(config)) {
    const { selector } = segmentAt(calendars[element], now)
    if (selector === draft.selectors[element]) continue
    draft.selectors[element] = selector
    events.push({ kind: 'tariffSwitched', time: now, element, selector })
  }
}

interface Memo {
  readonly tariff: TariffPlan
  readonly from: UtcSeconds
  readonly until: UtcSeconds
}
const memos = new WeakMap<MeteringConfig, Memo>()

/** The next second at which the clock alone ends or switches something, whatever the conditions. */
export function fixedBoundary(tariff: TariffPlan, config: MeteringConfig, now: UtcSeconds): UtcSeconds {
  const memo = memos.get(config)
  if (memo?.tariff === tariff && now >= memo.from && now < memo.until) return memo.until
  const until = nextFixed(tariff, config, now)
  memos.set(config, { tariff, from: now, until })
  return until
}

function nextFixed(tariff: TariffPlan, config: MeteringConfig, now: UtcSeconds): UtcSeconds {
  const calendars = calendarsOf(tariff.active)
  return Math.min(
    (Math.floor(now / HALF_HOUR_S) + 1) * HALF_HOUR_S,
    nextActivation(tariff),
    ...elementsOf(config).map((element) => segmentAt(calendars[element], now).until),
    nextExecution(config.billingCalendar, now),
    nextExecution(config.tariffBlockCounterReset, now),
    ...config.averageRmsVoltage.map((average) => measurementPeriodEnd(average, now)),
  )
}
