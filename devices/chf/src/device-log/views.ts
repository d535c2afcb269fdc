import { eui64Bytes } from '@smets2-sim/bytes'
import { encodeDateTime } from '@smets2-sim/cosem'
import { type Device, methodOf, viewOf } from '@smets2-sim/firmware'
import { deviceLog, historicDeviceLog, methodOutputs } from '@smets2-sim/gbcs'
import { registerDevice, restorePan, unregisterDevice } from './changes.js'
import { activeDevices, primeActiveDevices } from './communications.js'
import { historicLog, hubLog, panBackup } from './hub-log.js'
import { enableJoining, isJoiningEnabled, joinTimeoutS } from './join-window.js'

/** What a backup says of a log at this moment. */
function backup(device: Device, key: string, log: typeof hubLog) {
  const { extendedPanId, devices } = panBackup(device, log)
  return methodOutputs.get(key)?.encode({
    dateTime: encodeDateTime(device.now),
    extendedPanId,
    devices: devices.map(({ deviceId, hashedLinkKey }) => ({ deviceId: eui64Bytes(deviceId), hashedLinkKey })),
  })
}

/** The device logs of the hub as class 104 shows them. facts 8. */
export const deviceLogViews = [
  viewOf(deviceLog.enableDisableJoining, {
    get: ({ device }) => isJoiningEnabled(device),
    set: ({ device }, enable) => enableJoining(device, enable),
  }),
  viewOf(deviceLog.joinTimeoutS, {
    get: ({ device }) => device.items.read(joinTimeoutS),
    set: ({ device }, seconds) => device.items.write(joinTimeoutS, seconds),
  }),
  viewOf(deviceLog.activeDevices, {
    get: ({ device }) => activeDevices(device),
    prime: ({ device }, rows) => primeActiveDevices(device, rows),
  }),
  methodOf(deviceLog.registerDevice, ({ device }, value) => registerDevice(device, value)),
  methodOf(deviceLog.unregisterDevice, ({ device }, id) => unregisterDevice(device, id)),
  methodOf(deviceLog.restorePan, ({ device }, pan) => restorePan(device, pan)),
  methodOf(deviceLog.backupPan, ({ device }) => backup(device, deviceLog.backupPan.key, hubLog)),
  methodOf(historicDeviceLog.backupPan, ({ device }) => backup(device, historicDeviceLog.backupPan.key, historicLog)),
]
