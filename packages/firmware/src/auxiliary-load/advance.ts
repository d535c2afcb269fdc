import type { UtcSeconds } from '@smets2-sim/cosem'
import { lastSwitching, nextSwitching, type SwitchingCalendar, switchingsAt } from '../calendar/switching-calendar.js'
import { endBoost } from './boost.js'
import { ruledBy, without } from './channel.js'
import {
  type Auxiliary,
  type AuxiliaryEvent,
  type AuxiliaryStep,
  type Controller,
  controllerOf,
  operate,
  withChannel,
} from './controllers.js'
import { limitOver } from './orders.js'
import { type ControllerOrder, CONTROLLERS, readSelector } from './selector.js'

/** The calendar of auxiliary controllers, carried out later by the randomised offset of the device. */
export interface AuxiliaryCalendar {
  readonly switchings: SwitchingCalendar
  readonly offsetS: number
}

const directions = ['output', 'input'] as const
const eachChannel = CONTROLLERS.flatMap((n) => directions.map((direction) => ({ n, direction })))

/** When anything falls due next: a switching, the begin or end of a command or limit, the end of a boost. */
export function nextAuxiliaryTime(auxiliary: Auxiliary, calendar: AuxiliaryCalendar): UtcSeconds | undefined {
  const { doneUntil } = auxiliary
  const switching = nextSwitching(calendar.switchings, doneUntil - calendar.offsetS)
  const times = auxiliary.controllers.flatMap(({ output, input }) =>
    [output, input].flatMap(({ command, limit }) => [command?.start, command?.end, limit?.start, limit?.end]),
  )
  const due = [...times, auxiliary.boost?.end, switching && switching.time + calendar.offsetS].filter(
    (time): time is number => time !== undefined && time > doneUntil,
  )
  return due.length > 0 ? Math.min(...due) : undefined
}

/** Carries out all that fell due up to and including `now`, each thing at its instant. */
export function advanceAuxiliary(auxiliary: Auxiliary, calendar: AuxiliaryCalendar, now: UtcSeconds): AuxiliaryStep {
  const events: AuxiliaryEvent[] = []
  for (;;) {
    const due = nextAuxiliaryTime(auxiliary, calendar)
    if (due === undefined || due > now) break
    const step = at({ ...auxiliary, doneUntil: due }, calendar, due)
    auxiliary = step.auxiliary
    events.push(...step.events)
  }
  return { auxiliary: { ...auxiliary, doneUntil: Math.max(now, auxiliary.doneUntil) }, events }
}

/** At one instant: first what the calendar says, then the boost, commands and limits; then each actuator is told. */
function at(auxiliary: Auxiliary, calendar: AuxiliaryCalendar, now: UtcSeconds): AuxiliaryStep {
  const events: AuxiliaryEvent[] = []
  for (const { selector } of switchingsAt(calendar.switchings, now - calendar.offsetS))
    auxiliary = withCalendarLevel(auxiliary, selector)
  if (auxiliary.boost?.end === now) {
    const ended = endBoost(auxiliary, now)
    auxiliary = ended.auxiliary
    events.push(...ended.events)
  }
  for (const { n, direction } of eachChannel) {
    let channel = (controllerOf(auxiliary, n) as Controller)[direction]
    const { command, limit } = channel
    let by: ControllerOrder['by'] = 'calendar'
    if (command?.start === now) {
      channel = ruledBy(channel, 'commandBegins')
      by = 'command'
    }
    if (command?.end === now)
      channel = without(channel.authority === 'command' ? ruledBy(channel, 'commandEnds') : channel, 'command')
    if (limit?.end === now) channel = without(channel, 'limit')
    auxiliary = withChannel(auxiliary, n, direction, channel)
    if (limit?.end === now) events.push(limitOver(auxiliary, n, direction, now))
    const step = operate(auxiliary, { controller: n, direction, level: 0, by }, now, false)
    auxiliary = step.auxiliary
    events.push(...step.events)
  }
  return { auxiliary, events }
}

/** The state after a switching of the calendar was noted; a selector that is no order of a calendar is passed over. */
function withCalendarLevel(auxiliary: Auxiliary, selector: number): Auxiliary {
  const order = readSelector(selector)
  const controller = order && controllerOf(auxiliary, order.controller)
  if (!controller || order.by !== 'calendar' || order.level === undefined) return auxiliary
  const channel = { ...controller[order.direction], calendarLevel: order.level }
  return withChannel(auxiliary, order.controller, order.direction, channel)
}

/**
 * Takes up another calendar: every controller that its calendar rules takes the level that this one gives it now. Advance
 * to `now` by the old one before.
 */
export function takeUpCalendar(auxiliary: Auxiliary, calendar: AuxiliaryCalendar, now: UtcSeconds): AuxiliaryStep {
  const events: AuxiliaryEvent[] = []
  for (const { n, direction } of eachChannel) {
    const isOfChannel = (selector: number): boolean => {
      const order = readSelector(selector)
      return order?.controller === n && order.direction === direction && order.by === 'calendar'
    }
    const last = lastSwitching(calendar.switchings, now - calendar.offsetS, isOfChannel)
    const channel = (controllerOf(auxiliary, n) as Controller)[direction]
    const calendarLevel = (last && readSelector(last.selector)?.level) ?? 0
    auxiliary = withChannel(auxiliary, n, direction, { ...channel, calendarLevel })
    const step = operate(auxiliary, { controller: n, direction, level: 0, by: 'calendar' }, now, false)
    auxiliary = step.auxiliary
    events.push(...step.events)
  }
  return { auxiliary, events }
}
