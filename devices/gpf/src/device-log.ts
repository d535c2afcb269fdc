import { type Device, deviceIdOctets, deviceLog, raise } from '@smets2-sim/firmware'
import { alerts, backupLogAlert, encodeAsn1, toGeneralizedTime } from '@smets2-sim/gbcs'

/** The device log has changed: GCS62, 8071, with all of it, so that a new hub can be given it back. facts 8. */
export function deviceLogChanged(device: Device): void {
  const content = encodeAsn1(backupLogAlert, {
    alertCode: alerts.gpfDeviceLogChanged.code,
    backupDateTime: toGeneralizedTime(device.now),
    entries: deviceLog(device).map((entry) => ({ deviceId: deviceIdOctets(entry), deviceType: entry.deviceType })),
  })
  raise(device, 'gpfDeviceLogChanged', { asn1: { payload: 'GCS62', content } })
}
