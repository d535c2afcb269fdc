import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Channel, isRunning, ruledBy } from './channel.js'
import { type Auxiliary, type AuxiliaryEvent, type AuxiliaryStep, operate, withChannel } from './controllers.js'
import { type ControllerOrder, CONTROLLERS } from './selector.js'

/** Boost Function Availability and Boost Function Control 1 to 5. */
export interface BoostSettings {
  readonly available: boolean
  /** Whether the button closes controller n, at n - 1. */
  readonly controls: readonly boolean[]
}
/** For how long the button can be pressed, in minutes (our decision). */
export const BOOST_MINUTES = [15, 30, 45, 60] as const
export type BoostMinutes = (typeof BOOST_MINUTES)[number]
export const BOOST_LOG_SIZE = 25

/** Applies a change to the output of every controller that `concerns` names, and tells its actuator. */
function toEach(
  auxiliary: Auxiliary,
  now: UtcSeconds,
  concerns: (n: number, channel: Channel) => boolean,
  change: (channel: Channel) => Channel,
  level: number | undefined,
): AuxiliaryStep {
  const events: AuxiliaryEvent[] = []
  for (const n of CONTROLLERS) {
    const channel = auxiliary.controllers[n - 1]?.output
    if (!channel || !concerns(n, channel)) continue
    const order: ControllerOrder = {
      controller: n,
      direction: 'output',
      ...(level !== undefined && { level }),
      by: 'command',
    }
    const step = operate(withChannel(auxiliary, n, 'output', change(channel)), order, now, false)
    auxiliary = step.auxiliary
    events.push(...step.events)
  }
  return { auxiliary, events }
}

/**
 * The user presses the boost button: the controllers that it controls are closed until the end of the boost, which a
 * further press sets anew. Undefined where there is no boost function or it controls nothing.
 */
export function pressBoost(
  auxiliary: Auxiliary,
  { available, controls }: BoostSettings,
  minutes: BoostMinutes,
  now: UtcSeconds,
): AuxiliaryStep | undefined {
  const concerns = (n: number): boolean => controls[n - 1] === true && auxiliary.controllers[n - 1]?.kind !== 'none'
  if (!available || !CONTROLLERS.some(concerns)) return undefined
  const boost = { start: auxiliary.boost?.start ?? now, end: now + minutes * 60 }
  return toEach({ ...auxiliary, boost }, now, concerns, (channel) => ruledBy(channel, 'boostPressed'), 100)
}

/** Ends a boost, when it is over or because the user cancels it: with its entry in the boost log. */
export function endBoost(auxiliary: Auxiliary, now: UtcSeconds): AuxiliaryStep {
  const { boost, ...rest } = auxiliary
  if (!boost) return { auxiliary, events: [] }
  const step = toEach(
    rest,
    now,
    (_, channel) => channel.authority === 'boost',
    (channel) => ruledBy(channel, isRunning(channel.command, now) ? 'boostEndsInCommand' : 'boostEnds'),
    undefined,
  )
  return {
    auxiliary: step.auxiliary,
    events: [{ kind: 'boostLog', entry: { time: boost.start, boostEnd: now } }, ...step.events],
  }
}
