import * as o from '@smets2-sim/gbcs'
import {
  auxiliaryLoad,
  derived,
  type Derived,
  type Device,
  type Item,
  item,
  scheduleCalendar,
} from '@smets2-sim/firmware'
import { hardwareOf } from '../hardware.js'
import { itemsOf, legalOr, valueOf } from './items.js'

/** The five auxiliary controllers. facts 10.10. */
export const auxiliary: Item<auxiliaryLoad.Auxiliary> = item('auxiliary', auxiliaryLoad.newAuxiliary([], 0))

/** Objects of controllers 1 to 5. */
export const controllerObjects = [
  {
    typeAndIdentifier: o.auxiliaryController1TypeAndIdentifier,
    settingStart: o.auxiliaryController1SettingStart,
    settingEnd: o.auxiliaryController1SettingEnd,
    limitStart: o.auxiliaryController1LimitStart,
    limitEnd: o.auxiliaryController1LimitEnd,
    stateInformation: o.auxiliaryController1StateInformation,
    switchState: o.auxiliaryLoadControlSwitch1,
    boostControl: o.boostFunctionControl1,
  },
  {
    typeAndIdentifier: o.auxiliaryController2TypeAndIdentifier,
    settingStart: o.auxiliaryController2SettingStart,
    settingEnd: o.auxiliaryController2SettingEnd,
    limitStart: o.auxiliaryController2LimitStart,
    limitEnd: o.auxiliaryController2LimitEnd,
    stateInformation: o.auxiliaryController2StateInformation,
    switchState: o.auxiliaryLoadControlSwitch2,
    boostControl: o.boostFunctionControl2,
  },
  {
    typeAndIdentifier: o.auxiliaryController3TypeAndIdentifier,
    settingStart: o.auxiliaryController3SettingStart,
    settingEnd: o.auxiliaryController3SettingEnd,
    limitStart: o.auxiliaryController3LimitStart,
    limitEnd: o.auxiliaryController3LimitEnd,
    stateInformation: o.auxiliaryController3StateInformation,
    switchState: o.auxiliaryLoadControlSwitch3,
    boostControl: o.boostFunctionControl3,
  },
  {
    typeAndIdentifier: o.auxiliaryController4TypeAndIdentifier,
    settingStart: o.auxiliaryController4SettingStart,
    settingEnd: o.auxiliaryController4SettingEnd,
    limitStart: o.auxiliaryController4LimitStart,
    limitEnd: o.auxiliaryController4LimitEnd,
    stateInformation: o.auxiliaryController4StateInformation,
    switchState: o.auxiliaryLoadControlSwitch4,
    boostControl: o.boostFunctionControl4,
  },
  {
    typeAndIdentifier: o.auxiliaryController5TypeAndIdentifier,
    settingStart: o.auxiliaryController5SettingStart,
    settingEnd: o.auxiliaryController5SettingEnd,
    limitStart: o.auxiliaryController5LimitStart,
    limitEnd: o.auxiliaryController5LimitEnd,
    stateInformation: o.auxiliaryController5StateInformation,
    switchState: o.auxiliaryLoadControlSwitch5,
    boostControl: o.boostFunctionControl5,
  },
] as const

/**
 * What hangs on a controller: the identifier of a switch on the home network makes it one; else what the meter was built
 * with. Our reading of the samples of ECS46c and ECS61a, in which a switch of the meter has an identifier of zeros.
 */
export function controllerKinds(device: Device): readonly auxiliaryLoad.ControllerKind[] {
  const { controllers } = hardwareOf(device)
  return controllerObjects.map(({ typeAndIdentifier }, i) => {
    const identifier = valueOf(device, typeAndIdentifier.value)
    return identifier.length === 8 && identifier.some((octet) => octet !== 0) ? 'hcalcs' : (controllers[i] ?? 'none')
  })
}

/** The offset by which calendars are carried out later. */
const { value: randomisedOffset } = o.randomisedOffset
const { entries } = o.auxiliaryControllerCalendar
const { entries: specialDays } = o.auxiliaryControllerSpecialDays

/** The calendar of the controllers in force. */
export const auxiliaryCalendarOf: Derived<auxiliaryLoad.AuxiliaryCalendar> = derived(
  itemsOf([entries, specialDays, randomisedOffset]),
  (device) => ({
    switchings: legalOr(scheduleCalendar([], []), () =>
      scheduleCalendar(valueOf(device, entries), valueOf(device, specialDays)),
    ),
    offsetS: valueOf(device, randomisedOffset),
  }),
)

/** Boost Function Availability and Control. */
export const boostSettingsOf = (device: Device): auxiliaryLoad.BoostSettings => ({
  available: hardwareOf(device).boostFunction,
  controls: controllerObjects.map(({ boostControl }) => valueOf(device, boostControl.value)),
})
