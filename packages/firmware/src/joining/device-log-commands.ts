import { eui64, eui64Bytes } from '@smets2-sim/bytes'
import { type Asn1Value, joinMethod, joinResult, restoreLogCommand } from '@smets2-sim/gbcs'
import { type Asn1Executor, asn1FaultKey } from '../asn1/executor.js'
import { deviceLog, inDeviceLog } from '../credentials/device-log.js'
import { addToLog } from './join.js'

const READ_FAILURE = 1

/** CS07, Read Device Join Details: the device log. facts 7.6. */
export const readJoinDetails: Asn1Executor = {
  execute({ device }) {
    const fault = device.faults.take(asn1FaultKey('CS07'))
    if (fault !== undefined) return { value: { status: fault || READ_FAILURE }, ok: false }
    const entries = deviceLog(device).map(({ deviceId, deviceType }) => ({
      deviceId: eui64Bytes(deviceId),
      deviceType,
    }))
    return { value: { status: 0, entries }, ok: true }
  },
}

/** GCS59, Restore GPF Device Log: each entry joins again, with a result of its own. facts 7.6. */
export const restoreDeviceLog: Asn1Executor = {
  execute({ device, afterwards }, { entries }: Asn1Value<typeof restoreLogCommand>) {
    const before = deviceLog(device)
    const results = entries.map((entry) => {
      const fault = device.faults.take(asn1FaultKey('GCS59'))
      const known = inDeviceLog(device, eui64(entry.deviceId))?.deviceType === entry.deviceType
      const joinResponseCode =
        fault ??
        (known
          ? joinResult.success
          : addToLog(device, {
              joinMethodAndRole: joinMethod.methodB,
              otherDeviceEntityIdentifier: entry.deviceId,
              otherDeviceType: entry.deviceType,
            } as Parameters<typeof addToLog>[1]))
      return { entry, joinResponseCode }
    })
    if (deviceLog(device) !== before) afterwards(() => device.profile.deviceLogChanged?.(device))
    return { value: { results }, ok: results.every((one) => one.joinResponseCode === joinResult.success) }
  },
}
