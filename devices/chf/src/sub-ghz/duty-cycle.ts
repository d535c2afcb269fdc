import { type Eui64 } from '@smets2-sim/bytes'
import type { UtcSeconds } from '@smets2-sim/cosem'
import { type Device, type Item, item, machine, type Process, raise } from '@smets2-sim/firmware'
import { limitedDutyCycle } from '../events.js'
import { subGhzSettings } from './settings.js'

/**
 * How much a sub-GHz device may still send. Three thresholds on the share of the last hour that it was on the air: two
 * are settings, the third is the law. Each step is an alert, up and down. facts 4.5 (8F20 to 8F25).
 */
export const dutyCycle = machine('duty cycle', {
  normal: { rose: 'limited' },
  limited: { rose: 'critical', fell: 'normal' },
  critical: { rose: 'regulated', fell: 'limited' },
  regulated: { fell: 'critical' },
})
export type DutyCycleState = (typeof dutyCycle.states)[number]

/** 2.5 %: what a device may be on the air in this band, in hundredths of a per cent. */
const REGULATED = 250
/** An hour in steps of 5 minutes. */
const STEP_S = 300
const STEPS = 12
const HOUR_MS = 3_600_000

interface AirTime {
  readonly deviceId: Eui64
  readonly state: DutyCycleState
  /** Milliseconds on the air by step, the newest last; `until` is when the newest ends. */
  readonly stepsMs: readonly number[]
  readonly until: UtcSeconds
}
const airTimes: Item<readonly AirTime[]> = item('chf.subGhzAirTime', [])

/** Thresholds between the states, ascending, in hundredths of a per cent. */
function thresholds(device: Device): readonly [number, number, number] {
  const { normalLimitedDutyCycleThreshold, limitedCriticalDutyCycleThreshold } = subGhzSettings(device)
  return [normalLimitedDutyCycleThreshold, limitedCriticalDutyCycleThreshold, REGULATED]
}
const inHundredths = ({ stepsMs }: AirTime): number => (stepsMs.reduce((sum, ms) => sum + ms, 0) * 10_000) / HOUR_MS

const { states } = dutyCycle
const above = (state: DutyCycleState): number => states.indexOf(state)

/** Names of the alerts on the way up to a state, and down from it; the first way up says which device it is. */
function tell(device: Device, id: Eui64, from: DutyCycleState, to: DutyCycleState): void {
  if (above(to) > above(from)) {
    if (to === 'limited') limitedDutyCycle(device, id)
    else raise(device, to === 'critical' ? 'criticalDutyCycleActionTaken' : 'regulatedDutyCycleActionTaken')
  } else if (from === 'limited') raise(device, 'dutyCycleFallenBelowNormalLimitedDutyCycleThreshold')
  else if (from === 'critical') raise(device, 'dutyCycleFallenBelowLimitedCriticalDutyCycleThreshold')
  else raise(device, 'dutyCycleFallenBelowCriticalRegulatedDutyCycleThreshold')
}

/** The steps up to now: those that are older than an hour fall out, those in which nothing was sent are 0. */
function shifted(airTime: AirTime, now: UtcSeconds): AirTime {
  const steps = Math.max(0, Math.ceil((now + 1 - airTime.until) / STEP_S))
  if (steps === 0) return airTime
  const stepsMs = [...airTime.stepsMs, ...Array<number>(Math.min(steps, STEPS)).fill(0)].slice(-STEPS)
  return { ...airTime, stepsMs, until: airTime.until + steps * STEP_S }
}

/** Goes through the states, one at a time, to where this air time belongs. */
function settled(device: Device, airTime: AirTime): AirTime {
  const limits = thresholds(device)
  let { state } = airTime
  for (;;) {
    const used = inHundredths(airTime)
    const rank = above(state)
    const event =
      used >= (limits[rank] ?? Infinity) ? 'rose' : rank > 0 && used < (limits[rank - 1] as number) ? 'fell' : undefined
    const next = event && dutyCycle.next(state, event)
    if (!next) return { ...airTime, state }
    tell(device, airTime.deviceId, state, next)
    state = next
  }
}

const start = (deviceId: Eui64, now: UtcSeconds): AirTime => ({
  deviceId,
  state: 'normal',
  stepsMs: Array<number>(STEPS).fill(0),
  until: Math.floor(now / STEP_S) * STEP_S + STEP_S,
})

/** A sub-GHz device, the hub itself included, was on the air for so long. */
export function airTimeUsed(device: Device, id: Eui64, ms: number): void {
  const all = device.items.read(airTimes)
  const before = shifted(all.find(({ deviceId }) => deviceId === id) ?? start(id, device.now), device.now)
  const stepsMs = [...before.stepsMs.slice(0, -1), (before.stepsMs.at(-1) ?? 0) + ms]
  const after = settled(device, { ...before, stepsMs })
  device.items.write(airTimes, [...all.filter(({ deviceId }) => deviceId !== id), after])
}

export const dutyCycleOf = ({ items }: Device, id: Eui64): DutyCycleState =>
  items.read(airTimes).find(({ deviceId }) => deviceId === id)?.state ?? 'normal'
/** Whether a message for or from it must be dropped: the law allows no more. */
export const mayNotSend = (device: Device, id: Eui64): boolean => dutyCycleOf(device, id) === 'regulated'

/** Air time that grows old. */
export const airTimeAges: Process = {
  nextDue: ({ items }) =>
    items
      .read(airTimes)
      .filter(({ stepsMs }) => stepsMs.some((ms) => ms > 0))
      .reduce<UtcSeconds | undefined>((soonest, { until }) => Math.min(soonest ?? Infinity, until), undefined),
  run(device, time) {
    device.items.update(airTimes, (all) =>
      all.map((one) => (one.until > time ? one : settled(device, shifted(one, time)))),
    )
  },
}
