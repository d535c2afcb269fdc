import { bits, bool, compactArray, nothing, octets, u16, u8 } from '@smets2-sim/cosem'
import { attribute, cosemObject, method } from './object.js'
import { subGhzSettings, eventEntry, activeDevices, registration, panBackup } from './shapes.js'

// Device log of the communications hub, and its sub-GHz radio (facts/cosem_objects.json, section 5).

/** Class 104, ZigBee network control. SMETS: DeviceLog(CHF). */
export const deviceLog = cosemObject('deviceLog', 104, '0-0:30.3.0.255', {
  enableDisableJoining: attribute(2, bool),
  joinTimeoutS: attribute(3, u16),
  activeDevices: attribute(4, activeDevices),
  registerDevice: method(1, registration),
  unregisterDevice: method(2, octets(8)),
  backupPan: method(4, nothing),
  restorePan: method(5, panBackup),
})

/** Class 104, ZigBee network control. SMETS: HistoricDeviceLog(CHF). */
export const historicDeviceLog = cosemObject('historicDeviceLog', 104, '0-0:30.3.1.255', {
  backupPan: method(4, nothing),
})

/** Class 1, Data. SMETS: OperatingSubGHzChannel. */
export const operatingSubGhzChannel = cosemObject('operatingSubGhzChannel', 1, '0-0:94.44.10.2', {
  value: attribute(2, bits(32)),
})

/** Class 7, Profile generic. SMETS: SubGHzChannelLog. */
export const subGhzChannelLog = cosemObject('subGhzChannelLog', 7, '0-0:94.44.10.3', {
  buffer: attribute(2, compactArray(eventEntry)),
})

/** Class 1, Data. SMETS: CHFSubGHzChannelScan. */
export const subGhzChannelScan = cosemObject('subGhzChannelScan', 1, '0-0:94.44.10.1', {
  value: attribute(2, u8),
})

/** Class 1, Data. SMETS: SubGHzConfigurationSettings. */
export const subGhzConfiguration = cosemObject('subGhzConfiguration', 1, '0-0:94.44.10.0', {
  value: attribute(2, subGhzSettings),
})
