import { EPOCH_2000, type UtcSeconds } from '@smets2-sim/cosem'
import type { AlertName } from '@smets2-sim/gbcs'
import { type Channel, newChannel, wantedLevel, without } from './channel.js'
import { type ControllerOrder, CONTROLLERS, type Direction, logSelector } from './selector.js'

/** What hangs on a controller: nothing, a switch in the meter, a switch on the home network, or a proportional controller. */
export type ControllerKind = 'none' | 'alcs' | 'hcalcs' | 'apc'

export interface Controller {
  readonly kind: ControllerKind
  readonly output: Channel
  readonly input: Channel
}
export interface Boost {
  readonly start: UtcSeconds
  readonly end: UtcSeconds
}

/** The five auxiliary controllers of an electricity meter, or of a device of their own. facts 10.10. */
export interface Auxiliary {
  /** Controller n at n - 1. */
  readonly controllers: readonly Controller[]
  readonly boost?: Boost
  /** All that fell due up to here, inclusive, was carried out. */
  readonly doneUntil: UtcSeconds
}

/** Entry of the auxiliary controller event log, in the order of the samples of ECS35f and ECS35g. */
export interface ControllerLogEntry {
  readonly time: UtcSeconds
  /** Number and action: 0x0211 closed switch 2 by command; 0x0200 is the answer of a switch on the network. */
  readonly selector: number
  /** 0 sent over the network, 1 carried out, 2 failed. */
  readonly outcome: 0 | 1 | 2
  /** Identifier of the HAN command, which is the Unix time of its sending; 0 for none. */
  readonly commandId: number
}

/** What follows from a change: entries, alerts with their content, and what the actuators are told. */
export type AuxiliaryEvent =
  | { readonly kind: 'log'; readonly entry: ControllerLogEntry }
  | { readonly kind: 'boostLog'; readonly entry: { readonly time: UtcSeconds; readonly boostEnd: UtcSeconds } }
  | { readonly kind: 'alert'; readonly name: AlertName; readonly content: readonly number[] }
  | { readonly kind: 'level'; readonly controller: number; readonly direction: Direction; readonly level: number }
  | { readonly kind: 'hanCommand'; readonly controller: number; readonly level: number; readonly commandId: number }

export interface AuxiliaryStep {
  readonly auxiliary: Auxiliary
  readonly events: readonly AuxiliaryEvent[]
}

export const newAuxiliary = (kinds: readonly ControllerKind[], now: UtcSeconds): Auxiliary => ({
  controllers: CONTROLLERS.map((n) => ({ kind: kinds[n - 1] ?? 'none', output: newChannel, input: newChannel })),
  doneUntil: now,
})

export const controllerOf = (auxiliary: Auxiliary, n: number): Controller | undefined => auxiliary.controllers[n - 1]

export const withChannel = (auxiliary: Auxiliary, n: number, direction: Direction, channel: Channel): Auxiliary => ({
  ...auxiliary,
  controllers: auxiliary.controllers.map((controller, i) =>
    i === n - 1 ? { ...controller, [direction]: channel } : controller,
  ),
})

const failure = (controller: number): AuxiliaryEvent => ({
  kind: 'alert',
  name: 'failureInChangingOrMaintainingHcalcsOrAlcsState',
  content: [controller],
})

/**
 * Brings the actuator of an order's channel to the level that it should have. Told are levels that differ from the last
 * one, and every command (`always`). A switch on the network is sent a command and answers later: `confirm`.
 */
export function operate(auxiliary: Auxiliary, order: ControllerOrder, now: UtcSeconds, always: boolean): AuxiliaryStep {
  const { controller: n, direction } = order
  const { kind, [direction]: channel } = controllerOf(auxiliary, n) as Controller
  const level = wantedLevel(channel, now)
  if (kind === 'none' || (level === channel.ordered && !always)) return { auxiliary, events: [] }
  const selector = logSelector(order.level === undefined ? order : { ...order, level }, kind !== 'apc')
  if (kind === 'hcalcs') {
    const commandId = now + EPOCH_2000
    return {
      auxiliary: withChannel(auxiliary, n, direction, { ...channel, ordered: level, pending: commandId }),
      events: [
        { kind: 'log', entry: { time: now, selector, outcome: 0, commandId } },
        { kind: 'hanCommand', controller: n, level, commandId },
      ],
    }
  }
  return {
    auxiliary: withChannel(auxiliary, n, direction, { ...channel, ordered: level, level }),
    events: [
      { kind: 'log', entry: { time: now, selector, outcome: 1, commandId: 0 } },
      { kind: 'level', controller: n, direction, level },
    ],
  }
}

/** The answer of a switch on the network to a command, or (`ok` false) that none came in time. Another's is ignored. */
export function confirm(
  auxiliary: Auxiliary,
  n: number,
  commandId: number,
  ok: boolean,
  now: UtcSeconds,
): AuxiliaryStep {
  const channel = controllerOf(auxiliary, n)?.output
  if (channel?.pending !== commandId) return { auxiliary, events: [] }
  const answered = without(channel, 'pending')
  return {
    auxiliary: withChannel(auxiliary, n, 'output', ok ? { ...answered, level: channel.ordered } : answered),
    events: [
      { kind: 'log', entry: { time: now, selector: n << 8, outcome: ok ? 1 : 2, commandId } },
      ...(ok ? [{ kind: 'level', controller: n, direction: 'output', level: channel.ordered } as const] : [failure(n)]),
    ],
  }
}

/** An actuator was found not to have, or not to take, the level that it was told. */
export function fail(auxiliary: Auxiliary, n: number, level: number, now: UtcSeconds): AuxiliaryStep {
  const controller = controllerOf(auxiliary, n)
  if (!controller || controller.kind === 'none') return { auxiliary, events: [] }
  const { output } = controller
  const selector = logSelector(
    { controller: n, direction: 'output', level: output.ordered, by: 'command' },
    controller.kind !== 'apc',
  )
  return {
    auxiliary: withChannel(auxiliary, n, 'output', { ...without(output, 'pending'), level }),
    events: [{ kind: 'log', entry: { time: now, selector, outcome: 2, commandId: 0 } }, failure(n)],
  }
}
