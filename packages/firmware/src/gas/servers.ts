import type { Device } from '../device.js'
import type { Log } from '../state/ring-log.js'
import { calendarReads, calendarWrites } from '../zcl/calendar.js'
import { deviceManagementWrites } from '../zcl/device-management.js'
import { eventConfiguration } from '../zcl/event-configuration.js'
import { messaging } from '../zcl/messaging.js'
import { prepaymentLogReads } from '../zcl/prepayment-logs.js'
import { prepaymentWrites } from '../zcl/prepayment.js'
import { priceReads, priceWrites } from '../zcl/price.js'
import type { ClusterServer } from '../zcl/profile.js'
import { sampledDataLogs, sampledDataReads, sampling } from '../zcl/sampled-data.js'
import { snapshotLogs, snapshotReads } from '../zcl/snapshots.js'
import { noValve, supplyWrites } from '../zcl/supply.js'
import { topUpLogs } from './top-up.js'

/** Logs that a gas meter and its proxy keep alike. */
export const gasLogs: Readonly<Record<string, () => Log<any>>> = { ...snapshotLogs, ...sampledDataLogs, ...topUpLogs }

/** What a gas meter and its proxy answer alike: reads, and what they learn from each other. */
export const gasReads = (blockConsumption: (device: Device) => number): readonly ClusterServer[] => [
  calendarReads,
  priceReads(blockConsumption),
  snapshotReads,
  sampledDataReads,
  prepaymentLogReads,
  messaging,
]

/** What only the meter itself executes. */
export const gasWrites = (register: (device: Device) => number): readonly ClusterServer[] => [
  calendarWrites,
  priceWrites,
  prepaymentWrites,
  supplyWrites,
  sampling(register),
  deviceManagementWrites,
  eventConfiguration,
]
export { noValve }
