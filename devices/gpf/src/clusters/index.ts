import { attributeItem, type Device, han, type HanPort, type HanReceiver, type Push } from '@smets2-sim/firmware'
import { events, metering } from '@smets2-sim/zcl'
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

/**
 * The proxy has heard something of the gas meter. At the end of a half hour's report every display is told, and asks for
 * what is new; an alert is passed on to them.
 */
export function announceNews(device: Device, port: HanPort, news: Push): void {
  if (news.kind === 'published' && news.command === 'events.publishEvent')
    return han.publishToDisplays(device, port, { cluster: events, name: 'publishEvent', fields: news.fields })
  if (news.kind !== 'usedToday') return
  const readingSnapshotTime = device.items.read(attributeItem(metering, 'readingSnapshotTime'))
  if (readingSnapshotTime !== undefined) han.reportToDisplays(device, port, metering, { readingSnapshotTime })
}

export type { GasHome, GasMessage, GasReadings } from './home.js'
export { displayMessage } from './messaging.js'
