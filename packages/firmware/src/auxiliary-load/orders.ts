import type { UtcSeconds } from '@smets2-sim/cosem'
import { ruledBy, type Setting, wantedLevel, without } from './channel.js'
import {
  type Auxiliary,
  type AuxiliaryEvent,
  type AuxiliaryStep,
  type Controller,
  controllerOf,
  operate,
  withChannel,
} from './controllers.js'
import { type ControllerOrder, type Direction, directionAndNumber, readSelector } from './selector.js'

/** Why an order to a controller is refused. */
export type ControllerRefusal = 'noSuchController' | 'notProportional' | 'badPeriod'
export type ControllerOutcome =
  | (AuxiliaryStep & { readonly kind: 'done' })
  | (AuxiliaryStep & { readonly kind: 'refused'; readonly reason: ControllerRefusal })

/** The time for which an order holds: from `start` (now, when left out) to `end`, or until it is given back. */
export interface OrderPeriod {
  readonly start?: UtcSeconds
  readonly end?: UtcSeconds
}

const refuse = (auxiliary: Auxiliary, reason: ControllerRefusal): ControllerOutcome => ({
  kind: 'refused',
  reason,
  auxiliary,
  events: [],
})

/** The order of a selector with the controller that it names, or why there is none. */
function addressed(auxiliary: Auxiliary, selector: number): ControllerOrder | ControllerRefusal {
  const order = readSelector(selector)
  const controller = order && controllerOf(auxiliary, order.controller)
  if (!order || !controller || controller.kind === 'none' || order.by !== 'command') return 'noSuchController'
  const needsLevels = order.direction === 'input' || (order.level !== undefined && order.level % 100 !== 0)
  return needsLevels && controller.kind !== 'apc' ? 'notProportional' : order
}

/** Sets a controller for a time, or gives it back to its calendar (ECS47, ECS47a). A command cancels a boost. */
export function setController(
  auxiliary: Auxiliary,
  selector: number,
  { start, end }: OrderPeriod,
  now: UtcSeconds,
): ControllerOutcome {
  const order = addressed(auxiliary, selector)
  if (typeof order === 'string') return refuse(auxiliary, order)
  const from = start ?? now
  if (end !== undefined && (end <= from || end <= now)) return refuse(auxiliary, 'badPeriod')
  const { controller: n, direction, level } = order
  const channel = (controllerOf(auxiliary, n) as Controller)[direction]
  if (level === undefined) {
    const back = withChannel(auxiliary, n, direction, without(ruledBy(channel, 'givenBack'), 'command'))
    return { kind: 'done', ...operate(back, order, now, true) }
  }
  const command: Setting = { level, start: from, ...(end !== undefined && { end }) }
  const waiting = channel.authority === 'command' ? ruledBy(channel, 'commandEnds') : channel
  if (from > now)
    return {
      kind: 'done',
      ...operate(withChannel(auxiliary, n, direction, { ...waiting, command }), order, now, false),
    }
  const ruled = withChannel(auxiliary, n, direction, { ...ruledBy(channel, 'commandBegins'), command })
  return { kind: 'done', ...operate(ruled, order, now, true) }
}

/** Alert 8F87: the limit is over; with the level that results. facts 4.2. */
export const limitOver = (auxiliary: Auxiliary, n: number, direction: Direction, now: UtcSeconds): AuxiliaryEvent => ({
  kind: 'alert',
  name: 'limitApcLevelEndedOrCancelled',
  content: [directionAndNumber(direction, n), wantedLevel((controllerOf(auxiliary, n) as Controller)[direction], now)],
})

/**
 * Limits the level of a proportional controller for a time (ECS47e): alert 8F86 with direction and number, start, end,
 * level, then 8F87 when it ends. A new limit cancels the one before; one whose end has passed only cancels (our decision).
 */
export function limitController(
  auxiliary: Auxiliary,
  selector: number,
  { start, end }: OrderPeriod,
  now: UtcSeconds,
): ControllerOutcome {
  const order = addressed(auxiliary, selector)
  if (typeof order === 'string') return refuse(auxiliary, order)
  const { controller: n, direction, level } = order
  const controller = controllerOf(auxiliary, n) as Controller
  if (controller.kind !== 'apc' || level === undefined) return refuse(auxiliary, 'notProportional')
  const from = start ?? now
  if (end === undefined || end <= from) return refuse(auxiliary, 'badPeriod')
  const { limit } = controller[direction]
  if (end <= now && !limit) return refuse(auxiliary, 'badPeriod')
  const lifted = withChannel(auxiliary, n, direction, without(controller[direction], 'limit'))
  const cancelled = limit ? [limitOver(lifted, n, direction, now)] : []
  if (end <= now) {
    const step = operate(lifted, order, now, false)
    return { kind: 'done', auxiliary: step.auxiliary, events: [...cancelled, ...step.events] }
  }
  const limited = withChannel(lifted, n, direction, { ...controller[direction], limit: { level, start: from, end } })
  const step = operate(limited, order, now, false)
  const processed: AuxiliaryEvent = {
    kind: 'alert',
    name: 'limitApcLevelCommandProcessed',
    content: [directionAndNumber(direction, n), from, end, level],
  }
  return { kind: 'done', auxiliary: step.auxiliary, events: [...cancelled, processed, ...step.events] }
}
