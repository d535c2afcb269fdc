import { deviceType } from '@smets2-sim/gbcs'
import type { Cluster } from '@smets2-sim/zcl'
import { events } from '@smets2-sim/zcl'
import { deviceLog } from '../credentials/device-log.js'
import type { Device } from '../device.js'
import type { AttributeValues, HanCommand, HanPort } from '../han-port.js'

const displayTypes: readonly number[] = [deviceType.ppmid, deviceType.type2]
const displaysOf = (device: Device) => deviceLog(device).filter(({ deviceType: type }) => displayTypes.includes(type))

/** Sends a command to every display that is joined to a meter or proxy. */
export function publishToDisplays(device: Device, han: HanPort, command: HanCommand): void {
  for (const { deviceId } of displaysOf(device)) han.publish(deviceId, command)
}
/** Reports values to every display that is joined to a meter or proxy. */
export function reportToDisplays(device: Device, han: HanPort, cluster: Cluster, values: AttributeValues): void {
  for (const { deviceId } of displaysOf(device)) han.report(deviceId, cluster, values)
}

/** Log of the Events cluster in which a shared alert stands: general events. */
const GENERAL_EVENT_LOG = 3

/** An alert as displays are told it: Publish Event. facts 4.5 (column HAN). */
export const sharedEvent = ({ code, time }: { readonly code: number; readonly time: number }): HanCommand => ({
  cluster: events,
  name: 'publishEvent',
  fields: { logId: GENERAL_EVENT_LOG, eventId: code, eventTime: time, eventControl: 0, eventData: new Uint8Array(0) },
})
/** Shares an alert with the displays of the home: what a meter's `share` port does. */
export const shareAlert = (
  device: Device,
  han: HanPort,
  alert: { readonly code: number; readonly time: number },
): void => publishToDisplays(device, han, sharedEvent(alert))
