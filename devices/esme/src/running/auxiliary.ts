import * as o from '@smets2-sim/gbcs'
import { auxiliaryLoad, derived, type Device, type Process, raise } from '@smets2-sim/firmware'
import { auxiliary, auxiliaryCalendarOf, controllerKinds } from '../data/auxiliary.js'
import { controllerLimitEnded, controllerLimitProcessed } from '../events.js'
import { append } from './records.js'

/** What an actuator is told: a level, or a command over the home network whose answer comes later. */
export type ActuatorOrder = Extract<auxiliaryLoad.AuxiliaryEvent, { kind: 'level' | 'hanCommand' }>
const actuators = new WeakMap<Device, (order: ActuatorOrder) => void>()
/** Who is told what actuators are to do. */
export const onActuatorOrder = (device: Device, listener: (order: ActuatorOrder) => void): void =>
  void actuators.set(device, listener)

/** Does what follows from a change of the controllers. */
export function applyAuxiliary(device: Device, { auxiliary: after, events }: auxiliaryLoad.AuxiliaryStep): void {
  device.items.write(auxiliary, after)
  for (const event of events) follow(device, event)
}

function follow(device: Device, event: auxiliaryLoad.AuxiliaryEvent): void {
  switch (event.kind) {
    case 'log':
      return append(device, o.auxiliaryControllerEventLog.buffer, event.entry)
    case 'boostLog':
      return append(device, o.boostFunctionEventLog.buffer, event.entry)
    case 'alert':
      return alert(device, event)
    case 'level':
    case 'hanCommand':
      return device.after(() => actuators.get(device)?.(event))
  }
}

function alert(device: Device, { name, content }: auxiliaryLoad.AuxiliaryEvent & { kind: 'alert' }): void {
  const [first = 0, second = 0, third = 0, fourth = 0] = content
  if (name === 'limitApcLevelCommandProcessed')
    controllerLimitProcessed(device, { directionAndNumber: first, start: second, end: third, level: fourth })
  else if (name === 'limitApcLevelEndedOrCancelled')
    controllerLimitEnded(device, { directionAndNumber: first, level: second })
  else raise(device, name)
}

/** Changes the controllers at the present: what was due is done first. */
export function changeAuxiliary(
  device: Device,
  change: (auxiliary: auxiliaryLoad.Auxiliary) => auxiliaryLoad.AuxiliaryStep | undefined,
): boolean {
  advanceAuxiliary(device)
  const step = change(device.items.read(auxiliary))
  if (step) applyAuxiliary(device, step)
  return step !== undefined
}

/** Does what was due by now. */
export function advanceAuxiliary(device: Device): void {
  const before = device.items.read(auxiliary)
  if (before.doneUntil < device.now)
    applyAuxiliary(device, auxiliaryLoad.advanceAuxiliary(before, auxiliaryCalendarOf(device), device.now))
}

/** After another calendar is in force. */
export const takeUpCalendar = (device: Device): void =>
  applyAuxiliary(
    device,
    auxiliaryLoad.takeUpCalendar(device.items.read(auxiliary), auxiliaryCalendarOf(device), device.now),
  )

/** After it was said anew what hangs on a controller. */
export function takeUpKinds(device: Device): void {
  const kinds = controllerKinds(device)
  device.items.update(auxiliary, (before) => ({
    ...before,
    controllers: before.controllers.map((controller, i) => ({ ...controller, kind: kinds[i] ?? 'none' })),
  }))
}

/** Calendars, periods of commands and limits, boosts. */
export const auxiliaryProcess: Process = {
  nextDue: derived([auxiliary, auxiliaryCalendarOf], (device) =>
    auxiliaryLoad.nextAuxiliaryTime(device.items.read(auxiliary), auxiliaryCalendarOf(device)),
  ),
  run: advanceAuxiliary,
}
