import { attributeItem, type Device, han, type HanPort, type HanReceiver } from '@smets2-sim/firmware'
import { metering } from '@smets2-sim/zcl'
import { calendarServer } from './calendar.js'
import { deviceManagementServer } from './device-management.js'
import { eventsServer } from './events.js'
import type { GasHome, GasReadings } from './home.js'
import { messagingServer } from './messaging.js'
import { meteringServer } from './metering.js'
import { prepaymentServer } from './prepayment.js'
import { priceServer } from './price.js'

/** What a gas proxy serves on the home network. facts 10.7, 10.11. */
export const gasServers: readonly han.ServedCluster<GasHome>[] = [
  meteringServer,
  priceServer,
  prepaymentServer,
  messagingServer,
  calendarServer,
  eventsServer,
  deviceManagementServer,
]

/** A gas proxy on the home network. */
export const serveGas = (device: Device, readings: GasReadings): HanReceiver =>
  han.serve(device, { device, readings }, gasServers)

/** The proxy has heard from the gas meter: every display is told, and asks for what is new. */
export function announceNews(device: Device, port: HanPort): void {
  const readingSnapshotTime = device.items.read(attributeItem(metering, 'readingSnapshotTime'))
  if (readingSnapshotTime !== undefined) han.reportToDisplays(device, port, metering, { readingSnapshotTime })
}

export type { GasHome, GasMessage, GasReadings } from './home.js'
export { displayMessage } from './messaging.js'
