import type { Cluster } from '../cluster.js'
import { basic } from './basic.js'
import { calendar } from './calendar.js'
import { demandResponse } from './demand-response.js'
import { deviceManagement } from './device-management.js'
import { events } from './events.js'
import { keepAlive } from './keep-alive.js'
import { keyEstablishment } from './key-establishment.js'
import { messaging } from './messaging.js'
import { metering } from './metering.js'
import { otaUpgrade } from './ota-upgrade.js'
import { prepayment } from './prepayment.js'
import { price } from './price.js'
import { time } from './time.js'
import { tunneling } from './tunneling.js'

/** Clusters by identifier. */
export const clusters: ReadonlyMap<number, Cluster> = new Map(
  [
    basic,
    time,
    otaUpgrade,
    keepAlive,
    price,
    demandResponse,
    metering,
    messaging,
    tunneling,
    prepayment,
    calendar,
    deviceManagement,
    events,
    keyEstablishment,
  ].map((cluster) => [cluster.id, cluster]),
)
export {
  basic,
  calendar,
  demandResponse,
  deviceManagement,
  events,
  keepAlive,
  keyEstablishment,
  messaging,
  metering,
  otaUpgrade,
  prepayment,
  price,
  time,
  tunneling,
}
export { suite2 } from './key-establishment.js'
export { type BlockResult, otaStatus } from './ota-upgrade.js'
