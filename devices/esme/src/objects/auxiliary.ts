import { accessResult, type UtcSeconds } from '@smets2-sim/cosem'
import * as o from '@smets2-sim/gbcs'
import {
  AccessError,
  activationTime,
  auxiliaryLoad,
  type CosemContext,
  type Device,
  itemOf,
  methodOf,
  scheduleCalendar,
  viewOf,
} from '@smets2-sim/firmware'
import { auxiliary, controllerObjects } from '../data/auxiliary.js'
import { valueOf } from '../data/items.js'
import { hardwareOf } from '../hardware.js'
import { changeAuxiliary, takeUpKinds } from '../running/auxiliary.js'
import { reading, setting } from './reading.js'

type Execution = NonNullable<CosemContext['execution']>
type Bound = 'start' | 'end'
type Time = Uint8Array | { readonly minutes: number }

/** Periods that the items of a command have set before its script is executed, by number of the controller. */
const periods = new WeakMap<Execution, Map<number, Partial<Record<Bound, Time>>>>()
const periodOf = (execution: Execution, n: number): Partial<Record<Bound, Time>> => periods.get(execution)?.get(n) ?? {}

/** Row for the start or the end of the period of a controller: kept for the script of the same command. */
const bound = (member: o.Attribute<any>, n: number, which: Bound) =>
  viewOf(member, {
    set({ device, execution }: CosemContext, value: Time) {
      device.items.write(itemOf(member), value)
      if (!execution) return
      const ofCommand = periods.get(execution) ?? new Map<number, Partial<Record<Bound, Time>>>()
      periods.set(execution, ofCommand.set(n, { ...ofCommand.get(n), [which]: value }))
    },
  })

/**
 * The period of an order. Earlier meters are told how long it lasts, in the place of the start for closing and of the
 * end for opening (our reading of the samples of ECS47). Without an end it lasts until the controller is given back.
 */
function orderPeriod({ execution, now }: CosemContext, selector: number): auxiliaryLoad.OrderPeriod {
  const n = auxiliaryLoad.readSelector(selector)?.controller
  if (!execution || n === undefined) return {}
  const { start, end } = periodOf(execution, n)
  const minutes = [start, end].find((time) => time !== undefined && !(time instanceof Uint8Array))
  if (minutes && !(minutes instanceof Uint8Array)) return { end: now + minutes.minutes * 60 }
  const [from, to] = [timeOf(start), timeOf(end)]
  return { ...(from !== undefined && { start: from }), ...(to !== undefined && { end: to }) }
}
function timeOf(time: Time | undefined): UtcSeconds | undefined {
  const named = time instanceof Uint8Array ? activationTime(time) : undefined
  return typeof named === 'number' ? named : undefined
}

/** How an order that is refused is answered (our decision). */
const refusals = {
  noSuchController: accessResult.objectUnavailable,
  notProportional: accessResult.objectUnavailable,
  badPeriod: accessResult.otherReason,
} as const

const execute =
  (order: typeof auxiliaryLoad.setController) =>
  (context: CosemContext, selector: number): void => {
    const { device, now } = context
    changeAuxiliary(device, (before) => {
      const outcome = order(before, selector, orderPeriod(context, selector), now)
      if (outcome.kind === 'done') return outcome
      throw new AccessError(refusals[outcome.reason], `script ${selector.toString(16)}: ${outcome.reason}`)
    })
  }

const levelOf = (device: Device, n: number): { output: number; input: number } => {
  const { controllers } = device.items.read(auxiliary)
  return { output: controllers[n - 1]?.output.level ?? 0, input: controllers[n - 1]?.input.level ?? 0 }
}
const setLevel = (device: Device, n: number, level: number): void =>
  device.items.write(
    auxiliary,
    auxiliaryLoad.withChannel(device.items.read(auxiliary), n, 'output', {
      ...auxiliaryLoad.newChannel,
      calendarLevel: level,
      ordered: level,
      level,
    }),
  )

/** What a controller reports of itself: levels in JSON, nothing where there is no controller. facts 4.2 (ECS200). */
const stateOf = (device: Device, n: number): string => {
  const { output, input } = levelOf(device, n)
  return device.items.read(auxiliary).controllers[n - 1]?.kind === 'none'
    ? '{}'
    : `{"outputState": ${output}, "inputState": ${input}}`
}

const controllerViews = controllerObjects.flatMap((object, i) => {
  const n = i + 1
  return [
    setting(object.typeAndIdentifier.value, { after: takeUpKinds }),
    bound(object.settingStart.value, n, 'start'),
    bound(object.settingEnd.value, n, 'end'),
    bound(object.limitStart.value, n, 'start'),
    bound(object.limitEnd.value, n, 'end'),
    reading(object.stateInformation.value, { get: (device) => stateOf(device, n) }),
    reading(object.switchState.outputState, {
      get: (device) => levelOf(device, n).output > 0,
      prime: (device, isClosed) => setLevel(device, n, isClosed ? 100 : 0),
    }),
  ]
})

/** Auxiliary controllers, boost function and randomised offset: ECS26c, ECS38, ECS46a to ECS47e, ECS61a to ECS62. */
export const auxiliaryViews = [
  ...controllerViews,
  methodOf(o.auxiliaryLoadControlScripts.execute, execute(auxiliaryLoad.setController)),
  methodOf(o.auxiliaryProportionalControllerScripts.execute, execute(auxiliaryLoad.limitController)),
  setting(o.auxiliaryControllerCalendarNext.entries, { check: (rows) => scheduleCalendar(rows, []) }),
  setting(o.auxiliaryControllerSpecialDaysNext.entries, { check: (days) => scheduleCalendar([], days) }),
  reading(o.boostFunctionAvailability.value, { get: (device) => hardwareOf(device).boostFunction }),
  // the offset is drawn anew from the limit, by the number that the meter was made with
  setting(o.randomisedOffsetLimit.value, {
    after: (device) =>
      device.items.write(
        itemOf(o.randomisedOffset.value),
        auxiliaryLoad.randomisedOffsetS(
          valueOf(device, o.randomisedOffsetNumber.value),
          valueOf(device, o.randomisedOffsetLimit.value),
        ),
      ),
  }),
]
