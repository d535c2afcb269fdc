import type { Cluster } from '../cluster.js'
import { basic } from './basic.js'
import { calendar } from './calendar.js'
import { deviceManagement } from './device-management.js'
import { events } from './events.js'
import { messaging } from './messaging.js'
import { metering } from './metering.js'
import { prepayment } from './prepayment.js'
import { price } from './price.js'

/** Clusters by identifier. */
export const clusters: ReadonlyMap<number, Cluster> = new Map(
  [basic, price, metering, messaging, prepayment, calendar, deviceManagement, events].map((cluster) => [
    cluster.id,
    cluster,
  ]),
)
export { basic, calendar, deviceManagement, events, messaging, metering, prepayment, price }
