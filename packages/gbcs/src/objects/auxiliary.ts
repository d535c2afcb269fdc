import { bool, compactArray, i8, octets, u16, utf8Text, visible } from '@smets2-sim/cosem'
import { attribute, cosemObject, method } from './object.js'
import { specialDays, schedule, boostEntry, controllerEntry, controllerTime } from './shapes.js'

// Auxiliary load control switches, proportional controllers, boost function and randomised offset (facts/cosem_objects.json, section 5).

/** Class 1, Data. SMETS: AuxiliaryController[1]. */
export const auxiliaryController1Description = cosemObject('auxiliaryController1Description', 1, '0-0:94.44.0.11', {
  value: attribute(2, visible(127)),
})

/** Class 1, Data. SMETS: AuxiliaryProportionalController[1]. */
export const auxiliaryController1LimitEnd = cosemObject('auxiliaryController1LimitEnd', 1, '0-0:94.44.117.4', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: AuxiliaryProportionalController[1]. */
export const auxiliaryController1LimitStart = cosemObject('auxiliaryController1LimitStart', 1, '0-0:94.44.117.3', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: AuxiliaryController[1]. */
export const auxiliaryController1SettingEnd = cosemObject('auxiliaryController1SettingEnd', 1, '0-0:94.44.117.2', {
  value: attribute(2, controllerTime),
})

/** Class 1, Data. SMETS: AuxiliaryController[1]. */
export const auxiliaryController1SettingStart = cosemObject('auxiliaryController1SettingStart', 1, '0-0:94.44.117.1', {
  value: attribute(2, controllerTime),
})

/** Class 1, Data. SMETS: AuxiliaryController[1]. */
export const auxiliaryController1StateInformation = cosemObject(
  'auxiliaryController1StateInformation',
  1,
  '0-0:94.44.0.31',
  {
    value: attribute(2, utf8Text(32767)),
  },
)

/** Class 1, Data. SMETS: AuxiliaryController[1]. */
export const auxiliaryController1TypeAndIdentifier = cosemObject(
  'auxiliaryController1TypeAndIdentifier',
  1,
  '0-0:94.44.0.21',
  {
    value: attribute(2, octets({ max: 8 })),
  },
)

/** Class 1, Data. SMETS: AuxiliaryController[2]. */
export const auxiliaryController2Description = cosemObject('auxiliaryController2Description', 1, '0-0:94.44.0.12', {
  value: attribute(2, visible(127)),
})

/** Class 1, Data. SMETS: AuxiliaryProportionalController[2]. */
export const auxiliaryController2LimitEnd = cosemObject('auxiliaryController2LimitEnd', 1, '0-0:94.44.118.4', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: AuxiliaryProportionalController[2]. */
export const auxiliaryController2LimitStart = cosemObject('auxiliaryController2LimitStart', 1, '0-0:94.44.118.3', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: AuxiliaryController[2]. */
export const auxiliaryController2SettingEnd = cosemObject('auxiliaryController2SettingEnd', 1, '0-0:94.44.118.2', {
  value: attribute(2, controllerTime),
})

/** Class 1, Data. SMETS: AuxiliaryController[2]. */
export const auxiliaryController2SettingStart = cosemObject('auxiliaryController2SettingStart', 1, '0-0:94.44.118.1', {
  value: attribute(2, controllerTime),
})

/** Class 1, Data. SMETS: AuxiliaryController[2]. */
export const auxiliaryController2StateInformation = cosemObject(
  'auxiliaryController2StateInformation',
  1,
  '0-0:94.44.0.32',
  {
    value: attribute(2, utf8Text(32767)),
  },
)

/** Class 1, Data. SMETS: AuxiliaryController[2]. */
export const auxiliaryController2TypeAndIdentifier = cosemObject(
  'auxiliaryController2TypeAndIdentifier',
  1,
  '0-0:94.44.0.22',
  {
    value: attribute(2, octets({ max: 8 })),
  },
)

/** Class 1, Data. SMETS: AuxiliaryController[3]. */
export const auxiliaryController3Description = cosemObject('auxiliaryController3Description', 1, '0-0:94.44.0.13', {
  value: attribute(2, visible(127)),
})

/** Class 1, Data. SMETS: AuxiliaryProportionalController[3]. */
export const auxiliaryController3LimitEnd = cosemObject('auxiliaryController3LimitEnd', 1, '0-0:94.44.119.4', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: AuxiliaryProportionalController[3]. */
export const auxiliaryController3LimitStart = cosemObject('auxiliaryController3LimitStart', 1, '0-0:94.44.119.3', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: AuxiliaryController[3]. */
export const auxiliaryController3SettingEnd = cosemObject('auxiliaryController3SettingEnd', 1, '0-0:94.44.119.2', {
  value: attribute(2, controllerTime),
})

/** Class 1, Data. SMETS: AuxiliaryController[3]. */
export const auxiliaryController3SettingStart = cosemObject('auxiliaryController3SettingStart', 1, '0-0:94.44.119.1', {
  value: attribute(2, controllerTime),
})

/** Class 1, Data. SMETS: AuxiliaryController[3]. */
export const auxiliaryController3StateInformation = cosemObject(
  'auxiliaryController3StateInformation',
  1,
  '0-0:94.44.0.33',
  {
    value: attribute(2, utf8Text(32767)),
  },
)

/** Class 1, Data. SMETS: AuxiliaryController[3]. */
export const auxiliaryController3TypeAndIdentifier = cosemObject(
  'auxiliaryController3TypeAndIdentifier',
  1,
  '0-0:94.44.0.23',
  {
    value: attribute(2, octets({ max: 8 })),
  },
)

/** Class 1, Data. SMETS: AuxiliaryController[4]. */
export const auxiliaryController4Description = cosemObject('auxiliaryController4Description', 1, '0-0:94.44.0.14', {
  value: attribute(2, visible(127)),
})

/** Class 1, Data. SMETS: AuxiliaryProportionalController[4]. */
export const auxiliaryController4LimitEnd = cosemObject('auxiliaryController4LimitEnd', 1, '0-0:94.44.120.4', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: AuxiliaryProportionalController[4]. */
export const auxiliaryController4LimitStart = cosemObject('auxiliaryController4LimitStart', 1, '0-0:94.44.120.3', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: AuxiliaryController[4]. */
export const auxiliaryController4SettingEnd = cosemObject('auxiliaryController4SettingEnd', 1, '0-0:94.44.120.2', {
  value: attribute(2, controllerTime),
})

/** Class 1, Data. SMETS: AuxiliaryController[4]. */
export const auxiliaryController4SettingStart = cosemObject('auxiliaryController4SettingStart', 1, '0-0:94.44.120.1', {
  value: attribute(2, controllerTime),
})

/** Class 1, Data. SMETS: AuxiliaryController[4]. */
export const auxiliaryController4StateInformation = cosemObject(
  'auxiliaryController4StateInformation',
  1,
  '0-0:94.44.0.34',
  {
    value: attribute(2, utf8Text(32767)),
  },
)

/** Class 1, Data. SMETS: AuxiliaryController[4]. */
export const auxiliaryController4TypeAndIdentifier = cosemObject(
  'auxiliaryController4TypeAndIdentifier',
  1,
  '0-0:94.44.0.24',
  {
    value: attribute(2, octets({ max: 8 })),
  },
)

/** Class 1, Data. SMETS: AuxiliaryController[5]. */
export const auxiliaryController5Description = cosemObject('auxiliaryController5Description', 1, '0-0:94.44.0.15', {
  value: attribute(2, visible(127)),
})

/** Class 1, Data. SMETS: AuxiliaryProportionalController[5]. */
export const auxiliaryController5LimitEnd = cosemObject('auxiliaryController5LimitEnd', 1, '0-0:94.44.121.4', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: AuxiliaryProportionalController[5]. */
export const auxiliaryController5LimitStart = cosemObject('auxiliaryController5LimitStart', 1, '0-0:94.44.121.3', {
  value: attribute(2, octets(12)),
})

/** Class 1, Data. SMETS: AuxiliaryController[5]. */
export const auxiliaryController5SettingEnd = cosemObject('auxiliaryController5SettingEnd', 1, '0-0:94.44.121.2', {
  value: attribute(2, controllerTime),
})

/** Class 1, Data. SMETS: AuxiliaryController[5]. */
export const auxiliaryController5SettingStart = cosemObject('auxiliaryController5SettingStart', 1, '0-0:94.44.121.1', {
  value: attribute(2, controllerTime),
})

/** Class 1, Data. SMETS: AuxiliaryController[5]. */
export const auxiliaryController5StateInformation = cosemObject(
  'auxiliaryController5StateInformation',
  1,
  '0-0:94.44.0.35',
  {
    value: attribute(2, utf8Text(32767)),
  },
)

/** Class 1, Data. SMETS: AuxiliaryController[5]. */
export const auxiliaryController5TypeAndIdentifier = cosemObject(
  'auxiliaryController5TypeAndIdentifier',
  1,
  '0-0:94.44.0.25',
  {
    value: attribute(2, octets({ max: 8 })),
  },
)

/** Class 10, Schedule. SMETS: AuxiliaryLoadControlSwitchesCalendar. */
export const auxiliaryControllerCalendar = cosemObject('auxiliaryControllerCalendar', 10, '0-0:12.0.2.255', {
  entries: attribute(2, schedule),
})

/** Class 9000, GBCS Extended data. SMETS: AuxiliaryLoadControlSwitchesCalendar. */
export const auxiliaryControllerCalendarActivation = cosemObject(
  'auxiliaryControllerCalendarActivation',
  9000,
  '0-0:94.44.128.26',
  {
    activatePassiveValueTime: attribute(6, octets(12)),
  },
)

/** Class 10, Schedule. SMETS: AuxiliaryLoadControlSwitchesCalendar. */
export const auxiliaryControllerCalendarNext = cosemObject('auxiliaryControllerCalendarNext', 10, '0-1:12.0.2.255', {
  entries: attribute(2, schedule),
})

/** Class 7, Profile generic. SMETS: AuxiliaryControllerEventLog. */
export const auxiliaryControllerEventLog = cosemObject('auxiliaryControllerEventLog', 7, '0-17:99.98.2.255', {
  buffer: attribute(2, compactArray(controllerEntry)),
  reset: method(1, i8),
})

/** Class 11, Special days table. SMETS: AuxiliaryLoadControlSwitchesCalendar(SpecialDays). */
export const auxiliaryControllerSpecialDays = cosemObject('auxiliaryControllerSpecialDays', 11, '0-0:11.0.3.255', {
  entries: attribute(2, specialDays),
})

/** Class 9000, GBCS Extended data. SMETS: AuxiliaryLoadControlSwitchesCalendar(SpecialDays). */
export const auxiliaryControllerSpecialDaysActivation = cosemObject(
  'auxiliaryControllerSpecialDaysActivation',
  9000,
  '0-0:94.44.128.35',
  {
    activatePassiveValueTime: attribute(6, octets(12)),
  },
)

/** Class 11, Special days table. SMETS: AuxiliaryLoadControlSwitchesCalendar(SpecialDays). */
export const auxiliaryControllerSpecialDaysNext = cosemObject(
  'auxiliaryControllerSpecialDaysNext',
  11,
  '0-1:11.0.3.255',
  {
    entries: attribute(2, specialDays),
  },
)

/** Class 9, Script table. SMETS: AuxiliaryController[n]. */
export const auxiliaryLoadControlScripts = cosemObject('auxiliaryLoadControlScripts', 9, '0-0:10.0.103.255', {
  execute: method(1, u16),
})

/** Class 70, Disconnect control. SMETS: (HANConnected)AuxiliaryLoadControlSwitch[1]State. */
export const auxiliaryLoadControlSwitch1 = cosemObject('auxiliaryLoadControlSwitch1', 70, '0-1:96.3.10.255', {
  outputState: attribute(2, bool),
})

/** Class 70, Disconnect control. SMETS: (HANConnected)AuxiliaryLoadControlSwitch[2]State. */
export const auxiliaryLoadControlSwitch2 = cosemObject('auxiliaryLoadControlSwitch2', 70, '0-2:96.3.10.255', {
  outputState: attribute(2, bool),
})

/** Class 70, Disconnect control. SMETS: (HANConnected)AuxiliaryLoadControlSwitch[3]State. */
export const auxiliaryLoadControlSwitch3 = cosemObject('auxiliaryLoadControlSwitch3', 70, '0-3:96.3.10.255', {
  outputState: attribute(2, bool),
})

/** Class 70, Disconnect control. SMETS: (HANConnected)AuxiliaryLoadControlSwitch[4]State. */
export const auxiliaryLoadControlSwitch4 = cosemObject('auxiliaryLoadControlSwitch4', 70, '0-4:96.3.10.255', {
  outputState: attribute(2, bool),
})

/** Class 70, Disconnect control. SMETS: (HANConnected)AuxiliaryLoadControlSwitch[5]State. */
export const auxiliaryLoadControlSwitch5 = cosemObject('auxiliaryLoadControlSwitch5', 70, '0-5:96.3.10.255', {
  outputState: attribute(2, bool),
})

/** Class 9, Script table. SMETS: AuxiliaryProportionalController[n]. */
export const auxiliaryProportionalControllerScripts = cosemObject(
  'auxiliaryProportionalControllerScripts',
  9,
  '0-0:10.0.107.255',
  {
    execute: method(1, u16),
  },
)

/** Class 1, Data. SMETS: BoostFunctionAvailability. */
export const boostFunctionAvailability = cosemObject('boostFunctionAvailability', 1, '0-0:94.44.7.255', {
  value: attribute(2, bool),
})

/** Class 1, Data. SMETS: BoostFunctionControl[1]. */
export const boostFunctionControl1 = cosemObject('boostFunctionControl1', 1, '0-0:94.44.6.1', {
  value: attribute(2, bool),
})

/** Class 1, Data. SMETS: BoostFunctionControl[2]. */
export const boostFunctionControl2 = cosemObject('boostFunctionControl2', 1, '0-0:94.44.6.2', {
  value: attribute(2, bool),
})

/** Class 1, Data. SMETS: BoostFunctionControl[3]. */
export const boostFunctionControl3 = cosemObject('boostFunctionControl3', 1, '0-0:94.44.6.3', {
  value: attribute(2, bool),
})

/** Class 1, Data. SMETS: BoostFunctionControl[4]. */
export const boostFunctionControl4 = cosemObject('boostFunctionControl4', 1, '0-0:94.44.6.4', {
  value: attribute(2, bool),
})

/** Class 1, Data. SMETS: BoostFunctionControl[5]. */
export const boostFunctionControl5 = cosemObject('boostFunctionControl5', 1, '0-0:94.44.6.5', {
  value: attribute(2, bool),
})

/** Class 7, Profile generic. SMETS: BoostFunctionEventLog. */
export const boostFunctionEventLog = cosemObject('boostFunctionEventLog', 7, '0-0:99.98.20.255', {
  buffer: attribute(2, compactArray(boostEntry)),
})

/** Class 1, Data. SMETS: RandomisedOffset. */
export const randomisedOffset = cosemObject('randomisedOffset', 1, '0-0:94.44.0.0', {
  value: attribute(2, u16),
})

/** Class 1, Data. SMETS: RandomisedOffsetLimit. */
export const randomisedOffsetLimit = cosemObject('randomisedOffsetLimit', 1, '0-0:94.44.0.1', {
  value: attribute(2, u16),
})

/** Class 1, Data. SMETS: RandomisedOffsetNumber. */
export const randomisedOffsetNumber = cosemObject('randomisedOffsetNumber', 1, '0-0:94.44.0.2', {
  value: attribute(2, u16),
})
